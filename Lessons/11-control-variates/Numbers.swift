import Approximate
import LessonKit
import Models
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
  "plain-a": { _ in try variance("score-function", HookProblem.document) },
  "tangent-a": { _ in try variance("muprop", HookProblem.document) },
  "critic-a": { _ in try variance("self-critic", HookProblem.document) },
  "critic-gain": { _ in
    ExactValue(
      try Zoo.variance(of: "score-function", on: HookProblem.squares)
        / Zoo.variance(of: "self-critic", on: HookProblem.squares))
  },
  "tangent-loss": { _ in
    ExactValue(
      try Zoo.variance(of: "muprop", on: HookProblem.squares)
        / Zoo.variance(of: "score-function", on: HookProblem.squares))
  },
  "tangent-first": { _ in try tangentPlace(0) },
  "tangent-second": { _ in try tangentPlace(1) },
  "rho-squared": { _ in
    let problem = ControlProblem.example
    let both = problem.covariance(problem.signals, problem.control)
    return ExactValue(
      both * both / problem.covariance(problem.signals, problem.signals)
        / problem.covariance(problem.control, problem.control))
  },
  "fitted-bias": { _ in
    let problem = ControlProblem.example
    let centre = problem.mean(problem.control)
    return ExactValue(
      -problem.mean(of: 3) { z in
        problem.slope(z) * (z.reduce(0) { $0 + problem.control[$1] } / 3 - centre)
      })
  },
  "best-constant": { _ in ExactValue(BitsProblem.document.reward.bestConstant) },
  "mean-signal": { _ in
    let problem = BitsProblem.document.reward
    return ExactValue(problem.law.mean(problem.signals))
  },
  "mode-signal": { _ in
    ExactValue(BitsProblem.document.values[BitsProblem.document.likeliest])
  },
  "clipped-states": { _ in ExactValue(Double(ClippedProblem.example.clipped.count)) },
  "ovis": { _ in
    BiasedEstimate(
      try Zoo.moments(
        "ovis", on: BitsProblem.document.bound, ["samples": .number(3), "gamma": .number(1)]
      ).mean[0])
  },
  "bound": { _ in
    ExactValue(
      try Zoo.moments("iwae-score", on: BitsProblem.document.bound, ["samples": .number(3)]).mean[0]
    )
  },
]

/// The place of MuProp among the ten on a built-in problem.
private func tangentPlace(_ column: Int) throws -> ExactValue {
  let row = rankedNames.firstIndex(of: "muprop") ?? 0
  return ExactValue(Double(place(of: row, in: try rankedVariances()[column])))
}

/// The variance of both components together.
private func variance(_ name: String, _ problem: DiscreteProblem) throws -> ExactValue {
  ExactValue(try Zoo.variance(of: name, on: problem))
}
