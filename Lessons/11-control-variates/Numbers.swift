import Approximate
import LessonKit
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  // Slopes, sums, couplings, biases.
  "rebar-tied": { _ in try ProgramNumbers.rebar(isTied: true) },
  "rebar-free": { _ in try ProgramNumbers.rebar(isTied: false) },
  "plain": { _ in ExactValue(try Zoo.variance(of: "score-function", on: OneBit.problem)) },
  "best-share": { _ in ExactValue(try ProgramNumbers.bestShare()) },
  "shifted-tied": { _ in try ProgramNumbers.shifted("rebar", isTied: true) },
  "shifted-free": { _ in try ProgramNumbers.shifted("rebar", isTied: false) },
  "shifted-plain": { _ in try ProgramNumbers.shifted("score-function") },
  "local": { _ in try ProgramNumbers.onChain("local-expectation") },
  "same-noise": { _ in try ProgramNumbers.onChain("common-noise-marginal") },
  "set": { _ in try ProgramNumbers.unordered(hasBaseline: false) },
  "set-baseline": { _ in try ProgramNumbers.unordered(hasBaseline: true) },
  "slope": { _ in OneBit.gradient(-1) },
  "reinmax-warm": { _ in
    BiasedEstimate(
      try Zoo.moments("reinmax", on: OneBit.problem, ["temperature": .number(1.5)]).mean[0])
  },
  "through-square": { _ in try ProgramNumbers.straightThrough(asTable: false) },
  "through-table": { _ in try ProgramNumbers.straightThrough(asTable: true) },
  "soft-half": { _ in BiasedEstimate(try ProgramNumbers.softened(0.5).mean[0]) },
  "soft-half-variance": { _ in try ProgramNumbers.softenedVariance(0.5) },
  "soft-eighth-variance": { _ in try ProgramNumbers.softenedVariance(0.125) },
]
