public import GSL
public import Models
import Probability

/// The law of the states of a driven sequence given its outputs, by messages with 32 digits: what
/// `GaussianChainLaw` is with those of a double, offsets and all.
public struct DoubledChainLaw: Sendable {
  /// The sequence.
  public let sequence: DrivenSequence
  let steps: [DoubledStep]
  /// What is known of x_t before its output, and with it.
  let (unseen, updated): ([DoubledBelief], [DoubledBelief])
  /// What the outputs from t on say of x_t, and those after t alone.
  let (backward, later): ([DoubledEvidence], [DoubledEvidence])
  /// log p(y).
  public let logEvidence: DoubleDouble

  /// Passes messages both ways; `padded` is with more noise than the system's, where that is no covariance.
  init(_ sequence: DrivenSequence, padded: Bool = false) {
    self.sequence = sequence
    let (system, length) = (sequence.system, sequence.length)
    let steps = sequence.doubledSteps(padded: padded)
    let potentials = sequence.doubledPotentials
    var (unseen, updated): ([DoubledBelief], [DoubledBelief]) = ([], [])
    var total = DoubleDouble(0)
    for (t, potential) in potentials.enumerated() {
      let belief =
        updated.last?.moved(by: steps[t - 1])
        ?? DoubledBelief(
          mean: system.initialMean.map { DoubleDouble($0) },
          doubts: DoubledCovarianceFactor(of: system.initialCovariance).columns)
      let (conditioned, logEvidence) = belief.conditioned(on: potential)
      unseen.append(belief)
      updated.append(conditioned)
      total += logEvidence
    }
    var (backward, allLater): ([DoubledEvidence], [DoubledEvidence]) = ([], [])
    for t in (0..<length).reversed() {
      let later =
        backward.last?.before(steps[t]) ?? DoubledEvidence(ofStates: system.stateCount)
      allLater.append(later)
      backward.append(potentials[t].joined(with: later))
    }
    (self.steps, self.unseen, self.updated) = (steps, unseen, updated)
    (self.backward, self.later) = (backward.reversed(), allLater.reversed())
    logEvidence = total
  }

  /// The normal law of x_t.
  func state(at t: Int) -> DoubledBelief { unseen[t].conditioned(on: backward[t]).0 }

  /// The normal law of x_t given the state before it and all outputs from t on.
  func next(at t: Int, after previous: [DoubleDouble]?) -> DoubledBelief {
    guard let previous else { return state(at: 0) }
    let step = steps[t - 1]
    return DoubledBelief(mean: step.moved(previous), doubts: step.noise)
      .conditioned(on: backward[t]).0
  }

  /// The normal law of x_t and x_(t+1), as one state of 2n numbers.
  ///
  /// ```
  /// (x, x') = (m, A·m + b) + [L  L·Aᵀ]ᵀ·u, which the outputs from t + 1 on condition
  ///                          [0  Γ   ]
  /// ```
  func pair(after t: Int) -> DoubledBelief {
    let (n, step, before) = (sequence.system.stateCount, steps[t], updated[t])
    var doubts = DoubledMatrix(zeros: before.doubts.rows + step.noise.rows, 2 * n)
    doubts.place(before.doubts, atRow: 0)
    doubts.place(before.doubts.times(step.dynamics.transposed()), atRow: 0, column: n)
    doubts.place(step.noise, atRow: before.doubts.rows, column: n)
    let later = backward[t + 1]
    var rows = DoubledMatrix(zeros: later.rows.rows, 2 * n + 1)
    rows.place(later.rows, atRow: 0, column: n)
    return DoubledBelief(mean: before.mean + step.moved(before.mean), doubts: doubts)
      .conditioned(on: DoubledEvidence(rows: rows, logWeight: DoubleDouble(0))).0
  }
}

extension DrivenSequence {
  /// The T − 1 steps; what is the same at every step is factored once.
  fileprivate func doubledSteps(padded: Bool) -> [DoubledStep] {
    guard length > 1 else { return [] }
    let isConstant = system.dynamics.stepCount == nil && system.dynamicsNoise.stepCount == nil
    func step(_ t: Int) -> DoubledStep {
      DoubledStep(dynamics: system.dynamics[t], noise: system.dynamicsNoise[t], padded: padded)
    }
    let first = step(0)
    return (0..<length - 1).map { t in
      var found = isConstant ? first : step(t)
      found.offset = stateOffset(after: t)
      return found
    }
  }

  /// What the outputs say of the states that made them; a step that was not observed says nothing.
  fileprivate var doubledPotentials: [DoubledEvidence] {
    let isConstant = system.emission.stepCount == nil && system.emissionNoise.stepCount == nil
    var views: [[Int]: DoubledView] = [:]
    return (0..<length).map { t in
      let seen = seen[t]
      if seen.isEmpty { return DoubledEvidence(ofStates: system.stateCount) }
      let known = isConstant ? views[seen] : nil
      let view =
        known
        ?? DoubledView(emission: system.emission[t], noise: system.emissionNoise[t], seen: seen)
      views[seen] = view
      return view.evidence(
        of: zip(observations[t], outputOffset(at: t)).map { DoubleDouble($0) - $1 })
    }
  }
}
