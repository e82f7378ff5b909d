import GSL
public import Models

/// The slopes of Σ log p(x) of a semi-Markov model, by every parameter.
///
/// ```
/// ∂/∂initial_k = exp(head_0(k)) / p(x)                    ∂/∂transition[j][k] = Σ_s exp(end_s(j)) exp(head_s(k)) / p(x)
/// ∂/∂p(d | k) = Σ_s exp(begin_s(k)) Π p(x_u | k) exp(tail_{s+d}(k)) / p(x)
/// ```
/// Expected numbers, each without the probability of the event itself: nothing is divided by what may be zero. A
/// segment that ends with a censored sequence concerns all durations that it may have had. An impossible sequence adds
/// nothing.
public struct SemiMarkovSlopes: Sendable, Equatable {
  /// By p(k_1 = k).
  public var initial: [Double]
  /// By the moves between segments.
  public var transition: [[Double]]
  /// By the durations.
  public var durations: [[Double]]
  /// By the laws of each factor.
  public var factors: [LawSlopes]

  /// No slopes yet.
  public init(_ model: HiddenSemiMarkovModel) {
    initial = model.initial.map { _ in 0 }
    transition = model.transition.map { $0.map { _ in 0 } }
    durations = model.durations.map { $0.map { _ in 0 } }
    factors = (model.laws.doubled ?? model.laws).factors.map { LawSlopes($0) }
  }

  /// Adds what one sequence says.
  public mutating func add(_ messages: SegmentMessages) {
    let (sequence, model) = (messages.sequence, messages.sequence.model)
    for k in initial.indices {
      initial[k] += exp(messages.head[0][k] - messages.logTotal)
      for s in 1..<max(1, sequence.length) {
        for j in initial.indices {
          transition[j][k] += exp(messages.end[s][j] + messages.head[s][k] - messages.logTotal)
        }
      }
    }
    messages.forEachSegment { segment, logRest in
      addDuration(segment, exp(logRest), isLast: segment.end == sequence.length, model)
    }
    let marginals = messages.stateMarginals
    for t in 0..<sequence.length {
      addEmissions(sequence, t, shares: marginals[t]) { k, logEmission in
        messages.logCover(t, k, logEmission)
      }
    }
  }

  /// A slope by the duration of a segment, or by all that a censored one may have had.
  mutating func addDuration(
    _ segment: StateSegment, _ slope: Double, isLast: Bool, _ model: HiddenSemiMarkovModel
  ) {
    let all = isLast && model.isCensored
    for d in segment.length...(all ? model.longest : segment.length) {
      durations[segment.state][d - 1] += slope
    }
  }

  /// The slopes by what is emitted in one step.
  ///
  /// - Parameters:
  ///   - sequence: the sequence.
  ///   - t: the step.
  ///   - shares: p(step t is in a segment of k | x).
  ///   - logCover: the logarithm of the same with another log emission of that step and state, over p(x).
  mutating func addEmissions(
    _ sequence: SemiMarkovSequence, _ t: Int, shares: [Double],
    _ logCover: (_ state: Int, _ logEmission: Double) -> Double
  ) {
    let laws = zip(factors, sequence.steps[t]).map { factor, value in
      value.map(factor.laws.logLikelihoods)
    }
    for (f, value) in sequence.steps[t].enumerated() {
      guard let value, let own = laws[f] else { continue }
      let open = shares.indices.map { k in
        if own.relative[k] > -.infinity { return shares[k] / exp(own.relative[k] + own.largest) }
        let others = laws.indices.reduce(-own.largest) {
          $1 == f ? $0 : $0 + (laws[$1]?.relative[k] ?? 0)
        }
        return exp(logCover(k, others))
      }
      factors[f].add(value, shares: shares, openShares: open)
    }
  }

  /// Whether all slopes are finite.
  public var isFinite: Bool {
    (transition + durations + [initial]).allSatisfy { $0.allSatisfy(\.isFinite) }
      && factors.allSatisfy(\.isFinite)
  }
}

extension SegmentMessages {
  /// log Σ p(segments of k over step t, x) / p(x), with another log emission of that step.
  ///
  /// What a state could not emit has a slope too, and it is not among the segments that are possible.
  func logCover(_ t: Int, _ k: Int, _ logEmission: Double) -> Double {
    guard logEmission > -.infinity else { return -.infinity }
    let (longest, length) = (sequence.model.longest, sequence.length)
    var (terms, before): ([Double], Double) = ([], 0)
    for s in (max(0, t + 1 - longest)...t).reversed() {
      if s < t { before += sequence.logEmissions[s][k] }
      var after = 0.0
      for end in (t + 1)...max(t + 1, min(length, s + longest)) {
        if end > t + 1 { after += sequence.logEmissions[end - 1][k] }
        terms.append(
          begin[s][k] + before + logEmission + after
            + logDuration(k, end - s, endingWith: end) + tail[end][k])
      }
    }
    return logSumExp(terms) - logTotal
  }
}
