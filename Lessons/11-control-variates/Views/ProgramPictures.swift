import Approximate
import LessonKit
import Models
import Probability

/// The variance of REBAR as a larger share of its control is subtracted.
@Sendable func sharePicture(_: RunContext) throws -> Picture {
  let shares = (0...24).map { Double($0) / 20 }
  func variances(isTied: Bool) throws -> [Double] {
    try shares.map { share in
      try Zoo.variance(
        of: "rebar", on: OneBit.problem,
        [
          "eta": .number(share), "temperature": .number(0.5), "coupled": .flag(isTied),
        ])
    }
  }
  return Drawing.curve(
    "The variance of REBAR for f = (z − 0.45)², θ = −1, τ = ½",
    [
      .init("ζ̃ = ζ", places: shares, heights: try variances(isTied: true), ink: .q),
      .init(
        "ζ and ζ̃ independent given z", places: shares, heights: try variances(isTied: false),
        ink: .p),
    ],
    levels: [
      ("f s, nothing subtracted", try Zoo.variance(of: "score-function", on: OneBit.problem))
    ],
    axis: "η", kind: .quadrature,
    caption:
      "Parabolas in η, as for every control variate. At 1, where everything is subtracted, it does harm."
  )
}

/// The variances of estimators that compare two values of f.
@Sendable func couplingPicture(_: RunContext) throws -> Picture {
  let problem = CouplingsProblem.example.discrete
  let rows: [(String, String, [String: ZooValue])] = [
    ("f s, one value", "score-function", [:]),
    ("f (1 − 2u), one value", "augment-reinforce", [:]),
    ("ARM", "arm", [:]), ("DisARM", "disarm", [:]),
    ("jumps from 0 to 1", "stochastic-triple", ["sides": .number(1)]),
    ("jumps both ways", "stochastic-triple", ["sides": .number(2)]),
    ("measure-valued, two draws", "measure-valued", ["coupled": .flag(false)]),
    ("measure-valued, one draw", "measure-valued", ["coupled": .flag(true)]),
    ("difference, ε = .4", "finite-difference", ["step": .number(0.4)]),
    ("the same, two noises", "finite-difference", ["step": .number(0.4), "common": .flag(false)]),
  ]
  return Drawing.bars(
    "The variance of both components together, one run",
    try rows.map { ($0.0, try Zoo.variance(of: $0.1, on: problem, $0.2), "") },
    scale: .logarithmic, digits: 3, kind: .exact,
    caption: "The problem of the derivation. Only the last two are biased.")
}

/// The means of softened estimators as their temperature rises.
@Sendable func temperaturePicture(_: RunContext) throws -> Picture {
  let temperatures = (1...24).map { 0.125 * Double($0) }
  func means(_ name: String) throws -> [Double] {
    try temperatures.map {
      try Zoo.moments(name, on: OneBit.problem, ["temperature": .number($0)]).mean[0]
    }
  }
  return Drawing.curve(
    "The mean of two estimators for f = (z − 0.45)², θ = −1",
    [
      .init("Gumbel-softmax", places: temperatures, heights: try means("gumbel-softmax"), ink: .q),
      .init(
        "straight-through Gumbel", places: temperatures,
        heights: try means("straight-through-gumbel"), ink: .p),
    ], levels: [("∂E_q[f]/∂θ", OneBit.gradient(-1).value), ("0", 0)], axis: "τ",
    kind: .quadrature,
    caption: "Below the line at 0 the mean step goes the wrong way.")
}
