/// A JSON value (RFC 8259) whose objects keep the order of their keys.
public enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])
}

extension JSON {
  /// An array of numbers.
  public static func numbers(_ values: some Sequence<Double>) -> JSON {
    .array(values.map(JSON.number))
  }

  /// An array of strings.
  public static func strings(_ values: some Sequence<String>) -> JSON {
    .array(values.map(JSON.string))
  }

  /// An array of arrays of numbers, the outer index first.
  public static func matrix(_ rows: some Sequence<[Double]>) -> JSON {
    .array(rows.map { .numbers($0) })
  }

  /// An array of whole numbers.
  public static func integers(_ values: some Sequence<Int>) -> JSON {
    .array(values.map(JSON.integer))
  }

  /// A whole number, exact up to 2^53.
  public static func integer(_ value: Int) -> JSON { .number(Double(value)) }

  /// The value of a key, or nil where this is no object or has no such key.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

extension JSON: Equatable {
  /// Equality of values and of the order of keys; NaN differs from itself, as in `Double`.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Writes null as `nil`.
  public init(nilLiteral: ()) { self = .null }
  /// Writes a truth value as itself.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Writes a whole number as itself.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// Writes a number as itself.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Writes a string as itself.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Writes an array as itself.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Writes an object as a dictionary literal, keys in the order written.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}
