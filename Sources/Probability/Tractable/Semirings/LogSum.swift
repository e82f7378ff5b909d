import GSL

/// A sum of weights by its logarithm: the total weight of many structures, and never an underflow.
public struct LogSum: Semiring {
  /// The logarithm; −∞ for nothing.
  public var log: Double

  /// The weight with a logarithm.
  public init(logWeight: Double) { log = logWeight }

  /// e^−∞.
  public static let zero = LogSum(logWeight: -.infinity)
  /// e⁰.
  public static let one = LogSum(logWeight: 0)

  /// log(e^a + e^b).
  public static func + (left: LogSum, right: LogSum) -> LogSum {
    LogSum(logWeight: logAddExp(left.log, right.log))
  }

  /// a + b.
  public static func * (left: LogSum, right: LogSum) -> LogSum {
    LogSum(logWeight: left.log + right.log)
  }

  /// log Σ e^v with the largest term taken out first, which keeps the digits of many small ones.
  public static func sum(over range: Range<Int>, _ term: (Int) -> LogSum) -> LogSum {
    LogSum(logWeight: logSumExp(range.map { term($0).log }))
  }
}
