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

  /// p(S, R, W = 1) without a zero, the cloud summed out: a row for each value of the sprinkler.
  static func causes() throws -> [[Double]] {
    let table = try softened()
    return [0, 1].map { sprinkler in
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

  /// Loopy belief propagation around the ring C – S – R – C, its beliefs of S and R.
  ///
  /// Pair tables p(C) p(S|C), p(W = 1|S, R), p(R|C); on a single ring the messages of each
  /// direction converge to an eigenvector of the product of the tables.
  static func loopyBeliefs(rounds: Int = 200) -> [Double] {
    let net = BayesNet.sprinkler.variables
    func pair(_ from: Int, _ a: Int, _ b: Int) -> Double {
      switch from {
      case 0: return 0.5 * net[1].table[a][b]
      case 1: return net[3].table[2 * a + b][1]
      default: return net[2].table[b][a]
      }
    }
    func normalised(_ message: [Double]) -> [Double] {
      message.map { $0 / message.reduce(0, +) }
    }
    // onward[i] comes to variable i from i − 1, backward[i] from i + 1.
    var onward = [[Double]](repeating: [0.5, 0.5], count: 3)
    var backward = onward
    for _ in 0..<rounds {
      let (forth, back) = (onward, backward)
      for i in 0..<3 {
        let next = (i + 1) % 3
        onward[next] = normalised(
          [0, 1].map { b in forth[i][0] * pair(i, 0, b) + forth[i][1] * pair(i, 1, b) })
        backward[i] = normalised(
          [0, 1].map { a in back[next][0] * pair(i, a, 0) + back[next][1] * pair(i, a, 1) })
      }
    }
    return [1, 2].map { i in normalised([0, 1].map { onward[i][$0] * backward[i][$0] })[1] }
  }
}
