import GSL
public import Models
public import Probability

/// Evidence, state marginals and expected steps of an observed chain, for sequences of any length.
///
/// The messages of `ChainLaw`, in log space and normalised: nothing underflows, and the rounding
/// of a marginal does not grow with the length. Pairs are summed as they come: memory is T · K, not
/// T · K². ``ForwardBackward`` keeps all messages as they are.
public struct ObservedChainPosterior: Sendable, Equatable {
  /// log p(x); −∞ when the sequence is impossible.
  public let logEvidence: ExactValue
  /// p(z_t = k | x), step after step: T · K numbers; nil when the sequence is impossible or when
  /// they were not asked for.
  public let stateMarginals: [Double]?
  /// p(z_1 = k | x); zero when the sequence is impossible.
  public let initialCounts: [Double]
  /// Σ_t p(z_t = i, z_{t+1} = j | x), row after row; zero when the sequence is impossible.
  public let transitionCounts: [Double]

  /// Runs forward and backward over a sequence.
  public init(of chain: ObservedChain) {
    let states = chain.stateCount
    let potentials = chain.potentials
    guard let law = ChainLaw(potentials) else {
      self.init(
        logEvidence: ExactValue(-.infinity, roundingBound: 0), stateMarginals: nil,
        initialCounts: Array(repeating: 0, count: states),
        transitionCounts: Array(repeating: 0, count: states * states))
      return
    }
    var counts = [Double](repeating: 0, count: states * states)
    for t in potentials.edges.indices {
      for (pair, probability) in law.pairMarginals(after: t).joined().enumerated() {
        counts[pair] += probability
      }
    }
    let marginals = (0..<chain.length).flatMap(law.stateMarginals)
    self.init(
      logEvidence: chainEvidence(chain, law.logNormalisers), stateMarginals: marginals,
      initialCounts: Array(marginals[..<states]), transitionCounts: counts)
  }

  /// The same answer from all K^T paths, one after the other.
  public static func enumerated(of chain: ObservedChain) -> ObservedChainPosterior {
    enumerated(of: chain, sum(of: chain).straight)
  }

  /// The sum over all paths, with the state of each step and the pairs of all steps.
  static func sum(of chain: ObservedChain) -> StateSum<DoubleDouble> {
    let (states, length) = (chain.stateCount, chain.length)
    let pairs = length * states
    return StateSum(power(states, length), parts: pairs + states * states) { numbers, tally in
      forEachPath(states: states, length: length, in: numbers) { path in
        var things = path.indices.map { $0 * states + path[$0] }
        for step in 1..<max(1, length) {
          things.append(pairs + path[step - 1] * states + path[step])
        }
        tally.add(chain.logWeight(of: path).doubled, containing: things)
      }
    }
  }

  /// The answer, from that sum.
  static func enumerated(
    of chain: ObservedChain, _ tally: LogTally<DoubleDouble>
  ) -> ObservedChainPosterior {
    let (states, length) = (chain.stateCount, chain.length)
    let pairs = length * states
    let total = tally.logTotal(plus: chain.logScale)
    // A log joint is a sum of 2T logarithms, and every path adds one rounding of its own.
    let roundings = Double(2 * length + 8) * max(1, abs(total)) + Double(tally.visited)
    let counts = tally.means
    return ObservedChainPosterior(
      logEvidence: ExactValue(
        total, roundingBound: total.isFinite ? roundings * Double.ulpOfOne : 0),
      stateMarginals: counts.map { Array($0[..<pairs]) },
      initialCounts: counts.map { Array($0[..<states]) } ?? Array(repeating: 0, count: states),
      transitionCounts: counts.map { Array($0[pairs...]) }
        ?? [Double](repeating: 0, count: states * states))
  }

  init(
    logEvidence: ExactValue, stateMarginals: [Double]?, initialCounts: [Double],
    transitionCounts: [Double]
  ) {
    self.logEvidence = logEvidence
    self.stateMarginals = stateMarginals
    self.initialCounts = initialCounts
    self.transitionCounts = transitionCounts
  }
}

extension ObservedChain {
  /// log p(x) by the forward recursion alone; −∞ when the sequence is impossible.
  public var exactLogEvidence: ExactValue {
    chainEvidence(self, potentials.normalisedForward().logNormalisers)
  }
}

/// Σ_t log p(x_t | x_1 … x_{t−1}), each term with the rounding of K exponentials and a logarithm.
private func chainEvidence(_ chain: ObservedChain, _ normalisers: [Double]) -> ExactValue {
  let total = CompensatedSum(normalisers + [chain.logScale]).value
  guard total.isFinite else { return ExactValue(total, roundingBound: 0) }
  let magnitude = normalisers.reduce(abs(chain.logScale)) { $0 + max(1, abs($1)) }
  return ExactValue(
    total, roundingBound: Double(chain.stateCount + 6) * Double.ulpOfOne * magnitude)
}
