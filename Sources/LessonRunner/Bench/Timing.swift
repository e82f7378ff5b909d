/// How a workload is timed.
struct TimingPlan: Sendable, Equatable {
  /// The least number of seconds that a repeat lasts: an operation runs as often as that takes.
  var repeatSeconds = 0.05
  /// The number of repeats, of which the median counts.
  var repeats = 15
}

/// Seconds per operation, one number for each repeat.
struct Timing: Sendable, Equatable {
  /// From the fastest to the slowest; never empty.
  let seconds: [Double]
  /// How many operations a repeat ran.
  let operationsPerRepeat: Int

  var fastest: Double { seconds.first ?? .nan }
  var slowest: Double { seconds.last ?? .nan }

  /// The middle repeat, or the mean of the two in the middle.
  var median: Double {
    let middle = seconds.count / 2
    guard seconds.count.isMultiple(of: 2), middle > 0 else {
      return seconds.isEmpty ? .nan : seconds[middle]
    }
    return (seconds[middle - 1] + seconds[middle]) / 2
  }
}

extension TimingPlan {
  /// Runs an operation again and again, and keeps the last answer.
  ///
  /// The answer of every call is stored where the compiler cannot know that nobody will look, so
  /// none is optimised away. The first call has been made before (it finds out whether the input
  /// can be used at all); the second only says how many calls a repeat needs.
  @inline(never)
  func time<Answer, Failure: Error>(
    operationsPerCall: Int = 1, _ operation: () throws(Failure) -> Answer
  ) throws(Failure) -> (timing: Timing, last: Answer) {
    let clock = ContinuousClock()
    func seconds(since start: ContinuousClock.Instant) -> Double {
      (clock.now - start) / .seconds(1)
    }
    var start = clock.now
    var last = try operation()
    let one = max(seconds(since: start), 1e-9)
    let calls = max(1, Int((repeatSeconds / one).rounded(.up)))
    var times: [Double] = []
    for _ in 0..<max(1, repeats) {
      start = clock.now
      for _ in 0..<calls { last = try operation() }
      times.append(seconds(since: start) / Double(calls * operationsPerCall))
    }
    return (Timing(seconds: times.sorted(), operationsPerRepeat: calls * operationsPerCall), last)
  }
}
