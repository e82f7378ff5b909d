/// What a line of a derivation claims about its two sides.
public enum Relation: String, Sendable, CaseIterable {
  /// Both sides are the same number.
  case equal = "="
  /// The left side is never below the right one.
  case atLeast = "≥"
  /// The left side is never above the right one.
  case atMost = "≤"
  /// The sides differ by no more than a computed bound.
  case within = "≈"
  /// The sides differ, by an amount that is stated too.
  case different = "≠"
  /// The left side tends to the right one at a stated order.
  case tends = "→"
}
