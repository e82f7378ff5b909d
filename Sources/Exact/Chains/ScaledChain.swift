import GSL
import Kernels
public import Models
public import Probability

// The fast forms of the recursions over chains, by the kernel of `Kernels`: messages in plain doubles,
// each brought near 1 by a power of two. Where a number on the way leaves the doubles there is no
// answer, and the readable forms in log space are asked.

/// log p(x) of a sequence; −∞ when it is impossible.
///
/// The scaled recursion, or ``logEvidence(of:)`` where that leaves the doubles.
public func scaledLogEvidence(of sequence: HiddenMarkovSequence) -> ExactValue {
  guard let problem = ChainSum.Problem(sequence), let found = ChainSum(problem, .sum) else {
    return sequence.chain.exactLogEvidence
  }
  return found.logEvidence(problem, shift: CompensatedSum())
}

/// log p(x) of an observed chain; −∞ when it is impossible.
public func scaledLogEvidence(of chain: ObservedChain) -> ExactValue {
  guard let (problem, shift) = relativeProblem(chain), let found = ChainSum(problem, .sum) else {
    return chain.exactLogEvidence
  }
  return found.logEvidence(problem, shift: shift)
}

extension ObservedChainPosterior {
  /// The fast form of ``init(of:)``; nil where plain doubles do not suffice.
  ///
  /// - Parameters:
  ///   - sequence: A sequence of symbols.
  ///   - keepsMarginals: Whether ``stateMarginals`` are asked for.
  public init?(scaled sequence: HiddenMarkovSequence, keepsMarginals: Bool = true) {
    guard let problem = ChainSum.Problem(sequence) else { return nil }
    self.init(problem, shift: CompensatedSum(), keepsMarginals: keepsMarginals)
  }

  /// The fast form of ``init(of:)``; nil where plain doubles do not suffice.
  ///
  /// The weights of a step are taken relative to the greatest: no state may be less likely by more
  /// than e^700, unless it is impossible.
  public init?(scaled chain: ObservedChain, keepsMarginals: Bool = true) {
    guard let (problem, shift) = relativeProblem(chain) else { return nil }
    self.init(problem, shift: shift, keepsMarginals: keepsMarginals)
  }

  private init?(_ problem: ChainSum.Problem, shift: CompensatedSum, keepsMarginals: Bool) {
    guard let found = ChainSum(problem, keepsMarginals ? .marginals : .counts) else { return nil }
    let states = problem.stateCount
    self.init(
      logEvidence: found.logEvidence(problem, shift: shift),
      stateMarginals: found.marginals.isEmpty ? nil : found.marginals,
      initialCounts: found.first.isEmpty ? Array(repeating: 0, count: states) : found.first,
      transitionCounts: found.pairs.isEmpty
        ? Array(repeating: 0, count: states * states) : found.pairs)
  }
}

extension ChainSum.Problem {
  /// The emission table turned, a row for each symbol.
  fileprivate init?(_ sequence: HiddenMarkovSequence) {
    let model = sequence.model
    let width = Self.width(of: model.stateCount)
    var weights = [Double](repeating: 0, count: model.symbolCount * width)
    for (state, row) in model.emission.enumerated() {
      for (symbol, probability) in row.enumerated() {
        weights[symbol * width + state] = probability
      }
    }
    self.init(
      initial: model.initial, transition: model.transition, weights: weights,
      symbols: sequence.observations)
  }
}

/// The weights exp(e_t(k) − max_k e_t(k)), and Σ_t max_k e_t(k) beside what the chain keeps apart.
private func relativeProblem(
  _ chain: ObservedChain
) -> (problem: ChainSum.Problem, shift: CompensatedSum)? {
  let states = chain.stateCount
  let width = ChainSum.Problem.width(of: states)
  var weights = [Double](repeating: -.infinity, count: chain.length * width)
  guard chain.logScale.isFinite else { return nil }
  var shift = CompensatedSum([chain.logScale])
  for t in 0..<chain.length {
    let row = chain.logEmissions[(t * states)..<((t + 1) * states)]
    // A step that no state allows, or the end of the doubles: not for this form.
    guard let largest = row.max(), largest.isFinite else { return nil }
    shift.add(largest)
    for (state, logWeight) in row.enumerated() where logWeight > -.infinity {
      guard logWeight - largest > -700 else { return nil }
      weights[t * width + state] = logWeight - largest
    }
  }
  exponentiate(&weights)
  return ChainSum.Problem(
    initial: chain.initial, transition: chain.transition, weights: weights, symbols: nil
  ).map { ($0, shift) }
}

extension ChainSum {
  /// log sum + exponent log 2 + shift, with its rounding.
  ///
  /// A step multiplies what has been found by a factor good to K + 3 roundings.
  fileprivate func logEvidence(_ problem: Problem, shift: CompensatedSum) -> ExactValue {
    guard sum > 0 else { return ExactValue(-.infinity, roundingBound: 0) }
    let total = log(sum) + exponent * log(2) + shift.value
    let roundings =
      Double(problem.stepCount * (problem.stateCount + 6)) + 4 * (abs(total) + abs(exponent))
    return ExactValue(total, roundingBound: roundings * Double.ulpOfOne)
  }
}
