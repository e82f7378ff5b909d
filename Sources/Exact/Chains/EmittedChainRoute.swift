import GSL
public import Models
import Probability

extension ExactAnswers where Answer == ObservedChainPosterior {
  /// Sequences of values of several families: chains like any other, once the digits of their densities are
  /// known to do.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - sequences: step after step, a value a factor.
  ///   - request: which way, and how far.
  ///   - keepsMarginals: whether ``ObservedChainPosterior/stateMarginals`` are asked for.
  /// - Throws: what does not fit, too many paths, densities of which not even 32 digits are enough.
  public init(
    of model: ProductHiddenMarkovModel, _ sequences: [[[ObservedValue?]]],
    _ request: ExactRequest = ExactRequest(), keepsMarginals: Bool = true
  ) throws(ExactRefusal) {
    if request.digits != .thirtyTwo {
      let plain = try Self.answers(model, sequences, request, keepsMarginals)
      guard let place = plain.firstLoss(model, sequences) else {
        self = plain
        return
      }
      guard model.laws.hasCovariances else { throw .imprecise(place) }
      if request.digits == .sixteen { throw .lossy(place) }
    }
    guard let doubled = model.doubled else {
      throw .undecided("emission", "a covariance is not positive definite to so many")
    }
    let careful = try Self.answers(doubled, sequences, request, keepsMarginals)
    if let place = careful.firstLoss(doubled, sequences) {
      throw .undecided(place, "it is too far from covariances that are too nearly singular")
    }
    self.init(
      posteriors: careful.posteriors, route: careful.route,
      way: careful.way + ", with 32 digits", work: careful.work)
  }

  private static func answers(
    _ model: ProductHiddenMarkovModel, _ sequences: [[[ObservedValue?]]],
    _ request: ExactRequest, _ keepsMarginals: Bool
  ) throws(ExactRefusal) -> ExactAnswers {
    let chains = try model.chains(observing: sequences)
    // Densities below the doubles, which a table beside them must not turn into an impossible step.
    if let index = chains.firstIndex(where: \.logScale.isNaN) {
      throw .overflow("observations[\(index)]")
    }
    return try ExactAnswers(
      of: chains, request, keepsMarginals: keepsMarginals, canExclude: model.laws.canExclude)
  }

  /// The first sequence of which too many digits are lost.
  private func firstLoss(
    _ model: ProductHiddenMarkovModel, _ sequences: [[[ObservedValue?]]]
  ) -> String? {
    zip(posteriors, sequences).enumerated().first { _, pair in
      pair.0.measuredError(model.errors(observing: pair.1), states: model.initial.count) > 5e-10
    }.map { "observations[\($0.offset)]" }
  }
}

extension ObservedChainPosterior {
  /// What rounding of the emissions can have done to evidence and marginals, beyond a few roundings a step.
  ///
  /// ```
  /// |Δ log p(x)| ≤ Σ_t Σ_k p(z_t = k | x) |Δ_tk|,      |Δ p(z_t = k | x)| ≤ twice that
  /// ```
  /// Where marginals were not kept, the worst state of each step stands for all.
  fileprivate func measuredError(_ errors: [Double], states: Int) -> Double {
    var sum = 0.0
    for (place, error) in errors.enumerated() where error > 1e-12 {
      guard let stateMarginals else {
        sum += logEvidence.value.isFinite ? error : 0
        continue
      }
      let share = stateMarginals[place]
      // What is improbable must be so by more than its error.
      sum += error <= 1 ? share * error : share * exp(min(error, 700)) * error
    }
    return 2 * sum
  }
}

extension ProductHiddenMarkovModel {
  /// The sequences as chains; the place of what does not fit names the sequence.
  public func chains(
    observing sequences: [[[ObservedValue?]]]
  ) throws(ExactRefusal) -> [ObservedChain] {
    var chains: [ObservedChain] = []
    for (index, sequence) in sequences.enumerated() {
      do throws(ModelError) { chains.append(try chain(observing: sequence)) } catch {
        throw .misfit(ModelError("observations[\(index)]", error.reason))
      }
    }
    return chains
  }
}
