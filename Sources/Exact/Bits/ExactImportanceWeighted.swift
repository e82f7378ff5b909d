import GSL
import Kernels
public import Models
public import Probability

/// The exact importance-weighted bound, by visiting every multiset of K states instead of every tuple.
///
/// ```
/// L_K = E[log (1/K) Σ_k p(x, z_k)/q(z_k)] = Σ_multisets K!/Π m_z! Π q(z)^m_z log (1/K) Σ m_z w(z)
/// ```
/// There are C(N + K − 1, K) multisets of N states where there are N^K tuples; where even these are
/// many, an integral of one sum over the states takes their place (`MeanLogarithm`). The answer is −∞
/// where all K samples can be excluded by the model.
public func exactImportanceWeightedBound(
  samples: Int, factorised b: [Double], of model: some BinaryLatentModel
) -> ExactValue {
  let (probabilities, signals) = possibleSignals(factorised: b, of: model)
  guard !signals.contains(-.infinity) else { return ExactValue(-.infinity, roundingBound: 0) }
  // The logarithm of a mean is off by no more than the worst of its signals, and these in the mean by
  // no more than K times one of them.
  let largest = signals.max() ?? 0
  let size = zip(probabilities, signals).reduce(0) { $0 + $1.0 * abs($1.1) }
  let ofSignals = model.roundingsOfSignal.bound(for: size + abs(largest))
  if multisets(of: samples, states: signals.count) > fewMultisets,
    let mean = MeanLogarithm(of: samples, logarithms: signals, probabilities: probabilities)
  {
    return ExactValue(
      mean.value - log(Double(samples)),
      roundingBound: mean.bound + Double(samples) * ofSignals)
  }
  var sum = MultisetSum(
    probabilities: probabilities, ratios: signals.map { exp($0 - largest) },
    signals: signals.map { $0 - largest }, samples: samples)
  sum.add(from: 0, left: samples, probability: 1, total: 0, multiplicity: 0)
  let own = Double(samples + 8) * .ulpOfOne * (sum.magnitude + abs(largest))
  return ExactValue(
    largest + sum.value, roundingBound: own + Double(samples) * ofSignals)
}

/// How many terms that takes: multisets, or states as often as the integrand is looked at.
public func importanceWeightedTerms(
  samples: Int, factorised b: [Double], of model: some BinaryLatentModel
) -> Double {
  let (probabilities, signals) = possibleSignals(factorised: b, of: model)
  let multisets = multisets(of: samples, states: signals.count)
  guard !signals.contains(-.infinity) else { return Double(signals.count) }
  guard multisets > fewMultisets, let nodes = MeanLogarithm.nodes(signals, probabilities) else {
    return multisets
  }
  return Double(nodes) * Double(signals.count)
}

/// Up to so many multisets are no more work than the integral.
private let fewMultisets = 0x1p15

/// What q can come out as, each state with its probability and its signal.
private func possibleSignals(
  factorised b: [Double], of model: some BinaryLatentModel
) -> (probabilities: [Double], signals: [Double]) {
  let q = BernoulliFactors(b)
  let weights = q.stateProbabilities
  let states = weights.indices.filter { weights[$0] > 0 }
  return (states.map { weights[$0] }, states.map { model.signal(q.states[$0], under: q) })
}

/// C(N + K − 1, K), rounded.
private func multisets(of samples: Int, states: Int) -> Double {
  (0..<samples).reduce(1) { $0 * Double(states + $1) / Double($1 + 1) }
}

/// Walks through non-decreasing tuples, carrying the probability of all their orderings along.
private struct MultisetSum {
  let probabilities: [Double]
  let ratios: [Double]
  let signals: [Double]
  let samples: Int
  let logSamples: Double
  private var chosen: [Double]
  private var sum = CompensatedSum()
  private(set) var magnitude = 0.0

  init(probabilities: [Double], ratios: [Double], signals: [Double], samples: Int) {
    self.probabilities = probabilities
    self.ratios = ratios
    self.signals = signals
    self.samples = samples
    logSamples = log(Double(samples))
    chosen = [Double](repeating: 0, count: samples)
  }

  var value: Double { sum.value }

  /// `multiplicity` is how often the state `first` has been taken already: the i-th sample taken in
  /// all brings a factor i, the m-th copy of one state a factor 1/m, which makes K!/Π m_z!.
  mutating func add(
    from first: Int, left: Int, probability: Double, total: Double, multiplicity: Int
  ) {
    let place = Double(samples - left + 1)
    guard left > 1 else {
      return addLast(
        from: first, probability: probability * place, total: total, multiplicity: multiplicity)
    }
    for state in first..<probabilities.count {
      let copies = state == first ? multiplicity + 1 : 1
      chosen[samples - left] = signals[state]
      add(
        from: state, left: left - 1,
        probability: probability * probabilities[state] * place / Double(copies),
        total: total + ratios[state], multiplicity: copies)
    }
  }

  /// The last sample, all states at once: nearly all of the work is their logarithms.
  private mutating func addLast(
    from first: Int, probability: Double, total: Double, multiplicity: Int
  ) {
    guard first < ratios.count else { return }
    var logTotals = ratios[first...].map { total + $0 }
    // Ratios that underflowed beside the largest of all still have logarithms.
    let lost = logTotals.indices.filter { logTotals[$0] <= 1e-280 }
    takeLogarithms(&logTotals)
    for place in lost {
      chosen[samples - 1] = signals[first + place]
      logTotals[place] = logSumExp(chosen)
    }
    for (place, logTotal) in logTotals.enumerated() {
      let copies = place == 0 ? multiplicity + 1 : 1
      let weight = probability * probabilities[first + place] / Double(copies)
      let term = logTotal - logSamples
      sum.add(weight * term)
      magnitude += weight * abs(term)
    }
  }
}
