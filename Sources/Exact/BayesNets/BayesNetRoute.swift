public import Models

extension ExactAnswers where Answer == BayesNetPosterior {
  /// Eliminates one variable after the other, or adds up all joint states.
  public init(
    of net: BayesNet, evidence: [[Int?]], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isBruteForce = request.route == .bruteForce
    let states = net.variables.reduce(1.0) { $0 * Double($1.cardinality) }
    let all = states * Double(evidence.count)
    if isBruteForce {
      try request.require(all, "variables: \(counted(net.variables.count, "variable"))")
    } else {
      try request.requireMemory(
        for: SmallestFirst(of: net).largest * Double(net.cardinalities.max() ?? 1),
        "variables: \(counted(net.variables.count, "variable"))")
    }
    var posteriors: [BayesNetPosterior] = []
    for values in evidence {
      posteriors.append(
        isBruteForce
          ? try .outcomes(of: net, values)
          : try fitting { () throws(ModelError) in
            try BayesNetPosterior(of: net, evidence: values)
          })
      if isBruteForce { request.progress?(states * Double(posteriors.count), all) }
    }
    self.posteriors = posteriors
    route = isBruteForce ? .bruteForce : .structured
    way =
      isBruteForce
      ? "sum over all \(countText(all)) joint states, one by one"
      : "elimination of variables, the smallest table first"
    work = isBruteForce ? [("states", all)] : [("variables", Double(net.variables.count))]
  }
}

extension BayesNetPosterior {
  /// The sum over joint states, or why the interpreter of choices does not go through them.
  fileprivate static func outcomes(
    of net: BayesNet, _ values: [Int?]
  ) throws(ExactRefusal) -> BayesNetPosterior {
    do {
      return try .enumerated(of: net, evidence: values)
    } catch let error as ModelError {
      throw .misfit(error)
    } catch {
      throw .unfit("variables", "\(error)", instead: .structured, "answers")
    }
  }
}
