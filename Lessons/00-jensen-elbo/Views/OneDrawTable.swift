import Exact
import LessonKit
import Models
import Probability

/// All that one draw can give: four numbers, of which only the mean is a bound.
@Sendable func oneDrawTable(_: RunContext) -> Table {
  let problem = FactorProblem.twoFactors
  let states = problem.document.states
  let ratios = states.map { problem.document.logJoint($0) - problem.q.logProbability($0) }
  let weights = states.map { exactly(problem.q, $0) }
  let mean = zip(weights, ratios).sum { $0 * ExactValue($1) }
  return Table(
    title: "All that one draw can give",
    columns: ["z", "q(z)", "log p(x, z) − log q(z)"],
    rows: zip(states, zip(weights, ratios)).map { z, pair in
      [
        .text("(\(Int(z[0])), \(Int(z[1])))"), .exact(pair.0.value, digits: 4),
        .exact(pair.1, digits: 5),
      ]
    } + [["mean under q", .exact(1), .exact(mean.value, digits: 5)]],
    note: "log p(x) = \(Format.fixed(problem.posterior.logEvidence.value, decimals: 4)).")
}

/// q(z) of independent bits.
private func exactly(_ q: BernoulliFactors, _ z: [Double]) -> ExactValue {
  zip(z, q.probabilities).reduce(1) { product, pair in
    product * (pair.0 == 1 ? ExactValue(pair.1) : 1 - ExactValue(pair.1))
  }
}
