public import Probability

// Until every lesson says why.
extension Finding {
  /// A relation with hand-chosen rounding.
  public static func equal(
    _ left: some Quantity, _ right: some Quantity, terms: Int = 64, magnitude: Double
  ) -> Finding {
    equal(left, right, rounding: .of(terms: terms, size: magnitude, because: ""))
  }

  /// A relation with hand-chosen rounding.
  public static func equal(
    _ left: some Quantity, _ right: some Quantity, terms: Int
  ) -> Finding {
    equal(left, right, rounding: .of(terms: terms, because: ""))
  }

  /// A relation with hand-chosen rounding.
  public static func atLeast(
    _ left: some Quantity, _ right: some Quantity, gap: some Quantity, terms: Int = 64,
    magnitude: Double
  ) -> Finding {
    atLeast(left, right, gap: gap, rounding: .of(terms: terms, size: magnitude, because: ""))
  }

  /// A relation with hand-chosen rounding.
  public static func atLeast(
    _ left: some Quantity, _ right: some Quantity, gap: some Quantity, terms: Int
  ) -> Finding {
    atLeast(left, right, gap: gap, rounding: .of(terms: terms, because: ""))
  }

  /// A relation with hand-chosen rounding.
  public static func atMost(
    _ left: some Quantity, _ right: some Quantity, gap: some Quantity, terms: Int = 64,
    magnitude: Double
  ) -> Finding {
    atMost(left, right, gap: gap, rounding: .of(terms: terms, size: magnitude, because: ""))
  }

  /// A relation with hand-chosen rounding.
  public static func atMost(
    _ left: some Quantity, _ right: some Quantity, gap: some Quantity, terms: Int
  ) -> Finding {
    atMost(left, right, gap: gap, rounding: .of(terms: terms, because: ""))
  }

  /// A relation with hand-chosen rounding.
  public static func different(
    _ left: some Quantity, _ right: some Quantity, by difference: some Quantity,
    atLeast smallest: Double, terms: Int = 64, magnitude: Double
  ) -> Finding {
    different(
      left, right, by: difference, atLeast: smallest,
      rounding: .of(terms: terms, size: magnitude, because: ""))
  }

  /// A relation with hand-chosen rounding.
  public static func different(
    _ left: some Quantity, _ right: some Quantity, by difference: some Quantity,
    atLeast smallest: Double, terms: Int
  ) -> Finding {
    different(
      left, right, by: difference, atLeast: smallest, rounding: .of(terms: terms, because: ""))
  }
}
