/// What a number is, in a word that can stand under a table or a picture.
public enum NumberKind: String, Sendable, Hashable, CaseIterable {
  /// A setting, a count or data: nothing was computed.
  case given
  /// Exact up to rounding.
  case exact
  /// From a quadrature rule, with a bound or an estimate of its error.
  case quadrature
  /// An average of random draws, or what a run with random draws ended at.
  case sampled
  /// Never above what it stands for.
  case lowerBound = "a lower bound"
  /// Never below what it stands for.
  case upperBound = "an upper bound"
  /// Off by an amount that nobody has bounded.
  case biased

  /// The word.
  public var word: String { rawValue }
}
