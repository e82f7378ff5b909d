public import Models
public import Probability

extension ObservedChain {
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
    var paths: [[Int]] = []
    for _ in 0..<count { paths.append(try law.sample(&choices)) }
    return paths
  }
}

extension ExactRequest {
  /// Refuses more paths than are allowed.
  public func requirePaths(_ chains: [ObservedChain]) throws(ExactRefusal) {
    try require(chains.reduce(0) { $0 + power($1.stateCount, $1.length) }, "observations")
  }
}
