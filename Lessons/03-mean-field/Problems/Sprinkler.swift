import Exact
import GSL
import Models
import Probability

/// Murphy's sprinkler after the grass was found wet: cloudy, sprinkler and rain are open.
struct Sprinkler: Sendable {
  /// log p(C, S, R, W = 1), rain fastest.
  let table: JointTable

  /// The net as it is, or with grass that is wet for no reason with a small probability.
  init(wetForNoReason chance: Double = 0) throws {
    table = try JointTable(Self.net(wetForNoReason: chance), evidence: [nil, nil, nil, 1])
  }

  /// The net with another probability of grass that is wet for no reason.
  static func net(wetForNoReason chance: Double) throws -> BayesNet {
    var variables = BayesNet.sprinkler.variables
    var grass = variables[3].table
    grass[0] = [1 - chance, chance]
    variables[3] = BayesNet.Variable("wet grass", parents: [1, 2], table: grass)
    return try BayesNet(variables)
  }

  /// How often grass is wet for no reason where the lesson wants no zero: once in a hundred.
  static let chance = 0.01

  /// log p(C, S, R, W = 1) without a zero.
  static func softened() throws -> JointTable { try Sprinkler(wetForNoReason: chance).table }

  /// p(R, W) without a zero: rows W = 1 and W = 0.
  static func daysByRain() throws -> [[Double]] {
    let net = try net(wetForNoReason: chance)
    return try [1, 0].map { wet in
      let table = try JointTable(net, evidence: [nil, nil, nil, wet])
      return [0, 1].map { rain in
        (0..<table.stateCount).filter { table.values(of: $0)[2] == rain }.reduce(0) {
          $0 + exp(table.logValues[$1])
        }
      }
    }
  }

  /// p(S, R, W = 1), the cloud summed out: a row for each value of the sprinkler.
  var causes: [[Double]] {
    [0, 1].map { sprinkler in
      [0, 1].map { rain in
        (0..<table.stateCount).filter { Array(table.values(of: $0)[1...]) == [sprinkler, rain] }
          .reduce(0) { $0 + exp(table.logValues[$1]) }
      }
    }
  }

  /// The oracle.
  var exact: ExactPosterior { ExactPosterior(logJoints: table.logValues) }

  /// P(S = 1 | W = 1) and P(R = 1 | W = 1) by enumeration.
  var exactMarginals: [Double] {
    [1, 2].map { latent in
      exact.expectation { Double(table.values(of: $0)[latent]) } ?? .nan
    }
  }
}
