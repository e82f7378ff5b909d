/// A sum of doubles without any rounding, kept as numbers whose digits do not overlap.
///
/// For sums whose terms differ by more than the 16 digits of a double, or by more than the 32 of two:
/// 10^300 + 1 − 10^300 is 1. What is below 2^-1010 beside terms of any size is dropped.
/// Reference: J. Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric
/// predicates", Discrete and Computational Geometry 18, 1997, section 2.4.
public struct ExpandedSum: Sendable {
  /// The parts, the smallest first, scaled down so that no sum overflows.
  package private(set) var parts: [Double] = []
  private static let scale = 0x1p-64

  /// The sum of nothing.
  public init() {}

  /// The sum that was written down as these parts.
  package init(parts: [Double]) { self.parts = parts }

  /// Adds a finite number.
  public mutating func add(_ term: Double) { grow(term * ExpandedSum.scale) }

  /// Adds another sum, or subtracts it for a `sign` of −1.
  public mutating func add(_ other: ExpandedSum, sign: Double = 1) {
    for part in other.parts { grow(sign * part) }
  }

  /// The nearest double, or nearly; infinite where the sum is beyond the doubles.
  public var value: Double { parts.reduce(0, +) / ExpandedSum.scale }

  private mutating func grow(_ term: Double) {
    var carry = term
    var kept = 0
    for part in parts {
      // The exact sum of two doubles: the rounded sum goes on, what rounding dropped stays.
      let sum = carry + part
      let partOfPart = sum - carry
      let dropped = (carry - (sum - partOfPart)) + (part - partOfPart)
      if dropped != 0 {
        parts[kept] = dropped
        kept += 1
      }
      carry = sum
    }
    parts.removeSubrange(kept...)
    if carry != 0 { parts.append(carry) }
  }
}
