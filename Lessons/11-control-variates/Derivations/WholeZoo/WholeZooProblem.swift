import GSL
import LessonKit
import Models
import Probability

/// Two bits for the estimators of states, and a Gaussian with two noises for those of the line.
struct WholeZooProblem: Sendable {
  let bits: BitsProblem
  /// μ and λ.
  let location, logScale: Double
  /// a_0 … a_3, of F(z) = Σ_n a_n zⁿ.
  let polynomial: [Double]
  /// ε of two draws.
  let noises: [Double]
  /// Whose turn it is: of some estimators each problem asks one.
  let turn: Int

  static let example = WholeZooProblem(
    bits: .document, location: 0.4, logScale: -0.3, polynomial: [0.2, -0.5, -0.7, 0.15],
    noises: [0.8, -1.3], turn: 1)

  static func random(_ cases: inout Cases) throws -> WholeZooProblem {
    WholeZooProblem(
      bits: try .random(&cases), location: try cases.real(from: -1, to: 1),
      logScale: try cases.real(from: -0.8, to: 0.3),
      polynomial: try cases.reals(3, from: -0.8, to: 0.8) + [try cases.real(from: 0.1, to: 0.4)],
      noises: try cases.reals(2, from: -1.8, to: 1.8), turn: try cases.choose(below: 330))
  }

  /// E_q[F], or the ELBO with F for log p(x, z).
  func line(isLogJoint: Bool) -> GaussianProblem {
    let terms = polynomial.enumerated().map {
      SmoothFunction.Monomial($0.element, powers: [$0.offset])
    }
    return GaussianProblem(
      mean: [location], logDeviations: [logScale],
      isLogJoint ? .logJoint(.polynomial(terms)) : .fixed(.polynomial(terms)))
  }
}

extension WholeZooProblem: Shown {
  /// Both problems.
  var givens: [Given] {
    bits.givens
      + [
        Given("μ, λ", [location, logScale]), Given("a", polynomial), Given("ε", noises),
      ].map(\.folded)
  }
}

// MARK: The line, from formulas

/// A draw of the Gaussian, and what F and log q are there.
struct LineDraw {
  let noise, z, value, slope, bend, logWeight: Double
  /// s = (ε/σ, ε² − 1).
  let score: [Double]
  /// ∇f along ε, with and without the movement of log q.
  let path, landed: [Double]

  init(_ problem: WholeZooProblem, noise: Double) {
    let (sigma, a) = (exp(problem.logScale), problem.polynomial)
    let z = problem.location + sigma * noise
    self.noise = noise
    self.z = z
    value = a[0] + z * (a[1] + z * (a[2] + z * a[3]))
    slope = a[1] + z * (2 * a[2] + z * 3 * a[3])
    bend = 2 * a[2] + 6 * a[3] * z
    logWeight = value + 0.5 * noise * noise + problem.logScale + 0.5 * log(2 * Double.pi)
    score = [noise / sigma, noise * noise - 1]
    path = [slope, slope * sigma * noise + 1]
    landed = [slope + noise / sigma, (slope + noise / sigma) * sigma * noise]
  }
}

extension WholeZooProblem {
  /// ∇E[F] by μ and λ: (a_1 + 2 a_2 μ + 3 a_3 (μ² + σ²), σ² (2 a_2 + 6 a_3 μ)).
  var lineGradient: [Double] {
    let (mu, variance, a) = (location, exp(2 * logScale), polynomial)
    return [
      a[1] + 2 * a[2] * mu + 3 * a[3] * (mu * mu + variance),
      variance * (2 * a[2] + 6 * a[3] * mu),
    ]
  }

  /// E[F at μ ± h] and E[F at λ ± h] as quotients: E[F] = Σ_n a_n E[zⁿ].
  func lineQuotients(_ h: Double) -> [Double] {
    func value(_ mu: Double, _ lambda: Double) -> Double {
      let (variance, a) = (exp(2 * lambda), polynomial)
      return a[0] + a[1] * mu + a[2] * (mu * mu + variance)
        + a[3] * (mu * mu * mu + 3 * mu * variance)
    }
    return [
      (value(location + h, logScale) - value(location - h, logScale)) / (2 * h),
      (value(location, logScale + h) - value(location, logScale - h)) / (2 * h),
    ]
  }
}

extension WholeZooProblem {
  /// The slope at z of the parabola that F is near μ.
  func slopeAtMean(_ z: Double) -> Double {
    let centre = LineDraw(self, noise: 0)
    return centre.slope + centre.bend * (z - location)
  }

  /// (F at θ_d + h − F at θ_d − h)/2h of one noise.
  func quotients(at noise: Double, step: Double) -> [Double] {
    func value(_ mu: Double, _ lambda: Double) -> Double {
      let z = mu + exp(lambda) * noise
      return polynomial[0] + z * (polynomial[1] + z * (polynomial[2] + z * polynomial[3]))
    }
    return [
      (value(location + step, logScale) - value(location - step, logScale)) / (2 * step),
      (value(location, logScale + step) - value(location, logScale - step)) / (2 * step),
    ]
  }

  /// E[F s_d²]/E[s_d²], by a sum over equally spaced noises: for polynomials it leaves nothing at this spacing.
  var bestConstants: [Double] {
    var (weights, signals) = ([0.0, 0], [0.0, 0])
    for place in -40...40 {
      let draw = LineDraw(self, noise: 0.25 * Double(place))
      let weight = exp(-0.5 * draw.noise * draw.noise)
      for d in 0...1 {
        let square = weight * draw.score[d] * draw.score[d]
        weights[d] += square
        signals[d] += square * draw.value
      }
    }
    return zip(signals, weights).map { $0 / $1 }
  }
}
