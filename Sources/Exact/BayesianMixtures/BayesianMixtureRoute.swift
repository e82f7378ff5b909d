public import Models
import Probability

extension ExactAnswers where Answer == BayesianMixturePosterior {
  /// A dynamic program over sets of observations, or a sum over every labelled assignment.
  ///
  /// The observations share their parameters, so that there is one answer for all of them.
  public init(
    of mixture: BayesianMixture, _ observations: [[Double]],
    _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let (components, points) = (mixture.componentCount, observations.count)
    let assignments = power(components, points)
    let terms = BayesianMixturePosterior.subsetTermCount(
      components: components, observations: points)
    let enumerates = request.route == .bruteForce
    let needed = enumerates ? assignments : terms
    try request.require(needed, "concentration: \(components) components, \(points) observations")
    let posterior: BayesianMixturePosterior
    if enumerates {
      let evidence = try fitting { () throws(ModelError) in
        try AssignmentEvidence(mixture, observations)
      }
      posterior = BayesianMixturePosterior(
        try request.tallies([evidence.sum], states: assignments)[0], evidence)
    } else {
      posterior = try fitting { () throws(ModelError) in
        try BayesianMixturePosterior(bySubsets: mixture, observations)
      }
    }
    guard posterior.logEvidence.value.isFinite else { throw .overflow("observations") }
    posteriors = [posterior]
    route = enumerates ? .bruteForce : .structured
    way =
      enumerates
      ? "sum over all \(countText(assignments)) labelled assignments, one by one"
      : "dynamic program over components and sets of observations"
    work = [(enumerates ? "assignments" : "terms", needed), ("blocks", Double(1 << points))]
  }

  /// The sum over every labelled assignment, to be shared out.
  public static func sharedSums(
    of mixture: BayesianMixture, _ observations: [[Double]], _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let (components, points) = (mixture.componentCount, observations.count)
    let assignments = power(components, points)
    try request.require(
      assignments, "concentration: \(components) components, \(points) observations")
    let evidence = try fitting { () throws(ModelError) in
      try AssignmentEvidence(mixture, observations)
    }
    return SharedSums([evidence.sum.tree], states: assignments)
  }
}
