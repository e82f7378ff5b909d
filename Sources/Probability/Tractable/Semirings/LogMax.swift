/// The largest of weights by its logarithm: the score of the best structure (Viterbi 1967).
public struct LogMax: Semiring {
  /// The logarithm; −∞ for nothing.
  public var log: Double

  /// The weight with a logarithm.
  public init(logWeight: Double) { log = logWeight }

  /// e^−∞.
  public static let zero = LogMax(logWeight: -.infinity)
  /// e⁰.
  public static let one = LogMax(logWeight: 0)

  /// The larger of the two.
  public static func + (left: LogMax, right: LogMax) -> LogMax {
    LogMax(logWeight: max(left.log, right.log))
  }

  /// a + b.
  public static func * (left: LogMax, right: LogMax) -> LogMax {
    LogMax(logWeight: left.log + right.log)
  }
}

extension [LogMax] {
  /// The first of the largest weights; nil where all are zero.
  var firstLargest: Int? {
    indices.reduce(nil as Int?) { best, index in
      self[index].log > (best.map { self[$0].log } ?? -.infinity) ? index : best
    }
  }
}
