import GSL
import Models
import Probability

// Noise of states may be a covariance but for rounding: Q = F·Fᵀ + E, where E is what no column explains. Messages leave
// E out, dense laws keep it, and an answer is one only where E does not matter. With the diagonal D, D_ii = Σ_j |E_ij|,
// −D ≤ E ≤ D. Noise F·Fᵀ + D makes the outputs' covariance S larger by no more than a share ε of itself, and the
// variance of each state given them by δ. With the misfit q = rᵀ·S⁻¹·r, to first order in E:
//   |Δ log p(y)| ≤ ε (1 + q)/2      |Δ mean_i| ≤ √(δ_i ε q)      |Δ Cov_ij| ≤ √(δ_i δ_j)
// For each of them is a sum of terms uᵀ·E·v, below √(uᵀ·D·u · vᵀ·D·v), in which u leads to the state and v = (C·Φ)ᵀ·S⁻¹·r
// to the outputs.

/// How far a sequence's answers can be off for what its noise lacks to be a covariance.
struct NoiseDoubt {
  /// ε, at most: the trace of S⁻¹·ΔS, which is log |S + ΔS| − log |S|.
  private let share: Double
  /// log p of outputs that are all as expected, so that q = 0.
  private let logVolume: DoubleDouble
  /// δ for each number of each state, all outputs given.
  private let variances: [Double]
  /// The most that an entry of a covariance can be off by, over max(1, |entry|), of states filtered or smoothed.
  private let covarianceError: Double

  /// From two runs with 32 digits, without what is missing and with more than it; nil where nothing is missing.
  init?(_ sequence: DrivenSequence) {
    guard sequence.firstIndefiniteNoise != nil else { return nil }
    let still = sequence.centred
    let (bare, padded) = (DoubledChainLaw(still), DoubledChainLaw(still, padded: true))
    logVolume = bare.logEvidence
    share = 2 * (bare.logEvidence - padded.logEvidence).high
    var (variances, worst) = ([Double](), 0.0)
    for t in 0..<sequence.length {
      let smoothed = (bare.state(at: t), padded.state(at: t))
      let filtered = [(bare.unseen[t], padded.unseen[t]), (bare.updated[t], padded.updated[t])]
      for (own, other) in [smoothed] + filtered {
        worst = max(worst, own.covarianceError(growingTo: other))
      }
      variances += smoothed.0.growth(to: smoothed.1)
    }
    (self.variances, covarianceError) = (variances, worst)
  }

  /// The most that a number of an answer can be off by, over max(1, |number|).
  func error(of posterior: StateSpacePosterior) -> Double {
    let logEvidence = posterior.logEvidence.value
    let q = max(0, 2 * (logVolume - DoubleDouble(logEvidence)).high)
    var worst = max(covarianceError, share * (1 + q) / 2 / max(1, abs(logEvidence)))
    for (mean, variance) in zip(posterior.means, variances) {
      worst = max(worst, sqrt(variance * share * q) / max(1, abs(mean)))
    }
    return worst.isNaN ? .infinity : worst
  }
}

extension DrivenSequence {
  /// The first noise that is no covariance to 32 digits, by its key.
  fileprivate var firstIndefiniteNoise: String? {
    guard length > 1 else { return nil }
    switch system.dynamicsNoise {
    case .constant(let noise): return noise.isCovariance ? nil : "dynamicsNoise"
    case .steps(let steps):
      return steps.prefix(length - 1).firstIndex { !$0.isCovariance }
        .map { "dynamicsNoise.steps[\($0)]" }
    }
  }

  /// Refuses an answer that what the noise lacks to be a covariance can have moved by more than is promised.
  func requireCovariances(
    for posterior: StateSpacePosterior, at place: String
  ) throws(ExactRefusal) {
    guard let noise = firstIndefiniteNoise, let doubt = NoiseDoubt(self) else { return }
    guard doubt.error(of: posterior) <= StateSpacePosterior.promised else {
      throw .indefinite(noise, place)
    }
  }
}

