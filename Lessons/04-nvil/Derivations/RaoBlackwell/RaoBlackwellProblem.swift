import Exact
import GSL
import LessonKit
import Models
import Probability

/// A table for conditional means, and two bits of which one has a neighbour.
///
/// ```
/// log p(x, z) = log p(z) + A(z₁, z₂) + offset + B(z₂) − offset
/// ```
/// A contains z₁; B and −offset do not.
struct RaoBlackwellProblem: Sendable {
  /// p(x, y), a row for each x, and f(x, y).
  let joint: [[Double]]
  let values: [[Double]]
  /// b_d = q(z_d = 1).
  let b: [Double]
  /// p(z_d = 1).
  let prior: [Double]
  /// A at (z₁, z₂) = 00, 10, 01, 11.
  let pair: [Double]
  /// B at z₂ = 0, 1.
  let single: [Double]
  /// What is in one factor and taken out again by another.
  let offset: Double

  /// q.
  var q: BernoulliFactors { BernoulliFactors(b) }

  /// The two bits and their factors, with another table A.
  func model(_ pair: [Double]) throws -> FactoredModel {
    try FactoredModel(
      prior: prior,
      factors: [
        .init(scope: [0, 1], logValues: pair.map { $0 + offset }),
        .init(scope: [1], logValues: single), .init(scope: [], logValues: [-offset]),
      ])
  }

  /// The two bits and their factors.
  func model() throws -> FactoredModel { try model(pair) }

  /// E_q[log p(x, z) − log q(z)], as estimators see it.
  func elbo() throws -> ExpectedValue<BernoulliFactors> { .elbo(of: try model(), under: q) }

  /// The same with another q: steps in the logits of b.
  func stepping(_ steps: [Double]) -> RaoBlackwellProblem {
    RaoBlackwellProblem(
      joint: joint, values: values,
      b: zip(b, steps).map { sigmoid(GSL.log($0 / (1 - $0)) + $1) }, prior: prior, pair: pair,
      single: single, offset: offset)
  }

  /// The four states with their probabilities under q.
  var states: [(z: [Double], q: Double)] {
    factorised(b).enumerated().map { (latents($0.offset, count: 2), $0.element) }
  }

  /// The terms of log p − log q that contain z₁, without the offset.
  func local(_ z: [Double]) -> Double {
    GSL.log(z[0] == 1 ? prior[0] : 1 - prior[0]) + pair[Int(z[0] + 2 * z[1])]
      - GSL.log(z[0] == 1 ? b[0] : 1 - b[0])
  }

  /// All other terms.
  func outside(_ z: [Double]) -> Double {
    GSL.log(z[1] == 1 ? prior[1] : 1 - prior[1]) + single[Int(z[1])]
      - GSL.log(z[1] == 1 ? b[1] : 1 - b[1])
  }

  /// The table of E-029 and the factors of E-044.
  static let example = RaoBlackwellProblem(
    joint: [[0.1, 0.3], [0.4, 0.2]], values: [[1, 5], [-2, 7]], b: [0.7, 0.4],
    prior: [0.5, 0.5], pair: [0.2, 0.9, 0.5, 0.1].map { GSL.log($0) },
    single: [0.3, 0.8].map { GSL.log($0) }, offset: 20)

  /// Factors that are far from constant; the offset is large against all other terms.
  static func random(_ cases: inout Cases) throws -> RaoBlackwellProblem {
    let masses = try cases.simplex(4)
    let values = [
      try cases.reals(2, from: -4, to: 1),
      [try cases.real(from: 2, to: 6), try cases.real(from: -1, to: 1.5)],
    ]
    let b = try cases.reals(2, from: 0.15, to: 0.85)
    let prior = try cases.reals(2, from: 0.1, to: 0.9)
    let pair = try cases.reals(4, from: -2, to: 0)
    let single = [try cases.real(from: -2, to: -1.2), try cases.real(from: -0.6, to: 0)]
    return RaoBlackwellProblem(
      joint: [Array(masses[0..<2]), Array(masses[2..<4])], values: values, b: b, prior: prior,
      pair: pair, single: single, offset: 20)
  }
}

// MARK: The exact answers

extension RaoBlackwellProblem {
  /// ∇ELBO by switching bits.
  func exactGradient() throws -> [Double] {
    exactELBOGradientBySwitching(factorised: b, of: try model())
  }

  /// The ELBO with another table A.
  func exactBound(_ pair: [Double]) throws -> ExactValue {
    exactELBO(factorised: b, of: try model(pair))
  }

  /// ∇_A ELBO: the ELBO is linear in A, so that a whole step of one entry gives its derivative exactly.
  func exactSlopes() throws -> [ExactValue] {
    let before = try exactBound(pair)
    return try (0..<4).map { entry in
      var raised = pair
      raised[entry] += 1
      return try exactBound(raised) - before
    }
  }

  /// The mean steps of a round, over the rate: all that may be drawn for λ₁, and then for λ₂, is visited.
  func exactRound(rate: Double) throws -> [ExactValue] {
    var second = ExactValue(0)
    var slopes = [ExactValue](repeating: 0, count: 4)
    for (z, mass) in states {
      let moved = stepping([rate * (local(z) + offset) * (z[0] - b[0]), 0])
      second += ExactValue(mass) * given(try moved.exactGradient())[1]
      for (then, share) in moved.states {
        let signal = moved.outside(then) + pair[Int(then[0] + 2 * then[1])] + offset
        let both = moved.stepping([0, rate * signal * (then[1] - moved.b[1])])
        for (entry, slope) in try both.exactSlopes().enumerated() {
          slopes[entry] += ExactValue(mass) * ExactValue(share) * slope
        }
      }
    }
    return [given(try exactGradient())[0], second] + slopes
  }

  /// E[f(X, Y)] = Σ_xy p f.
  var exactMean: ExactValue {
    zip(values.joined(), joint.joined()).sum { ExactValue($0) * ExactValue($1) }
  }

  /// Var[f(X, Y)].
  var exactVariance: ExactValue {
    zip(values.joined(), joint.joined()).sum { value, mass in
      let departure = ExactValue(value) - exactMean
      return ExactValue(mass) * departure * departure
    }
  }

  /// E[g(X)] = Σ_x p(x) g(x).
  func outerMean(_ values: [ExactValue]) -> ExactValue {
    zip(values, joint).sum { value, row in given(row).sum() * value }
  }

  /// E Var[f | X], from pairs: Var = ½ Σ_yy' p(y|x) p(y'|x) (f − f')².
  var meanConditionalVariance: ExactValue {
    zip(values, joint).sum { values, masses in
      let (f, p) = (given(values), given(masses))
      return p[0] * p[1] / (p[0] + p[1]) * (f[0] - f[1]) * (f[0] - f[1])
    }
  }

  /// The largest |term| of a signal's halves.
  var largestTerm: Double {
    states.map { max(abs(local($0.z)), abs(outside($0.z))) }.max() ?? 0
  }
}

extension RaoBlackwellProblem: Shown {
  /// The table of a pair, and two bits with their factors.
  var givens: [Given] {
    [
      Given("p(y₁,y₂)", joint), Given("f(y₁,y₂)", values), Given("α", prior), Given("b", b),
      Given("A(z₁,z₂)", [[pair[0], pair[2]], [pair[1], pair[3]]]), Given("B(z₂)", single),
      Given("offset", offset),
      Given(
        "log p(x,z)", words: "log p(z) + (A(z₁,z₂) + offset) + B(z₂) + (−offset)"),
    ]
  }
}
