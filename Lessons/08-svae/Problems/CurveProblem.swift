import GSL
import LessonKit
import Models
import Networks
import Probability

/// One observation through a curve, known clusters, and a potential.
struct CurveProblem: Sendable {
  /// π_k of clusters that are known.
  let weights: [Double]
  /// Their means and variances.
  let clusters: [NormalLaw]
  /// p(y | x).
  let decoder: CurveDecoder
  /// y.
  let observed: Double
  /// h and J.
  let linear: Double
  /// J.
  let precision: Double
  /// m and v of some q(x).
  let factor: NormalLaw

  /// y as the decoder sees it.
  var output: Vector { Vector([observed]) }

  /// ψ.
  var potential: QuadraticPotential {
    QuadraticPotential(linear: linear, precision: precision)
  }

  /// The same with another curve.
  func with(_ curve: CurveDecoder.Curve) -> CurveProblem {
    CurveProblem(
      weights: weights, clusters: clusters,
      decoder: CurveDecoder(curve, checkedVariance: decoder.variance), observed: observed,
      linear: linear, precision: precision, factor: factor)
  }
}

// MARK: The exact answers

extension CurveProblem {
  /// ∫ f(x) N(x; mean, variance) dx on a wide grid.
  ///
  /// In units of the deviation the integrand is a Gaussian times an entire function of moderate growth: with
  /// spacing 1/20 over ±14, or 1/4 where nothing is exponentiated, the trapezoid rule's error is far below rounding (Trefethen and Weideman 2014).
  static func mean(
    under law: NormalLaw, points: Int = 561, of f: (Double) throws -> Double
  ) throws -> QuadratureValue {
    let deviation = sqrt(law.variance)
    var largest = 0.0
    let value = try Quadrature.wideTrapezoid(
      of: { u in
        let term = try f(law.mean + deviation * u) * exp(-0.5 * u * u) / sqrt(2 * Double.pi)
        largest = max(largest, abs(term))
        return term
      }, from: -14, to: 14, points: points)
    return QuadratureValue(value, errorBound: 64 * Double.ulpOfOne * max(1, 28 * largest))
  }

  /// log p(y) = log Σ_k π_k E_k[p(y | x)].
  func logEvidence() throws -> QuadratureValue {
    var (total, error) = (0.0, 0.0)
    for (weight, law) in zip(weights, clusters) {
      let part = try CurveProblem.mean(under: law) { x in
        exp(decoder.logDensity(of: output, at: Vector([x])))
      }
      total += weight * part.value
      error += weight * part.errorBound
    }
    return QuadratureValue(log(total), errorBound: error / total)
  }

  /// E_q[log p(y | x)].
  func fit(under q: NormalLaw) throws -> QuadratureValue {
    try CurveProblem.mean(under: q, points: 113) {
      decoder.logDensity(of: output, at: Vector([$0]))
    }
  }

  /// E_q[ℓ′(x)] for ℓ(x) = log p(y | x).
  func meanSlope(under q: NormalLaw) throws -> QuadratureValue {
    try CurveProblem.mean(under: q, points: 113) {
      decoder.slope(of: output, at: Vector([$0]))[0]
    }
  }

  /// ℓ′′(x): −curve′² / c + (y − curve) curve″ / c.
  func curvature(_ x: Double) -> Double {
    let slope = decoder.curve.slope(x)
    let bend: Double =
      switch decoder.curve {
      case .line: 0
      case .halfSquare: 1
      case .sine(let frequency): -frequency * frequency * sin(frequency * x)
      }
    return ((observed - decoder.curve(x)) * bend - slope * slope) / decoder.variance
  }
}

extension CurveProblem {
  /// The first point of the ledger's example: two known clusters and y = x²/2.
  static func warped() throws -> CurveProblem {
    CurveProblem(
      weights: [0.6, 0.4],
      clusters: [NormalLaw(mean: -1, variance: 1), NormalLaw(mean: 1.5, variance: 1)],
      decoder: CurveDecoder(.halfSquare, checkedVariance: 0.25), observed: 0.7, linear: 2.2,
      precision: 2, factor: NormalLaw(mean: 1.2, variance: 0.3))
  }

  /// Two clusters that are apart, y = x²/2 or a sine.
  static func random(_ cases: inout Cases) throws -> CurveProblem {
    let share = try cases.real(from: 0.2, to: 0.8)
    let curve: CurveDecoder.Curve =
      try cases.flip(0.5) ? .sine(try cases.real(from: 0.6, to: 1.6)) : .halfSquare
    return CurveProblem(
      weights: [share, 1 - share],
      clusters: [
        NormalLaw(
          mean: try cases.real(from: -1.5, to: -0.5), variance: try cases.real(from: 0.4, to: 1.2)),
        NormalLaw(
          mean: try cases.real(from: 0.6, to: 1.8), variance: try cases.real(from: 0.4, to: 1.2)),
      ], decoder: CurveDecoder(curve, checkedVariance: try cases.real(from: 0.2, to: 0.8)),
      observed: try cases.real(from: 0.2, to: 1.6), linear: try cases.real(from: -1, to: 2),
      precision: try cases.real(from: 0.4, to: 2.2),
      factor: NormalLaw(
        mean: try cases.real(from: -1, to: 1.4), variance: try cases.real(from: 0.1, to: 0.6)))
  }
}

extension CurveProblem: Shown {
  /// The clusters, the curve, y, the potential and q.
  var givens: [Given] {
    let shape =
      switch decoder.curve {
      case .line(let slope): "\(Format.short(slope, digits: 12)) x"
      case .halfSquare: "x²/2"
      case .sine(let frequency): "sin(\(Format.short(frequency, digits: 12)) x)"
      }
    return [
      Given("π_k", weights), Given("μ_k", clusters.map(\.mean)),
      Given("σ_k²", clusters.map(\.variance)), Given("f(x)", words: shape),
      Given("c", decoder.variance), Given("y", observed), Given("h", linear),
      Given("J", precision), Given("m", factor.mean), Given("v", factor.variance),
    ]
  }
}
