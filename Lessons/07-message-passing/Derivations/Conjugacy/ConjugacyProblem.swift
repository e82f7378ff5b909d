import Exact
import GSL
import LessonKit
import Models
import Probability

/// Vectors under a normal–inverse-Wishart prior, labels under a Dirichlet prior, and one normal pair.
struct ConjugacyProblem: Sendable {
  let prior: NormalInverseWishart
  let observations: [[Double]]
  /// A mean and a covariance at which densities are compared.
  let point: Gaussian
  let concentration: [Double]
  let labels: [Int]
  /// p(x_n|z_n = 1) and p(x_n|z_n = 2) of a mixture whose components are known.
  let likelihoods: [[Double]]
  /// The pair x ~ N(E[x], Var[x]), y|x ~ N(c x + b, σ²).
  let location: NormalLaw
  let slope: Double
  let intercept: Double
  let noise: Double
  let seen: Double

  static func example() throws -> ConjugacyProblem {
    ConjugacyProblem(
      prior: try NormalInverseWishart(
        mean: [0.3, -0.2], kappa: 0.8, dof: 3.5, scale: [[1.2, 0.3], [0.3, 0.9]]),
      observations: [[0.5, 1.1], [-0.4, 0.6], [1.3, -0.2]],
      point: try Gaussian(mean: [0.2, 0.4], covariance: [0.9, -0.2, -0.2, 1.4]),
      concentration: [1, 1], labels: [0, 1, 0],
      likelihoods: [[0.1, 0.9], [0.3, 0.8], [0.7, 0.2]], location: NormalLaw(mean: 0, variance: 1),
      slope: 2, intercept: 0, noise: 1, seen: 3)
  }

  static func random(_ cases: inout Cases) throws -> ConjugacyProblem {
    ConjugacyProblem(
      prior: try .random(dimension: 2, &cases),
      observations: try (0..<3).map { _ in try cases.reals(2, from: -2, to: 2) },
      point: try Gaussian(
        mean: try cases.reals(2, from: -1, to: 1),
        covariance: [try cases.real(from: 0.6, to: 2), 0.3, 0.3, try cases.real(from: 0.6, to: 2)]),
      concentration: try cases.reals(2, from: 0.5, to: 3),
      labels: try (0..<4).map { _ in try cases.integer(0...1) },
      likelihoods: [
        [try cases.real(from: 0.05, to: 0.3), 0.9], [0.3, try cases.real(from: 0.5, to: 0.9)],
        [0.7, try cases.real(from: 0.05, to: 0.3)],
      ],
      location: NormalLaw(
        mean: try cases.real(from: -0.5, to: 0.5), variance: try cases.real(from: 0.8, to: 1.5)),
      slope: try cases.real(from: 0.5, to: 2), intercept: try cases.real(from: -1, to: 1),
      noise: try cases.real(from: 0.5, to: 1.5), seen: try cases.real(from: 2, to: 4))
  }

  static let pair = MultivariateNormalPair()

  /// The moments E[π^k|x], k = 1, 2, 3, of the weight of a mixture, over all assignments.
  func weightMoments() throws -> [Double] {
    let (a, b) = (concentration[0], concentration[1])
    var (total, moments) = (0.0, [0.0, 0.0, 0.0])
    for state in 0..<(1 << likelihoods.count) {
      let labels = likelihoods.indices.map { (state >> $0) & 1 }
      let ones = Double(labels.count { $0 == 0 })
      let (on, off) = (a + ones, b + Double(labels.count) - ones)
      let weight = zip(likelihoods, labels).reduce(
        exp(try SpecialFunctions.logBeta(on, off).value - SpecialFunctions.logBeta(a, b).value)
      ) { $0 * $1.0[$1.1] }
      total += weight
      var moment = weight
      for k in 0..<3 {
        moment *= (on + Double(k)) / (on + off + Double(k))
        moments[k] += moment
      }
    }
    return moments.map { $0 / total }
  }

  /// E[π³] of the Beta distribution with mean m₁ and second moment m₂.
  static func matchedThird(_ m: [Double]) -> Double {
    let count = (m[0] - m[1]) / (m[1] - m[0] * m[0])
    return m[1] * (m[0] * count + 2) / (count + 2)
  }

  /// Kurtosis of x given y for a mean of y that is any function of x, by the trapezoid rule.
  func kurtosis(_ meanOfSeen: (Double) -> Double) -> Double {
    let nodes = (0...400).map { -10 + 0.05 * Double($0) }
    let logs = nodes.map {
      location.logDensity($0) + NormalLaw(mean: meanOfSeen($0), variance: noise).logDensity(seen)
    }
    let largest = logs.max() ?? 0
    let weights = logs.map { exp($0 - largest) }
    let total = weights.reduce(0, +)
    let mean = zip(nodes, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    func central(_ power: Double) -> Double {
      zip(nodes, weights).reduce(0) { $0 + pow($1.0 - mean, power) * $1.1 } / total
    }
    return central(4) / (central(2) * central(2))
  }
}

extension ConjugacyProblem: Shown {
  /// Priors and data.
  var givens: [Given] {
    [
      Given("m", prior.mean), Given("κ", prior.kappa), Given("ν", prior.dof),
      Given("Λ", prior.scale),
      Given("x", observations), Given("μ", point.mean), Given("Σ", point.covariance),
      Given("α", concentration), Given("z", labels), Given("p(x_n|z_n)", likelihoods),
      Given("E[x], Var[x]", [location.mean, location.variance]),
      Given("c, b, σ²", [slope, intercept, noise]),
      Given("y", seen),
    ]
  }
}
