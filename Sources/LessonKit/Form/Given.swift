import Probability

/// A symbol and the value that it has where numbers are shown: "p(z) = (0.2, 0.5, 0.3)".
public struct Given: Sendable, Equatable {
  /// What a symbol stands for.
  public enum Value: Sendable, Equatable {
    /// A number.
    case number(Double)
    /// A row of numbers.
    case list([Double])
    /// Rows of numbers: the rows of a matrix, a table of p(x|z) with a row for each z.
    case table([[Double]])
    /// Words, where no numbers belong.
    case words(String)
  }

  /// The symbol.
  public let symbol: String
  /// Its value.
  public let value: Value
  /// Whether only folded lines use it, so that it is shown where they are.
  public private(set) var isForFoldedLines = false

  /// A number.
  public init(_ symbol: String, _ value: Double) { self.init(symbol, value: .number(value)) }

  /// A count.
  public init(_ symbol: String, _ value: Int) { self.init(symbol, Double(value)) }

  /// A row of numbers.
  public init(_ symbol: String, _ values: [Double]) { self.init(symbol, value: .list(values)) }

  /// A row of counts or states.
  public init(_ symbol: String, _ values: [Int]) { self.init(symbol, values.map(Double.init)) }

  /// Rows of numbers.
  public init(_ symbol: String, _ rows: [[Double]]) { self.init(symbol, value: .table(rows)) }

  /// The same for lines that are folded: a page shows it with them only.
  public var folded: Given {
    var given = self
    given.isForFoldedLines = true
    return given
  }

  /// Words: "a flat prior".
  public init(_ symbol: String, words: String) { self.init(symbol, value: .words(words)) }

  private init(_ symbol: String, value: Value) {
    self.symbol = symbol
    self.value = value
  }

  /// The value as it is printed: "(0.2, 0.5, 0.3)"; all digits, so that it can be typed in again.
  public var text: String {
    switch value {
    case .number(let number): Format.short(number, digits: 12)
    case .list(let numbers): Given.list(numbers)
    case .table(let rows): "(" + rows.map(Given.list).joined(separator: "; ") + ")"
    case .words(let words): words
    }
  }

  private static func list(_ numbers: [Double]) -> String {
    "(" + numbers.map { Format.short($0, digits: 12) }.joined(separator: ", ") + ")"
  }
}

/// A problem whose model can be printed: every number on a page has its model above it.
public protocol Shown {
  /// The symbols of the problem with their values; enough to recompute what is printed under them.
  var givens: [Given] { get }
}
