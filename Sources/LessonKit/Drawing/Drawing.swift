/// Pictures made of characters, for looking rather than reading; at most 76 columns wide.
///
/// A picture never fails: a number that is infinite or no number is drawn as such in words.
public enum Drawing {
  /// The widest line that a picture may have.
  public static let width = 76

  /// How a length stands for a number.
  public enum Scale: Sendable, Equatable {
    /// Lengths are proportional to the numbers.
    case linear
    /// Lengths are proportional to the logarithms, from a power of ten below the smallest.
    case logarithmic
  }

  /// One bar: its name, its length, and words behind it.
  public typealias Bar = (label: String, value: Double, note: String)
}
