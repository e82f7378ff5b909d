import GSL
public import Models
import Probability

/// What is known of one step of a switching system: of the chain's state, and of x whatever the path was.
public struct SwitchingBelief: Sendable, Equatable {
  /// P(s_t = k | …).
  public let stateMarginals: [Double]
  /// Mean and covariance of x_t, whose law is a mixture with one normal law a beginning of a path.
  public let state: StateMoments
}

/// What is known of each step of a switching sequence with the outputs before its own, and with its own: never with
/// later ones.
///
/// ```
/// predicted_t: p(s_t, x_t | y_0 … y_(t−1)) = Σ_(s_0 … s_(t−1)) p(s_0 … s_t | y_0 … y_(t−1)) N(x_t; m, C)
/// ```
/// and the same with y_t for `filtered`. m and C are those of Kalman's filter along the beginning of a path: there
/// are K^(t+1) of them. Reference: Bar-Shalom, Li and Kirubarajan 2001, section 11.6, before anything is merged.
public struct SwitchingBeliefs: Sendable, Equatable {
  /// Before the output of each step.
  public let predicted: [SwitchingBelief]
  /// With the output of each step.
  public let filtered: [SwitchingBelief]

  /// From what each beginning of a path has to say, step by step.
  private init?(
    predicted: [[WeighedBelief]], filtered: [[WeighedBelief]], modes: Int
  ) {
    let before = predicted.compactMap { SwitchingBelief(mixing: $0, modes: modes) }
    let after = filtered.compactMap { SwitchingBelief(mixing: $0, modes: modes) }
    guard before.count == predicted.count, after.count == filtered.count else { return nil }
    (self.predicted, self.filtered) = (before, after)
  }

  /// From the filters of the tree of paths.
  init?<Filter: PathFilter>(_ sequence: SwitchingSequence, _ filter: Filter) {
    let none = [[WeighedBelief]](repeating: [], count: sequence.length)
    var (predicted, filtered) = (none, none)
    _ = PrefixTree(
      sequence, filter, progress: nil,
      eachBeginning: { beginning in
        func weighed(_ part: (belief: Filter.Belief, logJoint: Filter.Log)) -> WeighedBelief {
          WeighedBelief(
            mode: beginning.mode, logWeight: part.logJoint.doubled,
            law: filter.moments(of: part.belief))
        }
        predicted[beginning.step].append(weighed(beginning.predicted))
        filtered[beginning.step].append(weighed(beginning.filtered))
      })
    self.init(predicted: predicted, filtered: filtered, modes: sequence.system.modeCount)
  }

  /// The same from the law of the first steps along each path, written down or passed along for itself.
  fileprivate init?(
    _ sequence: SwitchingSequence, law: (DrivenSequence) throws -> any NormalStateLaw
  ) throws {
    let (modes, steps) = (sequence.system.modeCount, 0..<sequence.length)
    func beliefs(_ t: Int, _ seen: [[Int]]) throws -> [WeighedBelief] {
      var found: [WeighedBelief] = []
      try forEachPath(states: modes, length: t + 1, in: 0..<Int.max) { path in
        guard let prior = sequence.system.logPrior(path) else { return }
        let law = try law(sequence.along(path).beginning(t + 1, seen: seen))
        found.append(
          WeighedBelief(mode: path[t], logWeight: prior + law.logEvidence, law: law.smoothed[t]))
      }
      return found
    }
    let predicted = try steps.map { try beliefs($0, sequence.seen[..<$0] + [[]]) }
    let filtered = try steps.map { try beliefs($0, Array(sequence.seen[...$0])) }
    self.init(predicted: predicted, filtered: filtered, modes: modes)
  }

  /// The largest |difference| / max(1, |number|) of all numbers.
  func distance(to other: SwitchingBeliefs) -> Double {
    zip(numbers, other.numbers).reduce(0) {
      let off = abs($1.0 - $1.1) / max(1, abs($1.0))
      return off.isNaN ? .infinity : max($0, off)
    }
  }

  private var numbers: [Double] {
    (predicted + filtered).flatMap { $0.stateMarginals + $0.state.mean + $0.state.covariance }
  }
}

/// What one beginning of a path has to say of its last step.
private struct WeighedBelief {
  let mode: Int
  let logWeight: DoubleDouble
  let law: StateMoments
}

extension SwitchingBelief {
  /// The whole of what beginnings say; nil where none is possible.
  fileprivate init?(mixing beliefs: [WeighedBelief], modes: Int) {
    var tally = LogTally<DoubleDouble>(parts: modes)
    for belief in beliefs { tally.add(belief.logWeight, containing: [belief.mode]) }
    guard let shares = tally.shares, let (largest, rest) = tally.logTotalAboveLargest else {
      return nil
    }
    stateMarginals = shares
    state = StateMoments(
      mixing: beliefs.map { (share: exp($0.logWeight.minus(largest) - rest), law: $0.law) })
  }
}

extension StateMoments {
  /// Mean and covariance of a mixture of normal laws.
  ///
  /// ```
  /// E[x] = Σ_s p_s m_s        Cov(x) = Σ_s p_s (C_s + (m_s − E[x])(m_s − E[x])ᵀ)
  /// ```
  init(mixing laws: [(share: Double, law: StateMoments)]) {
    func mean(_ value: (StateMoments) -> Double) -> Double {
      CompensatedSum(laws.map { $0.share * value($0.law) }).value
    }
    let n = laws.first?.law.mean.count ?? 0
    let centre = (0..<n).map { i in mean { $0.mean[i] } }
    let covariance = (0..<n * n).map { entry in
      let (i, j) = entry.quotientAndRemainder(dividingBy: n)
      return mean { law in
        law.covariance[entry] + (law.mean[i] - centre[i]) * (law.mean[j] - centre[j])
      }
    }
    self.init(mean: centre, covariance: covariance)
  }
}

extension SwitchingSequence {
  /// What is known of each step before its output and with it: by the tree of filters with 32 digits, or by a dense
  /// law of the first steps along each path.
  ///
  /// - Parameters:
  ///   - request: which route.
  ///   - place: what a refusal calls the sequence.
  /// - Returns: the beliefs, step by step.
  /// - Throws: numbers of which 32 digits leave too few; too many beginnings to be kept.
  public func beliefs(_ request: ExactRequest, at place: String) throws -> SwitchingBeliefs {
    let n = system.systems[0].stateCount
    let paths = SwitchingPosterior.pathCount(of: self)
    // K + K² + … + K^T, twice.
    let beginnings = system.modeCount == 1 ? Double(length) : 2 * paths
    try request.requireMemory(
      for: 2 * beginnings * Double(n * n + n + 8), "observations: paths over up to \(length) steps")
    if request.route == .bruteForce {
      let found = try SwitchingBeliefs(self) { try stateLaw(of: $0, request, at: place) }
      guard let found else { throw ExactRefusal.overflow(place) }
      return found
    }
    guard let plain = SwitchingBeliefs(self, PlainFilter(self)),
      let found = SwitchingBeliefs(self, DoubledFilter(self))
    else { throw ExactRefusal.overflow(place) }
    try requireCovariances(for: found, at: place)
    guard found.distance(to: plain) <= StateSpacePosterior.largestDistance else {
      throw ExactRefusal.undecided(
        place,
        "its noise is too small beside the states, or its numbers too large beside the noise")
    }
    return found
  }
}
