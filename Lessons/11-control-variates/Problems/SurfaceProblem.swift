import GSL
import LessonKit
import Models
import Probability

/// Two bits, and a function of them that has values and slopes between the states too.
///
/// ```
/// f(z) = Σ_j o_j tanh(v_j·z + r_j)
/// ```
struct SurfaceProblem: Sendable {
  /// θ_d.
  let logits: [Double]
  /// v_j, r_j and o_j.
  let ridges: [Ridge]
  /// The same as estimators see it.
  let discrete: DiscreteProblem

  init(logits: [Double], ridges: [Ridge]) {
    self.logits = logits
    self.ridges = ridges
    discrete = DiscreteProblem(
      StateLaw(.bits(logits: logits, couplings: [])), .fixed(.ridges(ridges, plus: 0)))
  }

  static let example = SurfaceProblem(
    logits: [0.4, -0.9],
    ridges: [
      Ridge(.tanh, weights: [1.2, -0.8], shift: 0.3, factor: 1.5),
      Ridge(.tanh, weights: [-0.6, 1.4], shift: -0.2, factor: -0.9),
    ])

  static func random(_ cases: inout Cases) throws -> SurfaceProblem {
    var ridges: [Ridge] = []
    for sign in [1.0, -1] {
      ridges.append(
        Ridge(
          .tanh, weights: try cases.reals(2, from: -1.5, to: 1.5),
          shift: try cases.real(from: 0.1, to: 0.7),
          factor: sign * (try cases.real(from: 0.5, to: 2))))
    }
    return SurfaceProblem(logits: try cases.reals(2, from: -1.4, to: 1.4), ridges: ridges)
  }

  /// The bits with their rounding.
  var bits: ExactBits { ExactBits(logits: logits) }

  /// f at bits, or between them.
  func value(_ x: [Double]) -> ExactValue {
    let terms = ridges.map {
      $0.factor * tanh(zip($0.weights, x).reduce($0.shift) { $0 + $1.0 * $1.1 })
    }
    return ExactValue(
      terms.reduce(0, +), roundingBound: 8 * .ulpOfOne * terms.reduce(0) { $0 + abs($1) })
  }

  /// ∂_d f at a point.
  func slope(_ d: Int, at x: [Double]) -> ExactValue {
    let terms = ridges.map { ridge in
      let t = tanh(zip(ridge.weights, x).reduce(ridge.shift) { $0 + $1.0 * $1.1 })
      return ridge.factor * ridge.weights[d] * (1 - t * t)
    }
    return ExactValue(
      terms.reduce(0, +), roundingBound: 8 * .ulpOfOne * terms.reduce(0) { $0 + abs($1) })
  }

  /// p, as plain numbers.
  var centre: [Double] { bits.p.map(\.value) }

  /// h(z) = f(p) + Σ_d ∂_d f(p) (z_d − p_d).
  func control(_ b: [Double]) -> ExactValue {
    let p = bits.p
    return value(centre)
      + p.indices.sum { slope($0, at: centre) * (ExactValue(b[$0]) - p[$0]) }
  }

  /// The same bits with the linear function h in the place of f.
  var linear: DiscreteProblem {
    let (start, end) = (value(centre), [slope(0, at: centre), slope(1, at: centre)])
    return DiscreteProblem(
      discrete.law,
      .fixed(
        .polynomial([
          .init(start.value, powers: [0, 0]), .init(end[0].value, powers: [1, 0]),
          .init(end[1].value, powers: [0, 1]),
        ])))
  }

  /// The first bit alone, the second held at 0.
  var one: SurfaceProblem {
    SurfaceProblem(
      logits: [logits[0]],
      ridges: ridges.map {
        Ridge(.tanh, weights: [$0.weights[0]], shift: $0.shift, factor: $0.factor)
      })
  }
}

extension SurfaceProblem: Shown {
  /// The log odds and the function.
  var givens: [Given] {
    [
      Given("θ", logits), Given("v", ridges.map(\.weights)), Given("r", ridges.map(\.shift)),
      Given("o", ridges.map(\.factor)),
    ]
  }
}
