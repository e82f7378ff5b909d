import GSL
public import Models
public import Probability

/// The exact answer for a network with evidence: the log probability of the evidence and marginals.
public struct BayesNetPosterior: Posterior {
  /// log p(evidence); −∞ when it is impossible.
  public let logEvidence: ExactValue
  /// p(x_i = v | evidence) for every variable; nil when the evidence is impossible.
  public let marginals: [[Double]]?

  /// The answer by elimination of variables.
  ///
  /// - Parameters:
  ///   - net: the network.
  ///   - evidence: a value for every variable that is observed, nil for the others.
  /// - Throws: evidence that does not fit the network.
  public init(of net: BayesNet, evidence: [Int?]) throws(ModelError) {
    try net.validate(evidence: evidence)
    let factors = net.factors(evidence)
    let total = eliminated(factors, keeping: nil).values[0]
    logEvidence = ExactValue(
      log(total), roundingBound: total > 0 ? net.roundings * max(1, abs(log(total))) : 0)
    guard total > 0 else {
      marginals = nil
      return
    }
    marginals = net.variables.indices.map { variable in
      eliminated(factors, keeping: variable).values.map { $0 / total }
    }
  }

  /// p(variable | evidence) alone, by one elimination; nil when the evidence is impossible.
  public static func marginal(
    of variable: Int, in net: BayesNet, evidence: [Int?]
  ) throws(ModelError) -> [Double]? {
    try net.validate(evidence: evidence)
    let weights = eliminated(net.factors(evidence), keeping: variable).values
    let total = weights.reduce(0, +)
    return total > 0 ? weights.map { $0 / total } : nil
  }

  private init(logEvidence: ExactValue, marginals: [[Double]]?) {
    self.logEvidence = logEvidence
    self.marginals = marginals
  }

  /// The same answer by adding up all joint states that agree with the evidence.
  public static func enumerated(of net: BayesNet, evidence: [Int?]) throws -> BayesNetPosterior {
    try net.validate(evidence: evidence)
    var total = CompensatedSum()
    var sums = net.cardinalities.map { [Double](repeating: 0, count: $0) }
    try forEachOutcome(of: { choices in try net.sample(&choices) }) { values, probability in
      guard zip(values, evidence).allSatisfy({ $1 == nil || $0 == $1 }) else { return }
      total.add(probability)
      for (variable, value) in values.enumerated() { sums[variable][value] += probability }
    }
    let bound = total.value > 0 ? net.roundings * max(1, abs(log(total.value))) : 0
    return BayesNetPosterior(
      logEvidence: ExactValue(log(total.value), roundingBound: bound),
      marginals: total.value > 0 ? sums.map { $0.map { $0 / total.value } } : nil)
  }
}

extension BayesNet {
  /// A product of one probability per variable, added up over the states of the others.
  fileprivate var roundings: Double {
    Double(4 * variables.count + 8 + variables.reduce(0) { $0 + $1.cardinality }) * Double.ulpOfOne
  }
}
