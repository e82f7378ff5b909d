import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// Counts whose log-rates depend on a Gaussian latent of two numbers, one count on a line, and a q for each.
struct CountsProblem: Sendable {
  /// Two numbers behind three counts.
  let model: LatentGaussian
  /// One number behind one count.
  let line: LatentGaussian
  /// A q over the two numbers.
  let q: GaussianFactor

  /// Three counts, of which each number of z is behind two.
  static func threeCounts() throws -> CountsProblem {
    try CountsProblem(
      mean: [0.2, -0.1], deviations: [1, 0.8], correlation: 0.5,
      features: [[1, 0], [0.5, 1], [-0.4, 0.7]], offset: [0.2, 0.1, 0.4], counts: [3, 1, 2],
      shift: 0.2, count: 3, qMean: [0.4, 0.1], qDeviations: [0.5, 0.6], qCorrelation: -0.2)
  }

  /// Counts up to four, and features from −1 to 1.
  static func random(_ cases: inout Cases) throws -> CountsProblem {
    let features = try (0..<3).map { _ in try cases.reals(2, from: -1, to: 1) }
    let counts = try (0..<3).map { _ in try cases.integer(0...4) }
    return try CountsProblem(
      mean: try cases.reals(2, from: -0.5, to: 0.5),
      deviations: try cases.reals(2, from: 0.5, to: 1.2),
      correlation: try cases.real(from: 0.1, to: 0.6), features: features,
      offset: try cases.reals(3, from: -0.5, to: 1), counts: counts,
      shift: try cases.real(from: -0.5, to: 1), count: try cases.integer(0...5),
      qMean: try cases.reals(2, from: -0.5, to: 0.8),
      qDeviations: try cases.reals(2, from: 0.3, to: 0.9),
      qCorrelation: try cases.real(from: -0.6, to: -0.1))
  }

  private init(
    mean: [Double], deviations: [Double], correlation: Double, features: [[Double]],
    offset: [Double], counts: [Int], shift: Double, count: Int, qMean: [Double],
    qDeviations: [Double], qCorrelation: Double
  ) throws {
    func covariance(_ deviations: [Double], _ correlation: Double) -> [[Double]] {
      let (a, b) = (deviations[0], deviations[1])
      return [[a * a, correlation * a * b], [correlation * a * b, b * b]]
    }
    model = try LatentGaussian(
      mean: mean, covariance: covariance(deviations, correlation), features: features,
      offset: offset, law: .poisson, observations: counts)
    line = try LatentGaussian(
      mean: [0], covariance: [[1]], features: [[1]], offset: [shift], law: .poisson,
      observations: [count])
    q = try GaussianFactor(
      mean: Vector(qMean), covariance: Matrix(covariance(qDeviations, qCorrelation)))
  }
}

extension CountsProblem: Shown {
  /// The two priors, what is seen, and q.
  var givens: [Given] {
    model.givens + [
      Given("m", q.mean.array), Given("V", q.covariance.rowArrays),
      Given(
        "one count",
        words: "z ~ N(0, 1), y = \(line.observations[0]) ~ Poisson(e^(z + \(shift)))"),
    ]
  }

  /// c of the one count.
  private var shift: String { Format.short(line.offset[0], digits: 12) }
}

extension LatentGaussian {
  /// The prior and the counts.
  var givens: [Given] {
    [
      Given("μ", mean.array), Given("Σ", covariance.rowArrays),
      Given("f_i", features.rowArrays), Given("c_i", offset.array),
      Given("y_i", observations.map(Double.init)),
    ]
  }

  /// Σ.
  var covariance: Matrix { root.times(root.transposed()) }
}

extension Matrix {
  /// The rows.
  var rowArrays: [[Double]] { (0..<rows).map { row($0).array } }
}

// MARK: Slope and curvature of log p(y, z), written out

extension LatentGaussian {
  /// e^η or σ(η) of each observation at a z.
  func meansOfEvents(at z: [Double]) -> Vector {
    Vector((offset + features.times(Vector(z))).array.map(law.mean))
  }

  /// Fᵀ (y − λ) − P (z − μ).
  func slope(at z: [Double]) -> [Double] {
    let fit = features.transposedTimes(counts - meansOfEvents(at: z))
    return (fit - precision.times(Vector(z) - mean)).array
  }

  /// P + Fᵀ diag(λ) F for given λ.
  func curvature(_ weights: [Double]) -> Matrix {
    weights.enumerated().reduce(precision) { total, weight in
      let row = features.row(weight.offset)
      return total + weight.element * outer(row, row)
    }
  }
}
