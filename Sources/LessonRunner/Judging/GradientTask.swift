import Approximate
import Exact
import Interchange
import JSONText
import Models
import Probability

/// To estimate ∇ELBO of independent bits, by their log odds, from a table of log p(x, z).
struct GradientTask {
  /// log p(x, z) for every z.
  let table: BinaryTable
  /// q.
  let q: BernoulliFactors
  /// S, the draws of z that an estimate may use.
  let samples: Int
  /// c, where the program wants a constant baseline.
  let constantBaseline: Double

  init(_ given: EstimatorCase, samples: Int) {
    table = BinaryTable(of: given.document)
    q = given.q
    constantBaseline = given.constantBaseline
    self.samples = samples
  }

  /// What the program is given: no more than whoever estimates has to know.
  var json: JSON {
    [
      "exercise": "elbo-gradient", "samples": .integer(samples), "q": .numbers(q.probabilities),
      "baseline": .number(constantBaseline),
      "logJoint": .numbers(q.states.map(table.logJoint)),
    ]
  }

  /// ∇ELBO, by a sum over all states.
  var target: [Double]? { exactELBOGradient(under: q, of: table)?.map(\.value) }

  /// How far rounding in log p(x, z) − log q(z) can move a mean of it times a score.
  var targetBound: Double {
    let largest = q.states.map { abs(table.signal($0, under: q)) }.max() ?? 0
    return 64 * Double(q.count + 8) * Double.ulpOfOne * max(1, largest)
  }

  /// The library's estimators on the same problem with as many draws: plain, and with the best
  /// constants as baselines.
  func references() throws -> [(name: String, moments: ExactMoments)] {
    let bound = ExpectedValue.elbo(of: table, under: q)
    let best = try PerComponent.optimal(for: bound).baselines.map { $0 ?? 0 }
    let all: [(String, EstimatorName, [Double])] = [
      ("the score function alone", .scoreFunction, q.probabilities.map { _ in 0 }),
      ("the best constant baselines", .optimalConstantBaseline, best),
    ]
    return try all.map { name, kind, constants in
      let program = EstimatorList(constants: constants).program(kind)
      return (name, try exactMoments { try program(bound, samples, &$0) })
    }
  }
}
