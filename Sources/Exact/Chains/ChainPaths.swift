public import Models
public import Probability

extension ObservedChain: HiddenStateLaw {
  /// By the kernel, where that suffices.
  public var logEvidence: Double { scaledLogEvidence(of: self).value }

  /// By the kernel.
  public var explanation: (state: [Int], logJoint: Double)? {
    ChainExplanation(fastestOf: self).map { ($0.path, $0.logJoint) }
  }

  /// By the chain rule, step after step.
  public var entropy: Double? { ChainLaw(potentials)?.entropy }

  /// Paths drawn from p(z | x), each from its first state on, given what is seen later; nil when the sequence is
  /// impossible.
  ///
  /// ```
  /// p(z_{t+1} = k | z_t = i, x) ∝ transition[i][k] p(x_{t+1} | k) β_{t+1}(k)
  /// ```
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws(ChoiceError) -> [[Int]]? {
    guard let law = ChainLaw(potentials) else { return nil }
    return try draws(count, &choices) { choices throws(ChoiceError) in try law.sample(&choices) }
  }
}

extension ExactRequest {
  /// Refuses more paths than are allowed.
  public func requirePaths(_ chains: [ObservedChain]) throws(ExactRefusal) {
    try require(chains.reduce(0) { $0 + power($1.stateCount, $1.length) }, "observations")
  }
}
