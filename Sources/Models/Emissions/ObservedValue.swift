/// One value that was observed: of a word or a count, of a number, of a point.
public enum ObservedValue: Sendable, Equatable {
  /// A symbol, or a count.
  case whole(Int)
  /// A number on the line.
  case number(Double)
  /// A point in several dimensions.
  case point([Double])
}
