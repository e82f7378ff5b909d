import GSL
public import Models
public import Probability

/// What the steps of wake-sleep are on average, by running each over every outcome.
///
/// Nothing here is a formula of its own: the programs that train are interpreted exhaustively.
extension HelmholtzMachine {
  /// E_D E_q[Δθ] of the wake step.
  public func expectedWake(_ data: BitPatterns, limits: ChoiceLimits = ChoiceLimits()) throws
    -> [ExactValue]
  {
    try data.average { pattern in try exactMeans(limits: limits) { try wake(pattern, &$0) } }
  }

  /// E_D[Δθ] of the wake step with means, in which nothing is drawn.
  public func averageWakeWithMeans(_ data: BitPatterns) -> [ExactValue] {
    data.average { wakeWithMeans($0).map { ExactValue($0) } }
  }

  /// E_p(x,z)[Δφ] of the sleep step.
  public func expectedSleep(limits: ChoiceLimits = ChoiceLimits()) throws -> [ExactValue] {
    try exactMeans(limits: limits) { try sleep(&$0) }
  }

  /// E_D of both updates of reweighted wake-sleep with K draws, and of the bound.
  ///
  /// An update is linear in the weights, so what is averaged is the weight that each setting gets:
  ///
  /// ```
  /// E[Σ_k w̄_k h(z_k)] = Σ_z c(z) h(z),     c(z) = E[Σ_k w̄_k [z_k = z]]
  /// ```
  /// K choices of a whole setting each. In which order they were made makes no difference to their
  /// weights, so those that differ in nothing else are one outcome: some (2^H)^K / K! of them.
  public func expectedReweighted(
    _ data: BitPatterns, samples: Int, limits: ChoiceLimits = ChoiceLimits()
  ) throws -> ReweightedUpdates {
    var bound: ExactValue = 0
    var wakes: [[ExactValue]] = []
    var recognitions: [[ExactValue]] = []
    let settings = BitStates(of: hiddenUnits).indices.map { hiddenSetting($0) }
    for (pattern, weight) in zip(data.patterns, data.probabilities) {
      let shares = try expectedShares(pattern, settings, samples: samples, limits)
      bound += ExactValue(weight) * shares.bound
      func mean(_ value: ([[Double]]) -> [Double]) -> [ExactValue] {
        average(
          zip(shares.shares, settings).map { share, setting in
            (share, value((setting + [pattern]).map(numbers)).map { ExactValue($0) })
          })
      }
      wakes.append(mean(generative.delta))
      recognitions.append(mean(recognition.delta))
    }
    return ReweightedUpdates(
      wake: average(zip(data.probabilities.map { ExactValue($0) }, wakes)),
      recognition: average(zip(data.probabilities.map { ExactValue($0) }, recognitions)),
      bound: bound)
  }

  /// c(z) for every setting, and the mean bound, for one pattern.
  private func expectedShares(
    _ pattern: [Bool], _ settings: [[[Bool]]], samples: Int, _ limits: ChoiceLimits
  ) throws -> (shares: [ExactValue], bound: ExactValue) {
    guard samples > 0 else { throw ChoiceError.tooFewSamples(found: samples, needed: 1) }
    let logWeights = settings.map { logWeight($0, given: pattern) }
    let law = settings.map { exp(recognition.logProbability($0, given: pattern)) }
    var shares = [CompensatedSum](repeating: CompensatedSum(), count: settings.count)
    var (bound, size) = (CompensatedSum(), 0.0)
    try forEachBag(of: samples, law, limits) { draws, probability in
      let drawn = WeightedDraws(draws) { logWeights[$0] }
      for (draw, weight) in zip(drawn.draws, drawn.weights) {
        shares[draw].add(probability * weight)
      }
      bound.add(probability * drawn.bound)
      size += probability * abs(drawn.bound)
    }
    // Both logarithms and the probability of a setting carry a rounding a unit and more.
    let unit =
      Double(samples + 8 * (hiddenUnits + observedUnits) + 8) * Double.ulpOfOne
    return (
      shares.map { ExactValue($0.value, roundingBound: unit * abs($0.value)) },
      ExactValue(bound.value, roundingBound: unit * size)
    )
  }
}

/// Visits K independent draws of a law as bags: ascending, with the probability of all their orders.
///
/// ```
/// P(bag) = K! / Π_s n_s!  Π_s law_s^n_s          n_s how often s stands in it
/// ```
private func forEachBag(
  of count: Int, _ law: [Double], _ limits: ChoiceLimits, visit: ([Int], Double) -> Void
) throws(ChoiceError) {
  let possible = law.indices.filter { law[$0] > 0 }
  var (draws, visited) = ([Int](repeating: 0, count: count), 0)
  func place(_ k: Int, from first: Int, _ probability: Double, repeats: Int) throws(ChoiceError) {
    guard k < count else {
      visited += 1
      guard visited <= limits.outcomes else {
        throw .tooManyOutcomes(atLeast: visited, cap: limits.outcomes)
      }
      visit(draws, probability)
      return
    }
    for next in first..<possible.count {
      let same = k > 0 && next == first ? repeats + 1 : 1
      draws[k] = possible[next]
      // (k + 1)!/n! is reached by a factor (k + 1)/n with every draw.
      try place(
        k + 1, from: next, probability * law[possible[next]] * Double(k + 1) / Double(same),
        repeats: same)
    }
  }
  try place(0, from: 0, 1, repeats: 0)
}

/// The mean updates of reweighted wake-sleep.
public struct ReweightedUpdates: Sendable {
  /// By θ; the gradient of the likelihood as K grows.
  public let wake: [ExactValue]
  /// By φ; minus the gradient of KL(p‖q) at the data as K grows.
  public let recognition: [ExactValue]
  /// E_D E[log (1/K) Σ w_k].
  public let bound: ExactValue
}

extension BitPatterns {
  /// E_D of lists of numbers.
  func average(_ value: ([Bool]) throws -> [ExactValue]) rethrows -> [ExactValue] {
    try Approximate.average(
      zip(probabilities.map { ExactValue($0) }, patterns.map { try value($0) }))
  }
}

/// Σ weight · list, component by component.
private func average(_ terms: some Sequence<(ExactValue, [ExactValue])>) -> [ExactValue] {
  var sums: [ExactValue] = []
  for (weight, values) in terms {
    if sums.isEmpty { sums = values.map { _ in 0 } }
    for (place, value) in values.enumerated() { sums[place] += weight * value }
  }
  return sums
}
