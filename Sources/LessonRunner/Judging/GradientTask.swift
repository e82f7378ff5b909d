import Approximate
import Exact
import GSL
import Interchange
import JSONText
import Models
import Probability

/// To estimate ∇ELBO of independent bits, by their log odds, from a table of log p(x, z).
struct GradientTask: GradientProblem {
  /// log p(x, z) for every z.
  let table: BinaryTable
  /// q.
  let q: BernoulliFactors
  /// p(z_d = 1).
  let prior: [Double]
  /// S, the draws of z that an estimate may use.
  let samples: Int
  /// c, where the program wants a constant baseline.
  let constantBaseline: Double

  init(_ given: EstimatorCase, samples: Int) {
    table = BinaryTable(of: given.document)
    q = given.q
    prior = given.document.model.prior
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

  var components: [String] { q.probabilities.indices.map { "λ\($0 + 1)" } }

  /// Plain, and with the best constants as baselines: a mean of S independent terms has a variance of
  /// 1/S of one term's.
  func references() throws -> [(name: String, variances: [Double])] {
    let bound = ExpectedValue.elbo(of: table, under: q)
    let best = try PerComponent.optimal(for: bound).baselines.map { $0 ?? 0 }
    let all = [
      ("the score function alone", q.probabilities.map { _ in 0 }),
      ("the best constant baselines", best),
    ]
    return all.map { name, constants in (name, variances(constants).map { $0 / Double(samples) }) }
  }

  /// Var[(f − c_d) (z_d − b_d)] of one draw.
  private func variances(_ constants: [Double]) -> [Double] {
    let terms = q.states.map { z in
      let signal = table.signal(z, under: q)
      let weight = exp(q.logProbability(z))
      return (weight, zip(q.score(z), constants).map { (signal - $1) * $0 })
    }
    return constants.indices.map { d in
      let mean = terms.reduce(0) { $0 + $1.0 * $1.1[d] }
      return terms.reduce(0) { $0 + $1.0 * ($1.1[d] - mean) * ($1.1[d] - mean) }
    }
  }
}
