import GSL
import Models
import Probability

extension StateSpacePosterior {
  /// The answer of ``init(of:)`` with twice the digits of a double: some thirty times slower.
  ///
  /// Noise of outputs that is not positive definite to 32 digits has no answer.
  init(doubled sequence: LinearDynamicalSequence) {
    let system = sequence.system
    let step = DoubledStep(of: system)
    let potentials = system.doubledPotentials(sequence.observations, seen: sequence.seen)
    var (forward, total) = ([DoubledBelief](), DoubleDouble(0))
    var belief = DoubledBelief(initialOf: system)
    for (t, potential) in potentials.enumerated() {
      if t > 0 { belief = belief.moved(by: step) }
      forward.append(belief)
      let (filtered, logEvidence) = belief.conditioned(on: potential)
      total += logEvidence
      belief = filtered
    }
    var states: [DoubledBelief] = []
    var later = DoubledEvidence(ofStates: system.stateCount)
    for (t, potential) in potentials.enumerated().reversed() {
      if t + 1 < potentials.count { later = later.before(step) }
      later = potential.joined(with: later)
      states.append(forward[t].conditioned(on: later).0)
    }
    states.reverse()
    self.init(
      logEvidence: ExactValue(
        total.high, roundingBound: Double.ulpOfOne * max(1, total.high.magnitude)),
      stateCount: system.stateCount, means: states.flatMap { $0.mean.map(\.high) },
      covariances: states.flatMap(\.covariance))
  }

  /// The largest |difference| / max(1, |number|) of evidence, means and covariances.
  func distance(to other: StateSpacePosterior) -> Double {
    let own = [logEvidence.value] + means + covariances
    let others = [other.logEvidence.value] + other.means + other.covariances
    guard own.count == others.count else { return .infinity }
    let largest = zip(own, others).reduce(0.0) {
      let off = ($1.0 - $1.1).magnitude / max(1, $1.0.magnitude)
      return off.isNaN ? .infinity : max($0, off)
    }
    return largest
  }
}

extension DoubledBelief {
  /// What is known of a system's first state before anything is seen.
  init(initialOf system: LinearDynamicalSystem) {
    self.init(
      mean: system.initialMean.map { DoubleDouble($0) },
      doubts: DoubledCovarianceFactor(of: system.initialCovariance).columns)
  }

  /// Lᵀ·L, row after row.
  var covariance: [Double] {
    doubts.transposed().times(doubts).entries.map(\.high)
  }
}

extension LinearDynamicalSystem {
  /// What outputs say of the states that made them, step by step.
  func doubledPotentials(_ observations: [[Double]], seen: [[Int]]) -> [DoubledEvidence] {
    var views: [[Int]: DoubledView] = [:]
    return zip(observations, seen).map { output, seen in
      if seen.isEmpty { return DoubledEvidence(ofStates: stateCount) }
      let view = views[seen] ?? DoubledView(of: self, seen: seen)
      views[seen] = view
      return view.evidence(of: output)
    }
  }
}
