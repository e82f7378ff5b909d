import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// Four numbers in two groups under a mixture whose components no prior distinguishes.
struct TwoGroups: Sendable {
  /// Half the distance of the groups.
  let distance: Double

  static let example = TwoGroups(distance: 3)

  var observations: [[Double]] {
    [[-distance - 0.3], [-distance + 0.4], [distance - 0.2], [distance + 0.5]]
  }

  func mixture() throws -> BayesianMixture {
    try BayesianMixture(
      concentration: [1, 1],
      prior: try NormalInverseWishart(mean: [0], kappa: 0.1, dof: 3, scale: [[1]]))
  }

  /// The fit when the first responsibility is `first` and all others are one half.
  func fit(first: Double) throws -> VariationalMixture {
    var rows = observations.map { _ in [0.5, 0.5] }
    rows[0] = [first, 1 - first]
    return try VariationalMixture(try mixture(), observations, responsibilities: rows)
  }

  /// The ELBO after each sweep.
  func climb(first: Double, sweeps: Int) throws -> [Double] {
    var fit = try fit(first: first)
    return try (0..<sweeps).map { _ in try fit.sweep().afterLocals.elbo.value }
  }

  func logEvidence() throws -> ExactValue {
    try BayesianMixturePosterior(bySubsets: mixture(), observations).logEvidence
  }

  /// log p(x) − ELBO at the better of the fixed points.
  func gap() throws -> Double {
    try logEvidence().value - (try climb(first: 0.6, sweeps: 60).last ?? .nan)
  }
}

extension TwoGroups: Shown {
  /// The prior and the data.
  var givens: [Given] {
    [
      Given("α", [1, 1]), Given("m", 0), Given("κ", 0.1), Given("ν", 3), Given("Λ", 1),
      Given("x", observations.map { $0[0] }),
    ]
  }
}