extension SwitchingSequence {
  /// The first noise that is no covariance to 32 digits, by its key.
  var firstIndefiniteNoise: String? {
    guard length > 1 else { return nil }
    return system.systems.firstIndex { !$0.dynamicsNoise.isCovariance }
      .map { "states[\($0)].dynamicsNoise" }
  }

  /// The same for paths: ε is that of the one with the largest, q no more than the evidence leaves for it.
  func requireCovariances(
    for posterior: SwitchingPosterior, at place: String
  ) throws(ExactRefusal) {
    guard let noise = firstIndefiniteNoise else { return }
    var largest = 0.0
    _ = PrefixTree(self, DoubtFilter(self), progress: nil) { path, logShare in
      let share = system.logPrior(path).map { 2 * (logShare - $0).high } ?? 0
      if !(share <= largest) { largest = share }
    }
    let q = StateSpaceErrors(system.systems, observations, seen: seen)
      .misfit(atLogEvidence: posterior.logEvidence.value)
    guard largest * (1 + q) / 2 <= StateSpacePosterior.promised else {
      throw .indefinite(noise, place)
    }
  }

  /// The same for beliefs, by what they are with more noise than is missing.
  func requireCovariances(
    for beliefs: SwitchingBeliefs, at place: String
  ) throws(ExactRefusal) {
    guard let noise = firstIndefiniteNoise else { return }
    let padded = SwitchingBeliefs(self, DoubledFilter(self, padded: true))
    guard let padded, beliefs.distance(to: padded) <= StateSpacePosterior.promised else {
      throw .indefinite(noise, place)
    }
  }
}

/// Two filters beside each other, without what noise lacks and with more than it: what they say of outputs that are
/// as expected differs by ε/2.
private struct DoubtFilter: PathFilter {
  typealias Belief = (bare: DoubledBelief, padded: DoubledBelief)
  let start: Belief
  private let (bare, padded): (DoubledFilter, DoubledFilter)

  init(_ sequence: SwitchingSequence) {
    let still = sequence.centred
    (bare, padded) = (DoubledFilter(still), DoubledFilter(still, padded: true))
    start = (bare.start, padded.start)
  }

  func moved(_ belief: Belief, by mode: Int) -> Belief {
    (bare.moved(belief.bare, by: mode), padded.moved(belief.padded, by: mode))
  }

  func conditioned(_ belief: Belief, at step: Int) -> (belief: Belief, logEvidence: DoubleDouble) {
    let own = bare.conditioned(belief.bare, at: step)
    let other = padded.conditioned(belief.padded, at: step)
    return ((own.belief, other.belief), own.logEvidence - other.logEvidence)
  }

  func moments(of belief: Belief) -> StateMoments { belief.bare.moments }
}

extension [[Double]] {
  /// Whether a covariance is one to 32 digits.
  fileprivate var isCovariance: Bool {
    DoubledCovarianceFactor(of: self).unexplained.allSatisfy { $0 == 0 }
  }
}

extension DoubledBelief {
  /// δ: how much larger each variance is in a belief that is less certain.
  fileprivate func growth(to other: DoubledBelief) -> [Double] {
    zip(other.variances, variances).map { max(0, ($0 - $1).high) }
  }

  /// √(δ_i δ_j) over max(1, |C_ij|), the largest.
  fileprivate func covarianceError(growingTo other: DoubledBelief) -> Double {
    let (growth, covariance, n) = (growth(to: other), covariance, mean.count)
    return covariance.indices.reduce(0) {
      max($0, sqrt(growth[$1 / n] * growth[$1 % n]) / max(1, abs(covariance[$1])))
    }
  }

  /// The diagonal of Lᵀ·L.
  private var variances: [DoubleDouble] {
    mean.indices.map { i in
      (0..<doubts.rows).reduce(DoubleDouble(0)) { $0 + doubts[$1, i] * doubts[$1, i] }
    }
  }
}

extension ExactRefusal {
  /// Noise that is a covariance but for rounding, beside numbers that rounding decides.
  fileprivate static func indefinite(_ noise: String, _ place: String) -> ExactRefusal {
    .misfit(
      ModelError(
        noise, "expected a positive semidefinite matrix; what it lacks of one decides \(place)"))
  }
}
