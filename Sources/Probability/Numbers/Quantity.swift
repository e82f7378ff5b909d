/// Numbers with how far each can be from what it stands for: one side of a comparison.
public struct Side: Sendable, Equatable {
  /// The numbers.
  public private(set) var values: [Double]
  /// How far rounding, or the error of a rule, can have moved each.
  public private(set) var bounds: [Double]

  /// Numbers with their bounds, as many of the one as of the other.
  public init(values: [Double], bounds: [Double]) {
    self.values = values
    self.bounds = bounds
  }

  /// Adds a number with its bound.
  public mutating func append(_ value: Double, bound: Double) {
    values.append(value)
    bounds.append(bound)
  }
}

/// What can stand on one side of a comparison: it knows its numbers and its bounds.
///
/// A plain `Double` brings no bound of its own: it was made by code under judgement, and is held to
/// the bound of the other side.
public protocol Quantity: Sendable {
  /// Adds the numbers with their bounds to a side.
  func append(to side: inout Side)
}

extension Quantity {
  /// The numbers with their bounds.
  public var side: Side {
    var side = Side(values: [], bounds: [])
    append(to: &side)
    return side
  }
}

extension Double: Quantity {
  /// The number, with no bound of its own.
  public func append(to side: inout Side) { side.append(self, bound: 0) }
}

extension ExactValue: Quantity {
  /// The number, with the bound on its rounding.
  public func append(to side: inout Side) { side.append(value, bound: roundingBound) }
}

extension QuadratureValue: Quantity {
  /// The number, with the bound on the rule's error.
  public func append(to side: inout Side) { side.append(value, bound: errorBound) }
}

extension Array: Quantity where Element: Quantity {
  /// All numbers in a row, with their bounds.
  public func append(to side: inout Side) { for quantity in self { quantity.append(to: &side) } }
}
