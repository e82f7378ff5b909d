import GSL
public import Models

extension SemiMarkovSequence {
  /// The most probable segmentation, with its log joint; nil when the sequence is impossible.
  ///
  /// ```
  /// begin_s(k) = max_j end_s(j) + log transition[j][k],     end_t(k) = max_d begin_{t−d}(k) + log p(d | k) + Σ log p(x_u | k)
  /// ```
  /// Of equals the lower state is taken, and the shorter duration. Reference: Yu 2010, section 2.2.
  public var explanation: (state: [StateSegment], logJoint: Double)? {
    let states = model.initial.indices
    let logTransition = model.transition.map { $0.map { log($0) } }
    var begin = [model.initial.map { log($0) }]
    var (origins, durations): ([[Int]], [[Int]]) = ([[]], [[]])
    var end: [Double] = []
    for t in 1...length {
      var (best, chosen): ([Double], [Int]) = ([], [])
      for k in states {
        var (largest, duration, emitted) = (-Double.infinity, 1, 0.0)
        for d in 1...min(model.longest, t) {
          emitted += logEmissions[t - d][k]
          let logDuration = log(model.durationLaw(k, d, isLast: t == length))
          let candidate = begin[t - d][k] + logDuration + emitted
          if candidate > largest { (largest, duration) = (candidate, d) }
        }
        best.append(largest)
        chosen.append(duration)
      }
      durations.append(chosen)
      end = best
      guard t < length else { break }
      let candidates = states.map { k in states.map { best[$0] + logTransition[$0][k] } }
      begin.append(candidates.map { $0.max() ?? -.infinity })
      origins.append(candidates.map { row in row.firstIndex(of: row.max() ?? -.infinity) ?? 0 })
    }
    guard let largest = end.max(), largest > -.infinity, var state = end.firstIndex(of: largest)
    else { return nil }
    var (segments, t): ([StateSegment], Int) = ([], length)
    while t > 0 {
      let duration = durations[t][state]
      segments.append(StateSegment(state: state, start: t - duration, length: duration))
      t -= duration
      if t > 0 { state = origins[t][state] }
    }
    return (segments.reversed(), largest + logScale)
  }
}
