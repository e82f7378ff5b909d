/// Numbers with how far each can be from what it stands for: one side of a comparison.
public struct Side: Sendable, Equatable {
  /// The numbers.
  public let values: [Double]
  /// How far rounding, or the error of a rule, can have moved each.
  public let bounds: [Double]

  /// Numbers with their bounds, as many of the one as of the other.
  public init(values: [Double], bounds: [Double]) {
    self.values = values
    self.bounds = bounds
  }
}

/// What can stand on one side of a comparison: it knows its numbers and its bounds.
///
/// A plain `Double` brings no bound of its own: it was made by code under judgement, and is held to
/// the bound of the other side.
public protocol Quantity: Sendable {
  /// The numbers with their bounds.
  var side: Side { get }
}

extension Double: Quantity {
  /// The number, with no bound of its own.
  public var side: Side { Side(values: [self], bounds: [0]) }
}

extension ExactValue: Quantity {
  /// The number, with the bound on its rounding.
  public var side: Side { Side(values: [value], bounds: [roundingBound]) }
}

extension QuadratureValue: Quantity {
  /// The number, with the bound on the rule's error.
  public var side: Side { Side(values: [value], bounds: [errorBound]) }
}

extension Array: Quantity where Element: Quantity {
  /// All numbers in a row, with their bounds.
  public var side: Side {
    let sides = map(\.side)
    return Side(values: sides.flatMap(\.values), bounds: sides.flatMap(\.bounds))
  }
}
