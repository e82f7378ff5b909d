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
    let (factors, order) = (net.factors(evidence), SmallestFirst(of: net).order)
    let total = eliminated(factors, keeping: nil, in: order).values[0]
    logEvidence = net.rounded(total.logarithm)
    guard !total.isZero else {
      marginals = nil
      return
    }
    marginals = net.variables.indices.map { variable in
      eliminated(factors, keeping: variable, in: order).values.map { ($0 / total).double }
    }
  }

  /// p(variable | evidence) alone, by one elimination; nil when the evidence is impossible.
  public static func marginal(
    of variable: Int, in net: BayesNet, evidence: [Int?]
  ) throws(ModelError) -> [Double]? {
    try net.validate(evidence: evidence)
    let weights = eliminated(
      net.factors(evidence), keeping: variable, in: SmallestFirst(of: net).order
    ).values
    let total = weights.reduce(.zero, +)
    return total.isZero ? nil : weights.map { ($0 / total).double }
  }

  private init(logEvidence: ExactValue, marginals: [[Double]]?) {
    self.logEvidence = logEvidence
    self.marginals = marginals
  }

  /// The same answer by adding up all joint states that agree with the evidence.
  public static func enumerated(of net: BayesNet, evidence: [Int?]) throws -> BayesNetPosterior {
    try net.validate(evidence: evidence)
    let sizes = net.cardinalities
    let starts = sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    var tally = LogTally<Double>(parts: starts.last ?? 0)
    // A joint state may be too improbable for a double: its logarithm is not.
    try forEachOutcome(of: { choices in try net.sample(&choices) }) { values, _ in
      guard zip(values, evidence).allSatisfy({ $1 == nil || $0 == $1 }) else { return }
      tally.add(net.logJoint(values), containing: zip(starts, values).map { $0 + $1 })
    }
    return BayesNetPosterior(
      logEvidence: net.rounded(tally.logTotal),
      marginals: tally.shares.map { shares in
        zip(starts, sizes).map { Array(shares[$0..<$0 + $1]) }
      })
  }
}

extension BayesNet {
  /// A product of one probability per variable, added up over the states of the others.
  fileprivate func rounded(_ logEvidence: Double) -> ExactValue {
    let roundings = Double(4 * variables.count + 8 + cardinalities.reduce(0, +))
    let size = logEvidence > -.infinity ? max(1, abs(logEvidence)) : 0
    return ExactValue(logEvidence, roundingBound: roundings * Double.ulpOfOne * size)
  }
}
