import GSL
public import Models

/// Forward and backward messages of a hidden semi-Markov model, in log space.
///
/// ```
/// begin_0(k) = log initial_k          begin_s(k) = log Σ_j exp(end_s(j)) transition[j][k]
/// end_t(k) = log Σ_d exp(begin_{t−d}(k)) p(d | k) Π_{t−d < u ≤ t} p(x_u | k)
/// log p(x) = log Σ_k exp(end_T(k))
/// ```
/// Which state begins and how long it stays are summed in turn: T K (K + D) terms. Backward it is the same from the
/// other side. Reference: Yu 2010, section 3.
public struct SegmentMessages: Sendable {
  /// The sequence.
  public let sequence: SemiMarkovSequence
  /// log p(x_1 … x_s, a segment of k begins after s), for s = 0 … T − 1.
  public let begin: [[Double]]
  /// log p(x_1 … x_t, a segment of k ends with t), for t = 0 … T; nothing ends with 0.
  public let end: [[Double]]
  /// log p(x_{s+1} … x_T | a segment of k begins after s), for s = 0 … T − 1.
  public let head: [[Double]]
  /// log p(x_{t+1} … x_T | a segment of k ends with t), for t = 0 … T.
  public let tail: [[Double]]
  /// log p(x) − logScale.
  public let logTotal: Double
  /// log p(d | k), for d = 1 … D: within the sequence, and at its end.
  let (within, last): ([[Double]], [[Double]])

  /// Passes messages in both directions; nil when the sequence is impossible.
  public init?(_ sequence: SemiMarkovSequence) {
    let (model, length) = (sequence.model, sequence.length)
    let states = model.initial.indices
    func logDurations(isLast: Bool) -> [[Double]] {
      states.map { k in
        (1...model.longest).map { log(model.durationLaw(k, $0, isLast: isLast)) }
      }
    }
    let (within, last) = (logDurations(isLast: false), logDurations(isLast: true))
    let logTransition = model.transition.map { $0.map { log($0) } }
    let nothing = states.map { _ in -Double.infinity }
    var (begin, end) = ([model.initial.map { log($0) }], [nothing])
    for t in 1...length {
      let durations = t == length ? last : within
      end.append(
        states.map { k in
          var (terms, emitted): ([Double], Double) = ([], 0)
          for d in 1...min(model.longest, t) {
            emitted += sequence.logEmissions[t - d][k]
            terms.append(begin[t - d][k] + durations[k][d - 1] + emitted)
          }
          return logSumExp(terms)
        })
      guard t < length else { break }
      begin.append(states.map { k in logSumExp(states.map { end[t][$0] + logTransition[$0][k] }) })
    }
    var (head, tail) = (
      Array(repeating: nothing, count: length), Array(repeating: nothing, count: length + 1)
    )
    tail[length] = states.map { _ in 0 }
    for s in (0..<length).reversed() {
      head[s] = states.map { k in
        var (terms, emitted): ([Double], Double) = ([], 0)
        for d in 1...min(model.longest, length - s) {
          emitted += sequence.logEmissions[s + d - 1][k]
          let durations = s + d == length ? last : within
          terms.append(durations[k][d - 1] + emitted + tail[s + d][k])
        }
        return logSumExp(terms)
      }
      tail[s] = states.map { j in logSumExp(states.map { logTransition[j][$0] + head[s][$0] }) }
    }
    let total = logSumExp(end[length])
    guard total > -.infinity else { return nil }
    self.sequence = sequence
    (self.begin, self.end, self.head, self.tail) = (begin, end, head, tail)
    (self.within, self.last, logTotal) = (within, last, total)
  }

  /// log p(x).
  public var logEvidence: Double { logTotal + sequence.logScale }

  /// log p(d | k) of a segment that ends with step t.
  func logDuration(_ state: Int, _ length: Int, endingWith t: Int) -> Double {
    (t == sequence.length ? last : within)[state][length - 1]
  }

  /// Calls `visit` with every segment and the logarithm of all but its duration: what comes before, what it emits and
  /// what comes after, over p(x).
  func forEachSegment(_ visit: (_ segment: StateSegment, _ logRest: Double) -> Void) {
    let (model, length) = (sequence.model, sequence.length)
    for s in 0..<length {
      for k in model.initial.indices {
        var emitted = 0.0
        for d in 1...min(model.longest, length - s) {
          emitted += sequence.logEmissions[s + d - 1][k]
          visit(
            StateSegment(state: k, start: s, length: d),
            begin[s][k] + emitted + tail[s + d][k] - logTotal)
        }
      }
    }
  }

  /// p(step t is in a segment of k | x), step after step.
  ///
  /// ```
  /// Σ_s Σ_(d ≥ t − s) p(segment (k, s, d) | x),   s the steps before it
  /// ```
  /// The sums over d are made once for each beginning, from the longest down: nothing is taken away again.
  public var stateMarginals: [[Double]] {
    let (model, length) = (sequence.model, sequence.length)
    var shares: [[[Double]]] = Array(
      repeating: model.initial.map { _ in [Double](repeating: 0, count: model.longest + 1) },
      count: length)
    forEachSegment { segment, logRest in
      shares[segment.start][segment.state][segment.length] = exp(
        logRest + logDuration(segment.state, segment.length, endingWith: segment.end))
    }
    var marginals = Array(repeating: model.initial.map { _ in 0.0 }, count: length)
    for s in 0..<length {
      for k in model.initial.indices {
        var sum = 0.0
        for d in (1...min(model.longest, length - s)).reversed() {
          sum += shares[s][k][d]
          marginals[s + d - 1][k] += sum
        }
      }
    }
    return marginals.map { $0.map { min(1, $0) } }
  }
}
