import Approximate
import LessonKit
import Models
import Probability

/// What is left of the variance when more states are summed: the probable ones first, or the rare ones.
@Sendable func summedTable(_: RunContext) throws -> Table {
  let problem = SumAndSampleProblem.example
  let rare = problem.q.indices.sorted { problem.q[$0] < problem.q[$1] }
  return Table(
    title: "The variance of all components together, one draw",
    columns: ["summed", "the most probable", "their share", "the least probable", "their share"],
    rows: try (0..<problem.q.count).map { count in
      let probable = count == 0 ? [] : problem.with(count: count).split.head
      let few = Array(rare.prefix(count))
      return [
        .given(count), .exact(try probableFirst(count, of: problem), digits: 3),
        .given(probable.reduce(0) { $0 + problem.q[$1] }),
        .exact(try variance(summing: few, of: problem), digits: 3),
        .given(few.reduce(0) { $0 + problem.q[$1] }),
      ]
    },
    note: "With three of four states summed the last one is drawn for certain.")
}

/// The library's estimator, which sums the most probable states; with none of them it is a baseline.
private func probableFirst(_ count: Int, of problem: SumAndSampleProblem) throws -> Double {
  let baseline: [String: ZooValue] = ["baseline": .number(problem.baseline)]
  guard count > 0 else {
    return try Zoo.variance(of: "constant-baseline", on: problem.discrete, baseline)
  }
  return try Zoo.variance(
    of: "sum-and-sample", on: problem.discrete,
    baseline.merging(["sum": .number(Double(count))]) { $1 })
}

/// The same formula for any states: q(R)² times the variance of (f − c) s over the others.
private func variance(summing states: [Int], of problem: SumAndSampleProblem) throws -> Double {
  let law = problem.discrete.law
  let rest = problem.q.indices.filter { !states.contains($0) }
  let mass = rest.reduce(0) { $0 + law.probabilities[$1] }
  return try exactMoments { choices in
    let z = rest[try choices.choose(rest.map { law.probabilities[$0] / mass })]
    return law.score(z).map { mass * (problem.values[z] - problem.baseline) * $0 }
  }.covarianceTrace
}
