import Approximate
import LessonKit
import Models
import Probability

/// The variance of (f − c) s as c moves, and where some baselines stand on it.
@Sendable func parabolaPicture(_: RunContext) throws -> Picture {
  let problem = BitsProblem.document.reward
  let places = (0...40).map { -4 + 0.125 * Double($0) }
  let mode = problem.signals[BitsProblem.document.likeliest]
  return Drawing.curve(
    "The variance of (f − c) s on the document",
    [
      .init(
        "all constants", places: places,
        heights: places.map { problem.summedVariance(minus: [$0, $0]) })
    ],
    marks: [
      ("0, nothing", 0), ("E[f]", problem.law.mean(problem.signals)), ("f(m)", mode),
      ("c̄", problem.bestConstant),
    ].map { name, c in .init(name, at: c, problem.summedVariance(minus: [c, c])) },
    axis: "c", kind: .exact,
    caption: "f here is the table itself, log p(x, z). The foot is at c̄.")
}

/// What a constant added to f does to three estimators.
@Sendable func shiftPicture(_: RunContext) throws -> Picture {
  let places = (0...24).map { -2 + 0.25 * Double($0) }
  let problems = places.map { BitsProblem.document.shifted(by: $0).reward }
  func curve(_ label: String, _ name: String) throws -> Drawing.Series {
    .init(label, places: places, heights: try problems.map { try Zoo.variance(of: name, on: $0) })
  }
  return Drawing.curve(
    "Total variance on the document with a number added to f",
    [
      try curve("plain", "score-function"), try curve("antithetic", "antithetic-score-function"),
      try curve("leave-one-out", "leave-one-out"),
    ], axis: "what is added", scale: .logarithmic, kind: .exact)
}

/// The variance of gradients of L_K.
@Sendable func severalPicture(_: RunContext) throws -> Picture {
  let problem = BitsProblem.document.bound
  let places = (2...5).map(Double.init)
  func curve(
    _ label: String, _ name: String, _ settings: [String: ZooValue] = [:]
  ) throws -> Drawing.Series {
    .init(
      label, places: places,
      heights: try places.map { draws in
        try Zoo.variance(
          of: name, on: problem, settings.merging(["samples": .number(draws)]) { $1 })
      })
  }
  return Drawing.curve(
    "Total variance of a gradient of L_K",
    [
      try curve("plain", "iwae-score"), try curve("VIMCO", "vimco"),
      try curve("OVIS, γ = 0", "ovis", ["gamma": .number(0)]),
    ], axis: "K", scale: .logarithmic, kind: .exact)
}
