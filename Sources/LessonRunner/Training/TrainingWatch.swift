/// What long work sees of the machine: time, and whether it is asked to end.
///
/// Tests give their own; only `Machine` catches signals.
struct TrainingWatch: Sendable {
  /// Seconds that pass, from whenever.
  var seconds: @Sendable () -> Double = {
    let start = ContinuousClock().now
    return { (ContinuousClock().now - start) / .seconds(1) }
  }()
  /// From now on a signal that asks for an end is noted.
  var catchInterrupts: @Sendable () -> Void = {}
  /// From now on a signal that asks for an end ends the process at once, with status 128 and its number.
  var endOnInterrupts: @Sendable () -> Void = {}
  /// The signal that asked for an end; nil where none did.
  var interrupt: @Sendable () -> Int32? = { nil }
  /// Waits so many milliseconds.
  var pause: @Sendable (_ milliseconds: Int) -> Void = { _ in }
}
