import GSL
public import Models
public import Probability

/// Evidence, state marginals and expected steps of an observed chain, for sequences of any length.
///
/// ```
/// α_1(k) = log initial_k + e_1(k)      α_t(k) = e_t(k) + log Σ_j exp(α_{t−1}(j) + log A_jk)
/// r_t(j) = log Σ_k exp(log A_jk + e_{t+1}(k) + β_{t+1}(k)),       β_T = 0
/// p(z_t = i, z_{t+1} = j | x) ∝ exp(α_t(i) + log A_ij + e_{t+1}(j) + β_{t+1}(j))
/// ```
/// In log space, so that nothing underflows; every α_t is normalised (the normalisers sum to the log
/// evidence), and every β_t so that Σ_k exp(α_t(k) + β_t(k)) = 1. The rounding of a marginal thus
/// does not grow with the length. Pairs are summed as they come: memory is T · K, not T · K².
/// References: Rabiner 1989; ``ForwardBackward`` keeps all messages as they are.
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
    let logTransition = chain.transition.map { $0.map { log($0) } }
    let (forward, normalisers) = normalisedForward(chain, logTransition)
    var counts = [Double](repeating: 0, count: states * states)
    logEvidence = chainEvidence(chain, normalisers)
    guard logEvidence.value > -.infinity else {
      (stateMarginals, transitionCounts) = (nil, counts)
      initialCounts = Array(repeating: 0, count: states)
      return
    }
    var marginals = forward
    var backward = [Double](repeating: 0, count: states)
    for k in 0..<states {
      marginals[(chain.length - 1) * states + k] = exp(forward.last(states, k))
    }
    for t in stride(from: chain.length - 2, through: 0, by: -1) {
      let before = Array(forward[(t * states)..<((t + 1) * states)])
      let after = (0..<states).map { chain.logEmission(t + 1, $0) + backward[$0] }
      let rests = logTransition.map { row in logSumExp(row.indices.map { row[$0] + after[$0] }) }
      let (shares, scale) = normalised(zip(before, rests).map { $0 + $1 })
      let steps = (0..<states * states).map { pair in
        let (i, j) = pair.quotientAndRemainder(dividingBy: states)
        return before[i] + logTransition[i][j] + after[j]
      }
      for (pair, logShare) in normalised(steps).shares.enumerated() {
        counts[pair] += exp(logShare)
      }
      for k in 0..<states {
        backward[k] = rests[k] - scale
        marginals[t * states + k] = exp(shares[k])
      }
    }
    (stateMarginals, transitionCounts) = (marginals, counts)
    initialCounts = Array(marginals[..<states])
  }

  /// The same answer from all K^T paths, one after the other.
  public static func enumerated(
    of chain: ObservedChain, report: VisitReport = { _ in }
  ) -> ObservedChainPosterior {
    let (states, length) = (chain.stateCount, chain.length)
    let pairs = length * states
    var tally = LogTally<Double>(parts: pairs + states * states)
    forEachPath(states: states, length: length) { path in
      var things = path.indices.map { $0 * states + path[$0] }
      for step in 1..<max(1, length) { things.append(pairs + path[step - 1] * states + path[step]) }
      tally.add(chain.logWeight(of: path), containing: things)
      if tally.visited % visitsBetweenReports == 0 { report(tally.visited) }
    }
    let total = chain.logScale + tally.logTotal
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
    chainEvidence(self, normalisedForward(self, transition.map { $0.map { log($0) } }).normalisers)
  }
}

/// α_t − log p(x_t | x_1 … x_{t−1}) − …, step after step, and those normalisers.
///
/// Where the sequence turns out impossible the rest is left at −∞.
private func normalisedForward(
  _ chain: ObservedChain, _ logTransition: [[Double]]
) -> (messages: [Double], normalisers: [Double]) {
  let states = chain.stateCount
  var messages = [Double](repeating: -.infinity, count: chain.logEmissions.count)
  var normalisers: [Double] = []
  // Column by column, so that the inner loop walks along memory.
  let into = (0..<states).map { k in logTransition.map { $0[k] } }
  var message = (0..<states).map { log(chain.initial[$0]) + chain.logEmission(0, $0) }
  for t in 0..<chain.length {
    if t > 0 {
      let before = message
      message = (0..<states).map { k in
        chain.logEmission(t, k) + logSumExp(before.indices.map { before[$0] + into[k][$0] })
      }
    }
    let (shares, normaliser) = normalised(message)
    normalisers.append(normaliser)
    guard normaliser > -.infinity else { break }
    message = shares
    for k in 0..<states { messages[t * states + k] = shares[k] }
  }
  return (messages, normalisers)
}

/// v_k − log Σ e^v, and log Σ e^v.
///
/// The largest is taken out first: of numbers near −10¹⁰⁰ a difference of log 2 would be rounded away.
private func normalised(_ logs: [Double]) -> (shares: [Double], total: Double) {
  guard let largest = logs.max(), largest > -.infinity else { return (logs, -.infinity) }
  let relative = logs.map { $0 - largest }
  let rest = logSumExp(relative)
  return (relative.map { $0 - rest }, largest + rest)
}

/// Σ_t log p(x_t | x_1 … x_{t−1}), each term with the rounding of K exponentials and a logarithm.
private func chainEvidence(_ chain: ObservedChain, _ normalisers: [Double]) -> ExactValue {
  let total = CompensatedSum(normalisers + [chain.logScale]).value
  guard total.isFinite else { return ExactValue(total, roundingBound: 0) }
  let magnitude = normalisers.reduce(abs(chain.logScale)) { $0 + max(1, abs($1)) }
  return ExactValue(
    total, roundingBound: Double(chain.stateCount + 6) * Double.ulpOfOne * magnitude)
}

extension [Double] {
  fileprivate func last(_ width: Int, _ index: Int) -> Double { self[count - width + index] }
}
