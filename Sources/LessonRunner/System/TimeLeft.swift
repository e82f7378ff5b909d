import Probability

/// How long the rest of some work takes if it is like what was done.
struct TimeLeft {
  private let isDone: Bool
  private let seconds: Double

  /// - Parameters:
  ///   - done: how much was done.
  ///   - left: how much there is still to do, in the same measure.
  ///   - seconds: how long it took.
  init(done: Double, left: Double, after seconds: Double) {
    isDone = left <= 0
    self.seconds = done > 0 ? seconds / done * left : 0
  }

  /// ", 18 s left"; nothing where all is done.
  var words: String { isDone ? "" : ", \(Self.duration(seconds)) left" }

  /// "0.4 s", "18 s", "3 min 20 s", "2 h 05 min".
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
    if seconds < 0.95 { return Format.fixed(seconds, decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
    return "\(whole / 3600) h \(two(whole / 60 % 60)) min"
  }
}

/// Says on a terminal how far long work is: "37 % of 1,073,741,824 states, 18 s left".
struct LongWork: Sendable {
  private let show: @Sendable (_ line: String) -> Void
  private let watch: TrainingWatch
  private let what: String
  private let start: Double

  /// Work that begins now; nil where nobody looks.
  init?(of what: String, _ environment: CommandEnvironment) {
    guard let show = environment.showProgress else { return nil }
    self.show = show
    self.what = what
    watch = environment.watch
    start = watch.seconds()
  }

  /// So many are done of all.
  func tell(_ done: Double, of total: Double) {
    // Short work is over before a line could be read.
    guard total >= 0x1p17 else { return }
    show(Self.line(done, of: total, what, after: watch.seconds() - start))
  }

  static func line(
    _ done: Double, of total: Double, _ what: String, after seconds: Double
  ) -> String {
    let count = total < 0x1p62 ? Format.count(Int(total)) : Format.short(total)
    let left = TimeLeft(done: done, left: total - done, after: seconds)
    return "\(Format.percent(done / total, decimals: 0)) of \(count) \(what)\(left.words)"
  }

  /// Takes the line away.
  func end() { show("") }
}
