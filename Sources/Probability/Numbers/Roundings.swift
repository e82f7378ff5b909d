/// How far rounding can have moved a computed number: in roundings of its own size, and in roundings
/// of numbers near one.
///
/// ```
/// |Δv| ≤ ε (a |v| + b)
/// ```
/// A sum of n terms of one sign carries n roundings of its size. Where large terms cancel, their
/// size goes into b.
public struct Roundings: Sendable, Equatable {
  /// a, roundings of the number's own size.
  public var ofItsSize: Double
  /// b, roundings of numbers near one.
  public var ofOne: Double

  /// So many of either kind.
  public init(ofItsSize: Double, ofOne: Double) {
    self.ofItsSize = ofItsSize
    self.ofOne = ofOne
  }

  /// ε (a |v| + b) for a number of this size.
  public func bound(for size: Double) -> Double {
    Double.ulpOfOne * (ofItsSize * abs(size) + ofOne)
  }

  /// Those of a sum of two numbers.
  public static func + (one: Roundings, other: Roundings) -> Roundings {
    Roundings(
      ofItsSize: one.ofItsSize + other.ofItsSize, ofOne: one.ofOne + other.ofOne)
  }
}
