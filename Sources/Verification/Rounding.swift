/// How far rounding can move the sides of a comparison beyond the bounds that they carry.
///
/// A side that carries no bound was made by code under judgement. It is taken to be a sum of up to
/// 64 terms no larger than the sides themselves. Where terms are larger, because they cancel, or
/// more, that is said, with the sentence that it follows from.
public struct Rounding: Sendable, Equatable {
  /// How many roundings went into a side.
  public let terms: Int
  /// The size of the largest term, where that is larger than the sides.
  public let size: Double

  /// Sums of up to 64 terms no larger than the sides.
  public static let usual = Rounding(terms: 64, size: 0)

  /// No rounding at all: counts.
  public static let none = Rounding(terms: 0, size: 0)

  /// Terms of a size that the sides do not show, or many of them, and why that is so.
  ///
  /// - Parameters:
  ///   - terms: how many roundings went into a side.
  ///   - size: the size of the largest term.
  ///   - reason: the sentence that both numbers follow from, for whoever reads the check.
  /// - Returns: the rounding that a comparison allows for.
  public static func of(terms: Int = 64, size: Double = 0, because reason: String) -> Rounding {
    Rounding(terms: terms, size: size)
  }
}
