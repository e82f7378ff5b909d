public import Models
public import Probability

extension ObservedChainPosterior: Posterior {}

extension ExactAnswers where Answer == ObservedChainPosterior {
  /// Forward and backward messages, or all K^T paths.
  ///
  /// Structured, it is the kernel in plain doubles, or the messages in log space where these do not
  /// suffice.
  ///
  /// - Parameters:
  ///   - chains: observed sequences of one chain.
  ///   - request: which way, and how far.
  ///   - keepsMarginals: whether ``ObservedChainPosterior/stateMarginals`` are asked for.
  ///   - canExclude: whether an observation can be impossible. Where none can, an evidence of zero is
  ///     a number below all doubles.
  /// - Throws: too many paths, or numbers so large that rounding would choose between them.
  public init(
    of chains: [ObservedChain], _ request: ExactRequest = ExactRequest(),
    keepsMarginals: Bool = true, canExclude: Bool = true
  ) throws(ExactRefusal) {
    let isBruteForce = request.route == .bruteForce
    let states = chains.first?.stateCount ?? 0
    let paths = chains.reduce(0) { $0 + power(states, $1.length) }
    if isBruteForce { try request.require(paths, "observations") }
    let sums = isBruteForce ? chains.map(ObservedChainPosterior.sum) : []
    let tallies = try request.tallies(sums, states: paths)
    var posteriors: [ObservedChainPosterior] = []
    for (index, chain) in chains.enumerated() {
      let posterior =
        isBruteForce
        ? ObservedChainPosterior.enumerated(of: chain, tallies[index])
        : ObservedChainPosterior(scaled: chain, keepsMarginals: keepsMarginals)
          ?? ObservedChainPosterior(of: chain)
      let evidence = posterior.logEvidence.value
      guard evidence.isFinite || (canExclude && evidence == -.infinity) else {
        throw .overflow("observations[\(index)]")
      }
      guard posterior.isSettled(on: chain) else { throw .imprecise("observations[\(index)]") }
      posteriors.append(posterior)
    }
    let steps = chains.reduce(0) { $0 + $1.length }
    let products = Double(steps - chains.count) * Double(states * states)
    self.posteriors = posteriors
    route = isBruteForce ? .bruteForce : .structured
    way =
      isBruteForce
      ? "sum over all \(countText(paths)) paths, one by one"
      : "forward and backward messages, normalised step by step"
    work =
      [("sequences", Double(chains.count)), ("steps", Double(steps))]
      + (isBruteForce ? [("states", paths)] : [("terms", products)])
  }
}

extension ExactAnswers where Answer == ObservedChainPosterior {
  /// The sums over all paths, to be shared out.
  public static func sharedSums(
    of chains: [ObservedChain], _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let paths = chains.reduce(0) { $0 + power($1.stateCount, $1.length) }
    try request.require(paths, "observations")
    return SharedSums(chains.map { ObservedChainPosterior.sum(of: $0).tree }, states: paths)
  }
}

extension ObservedChainPosterior {
  /// Whether rounding cannot have chosen between paths.
  ///
  /// A path that must go through a state far worse than the best one for its observation carries a
  /// large logarithm, beside which the differences between paths are rounded. Then all states must be
  /// certain.
  fileprivate func isSettled(on chain: ObservedChain) -> Bool {
    var (isFar, isCertain) = (false, true)
    for (place, probability) in (stateMarginals ?? []).enumerated() where probability > 0 {
      if chain.logEmissions[place] < -1e6 { isFar = true }
      if probability < 1 { isCertain = false }
    }
    return !isFar || isCertain
  }

  /// What a sequence of symbols is answered with, the emission table taken as it is.
  ///
  /// The kernel in plain doubles, or the messages in log space where these do not suffice.
  public init(fastestOf sequence: HiddenMarkovSequence, keepsMarginals: Bool = true) {
    self =
      ObservedChainPosterior(scaled: sequence, keepsMarginals: keepsMarginals)
      ?? ObservedChainPosterior(of: sequence.chain)
  }
}

extension ChainPosterior: Posterior {
  /// log Z: with its observations filled in, a hidden Markov model is a field over its states.
  public var logEvidence: ExactValue { logPartition }
}
