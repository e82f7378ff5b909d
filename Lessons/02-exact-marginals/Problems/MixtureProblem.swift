import GSL
import Models
import Probability

/// Counts and the mixture of Poisson laws that they are thought to come from.
struct MixtureProblem: Sendable {
  /// The mixture.
  let mixture: PoissonMixture
  /// The data.
  let counts: [Int]

  /// .6 Poisson(2) + .4 Poisson(9) and the counts 1, 4 and 10.
  static let twoRates = MixtureProblem(mixture: .twoRates, counts: [1, 4, 10])
  /// .3 Poisson(2) + .5 Poisson(6) + .2 Poisson(12) and the counts 3, 4 and 10.
  static let threeRates = MixtureProblem(mixture: .threeRates, counts: [3, 4, 10])

  /// Two to four components, two or three data between 0 and 20.
  static func random(_ cases: inout Cases) throws -> MixtureProblem {
    let mixture = try PoissonMixture.random(components: try cases.integer(2...4), &cases)
    var counts: [Int] = []
    for _ in 0..<(try cases.integer(2...3)) { counts.append(try cases.integer(0...20)) }
    return MixtureProblem(mixture: mixture, counts: counts)
  }
}

// MARK: What a student is given

extension MixtureProblem {
  /// log p(z).
  var logWeights: [Double] { mixture.weights.map { log($0) } }

  /// log p(y_s | z = k), a row a datum.
  var logLikelihoods: [[Double]] { counts.map(logLikelihoods) }

  /// log p(y | z = k) of one count.
  func logLikelihoods(_ count: Int) -> [Double] {
    mixture.weights.indices.map { mixture.logLikelihood($0, count) }
  }
}

// MARK: Exact numbers, with nothing in log space but the result

extension MixtureProblem {
  /// p(z) p(y_s | z), a row a datum.
  var exactJoints: [[ExactValue]] {
    logLikelihoods.map { row in
      zip(mixture.weights, row).map { ExactValue($0) * ExactValue($1).exponential }
    }
  }

  /// log Σ_z p(z) p(y_s | z), datum by datum.
  var exactLogEvidence: [ExactValue] { exactJoints.map { $0.sum().logarithm } }

  /// p(z | y_s), a row a datum.
  var exactResponsibilities: [[ExactValue]] { exactJoints.map(exactShares) }
}

/// Numbers divided by their sum.
func exactShares(_ parts: [ExactValue]) -> [ExactValue] {
  let total = parts.sum()
  return parts.map { $0 / total }
}
