extension JSON {
  /// The same numbers in the same places, up to the rounding of another run: 10⁻¹² of their size.
  public func isClose(to other: JSON) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)):
      a == b || abs(a - b) <= 1e-12 * max(1, abs(a), abs(b))
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.isClose(to: $1) }
    case (.object(let a), .object(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy { $0.key == $1.key && $0.value.isClose(to: $1.value) }
    default: self == other
    }
  }
}
