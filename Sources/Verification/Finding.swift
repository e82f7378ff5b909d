import GSL

/// What one line finds on one model: two sides, how they must relate, and how far they may miss.
///
/// Tolerances are derived, never tuned: `terms` counts the roundings that went into a side and
/// `magnitude` is the size of the largest term, so that cancellation is allowed for. An
/// inequality states its gap as an equality too, or a wrong objective would pass it.
public struct Finding: Sendable, Equatable {
  /// How the sides must relate.
  public let relation: Relation
  /// The left side, one number or several.
  public let left: [Double]
  /// The right side.
  public let right: [Double]
  /// The size of the terms, the measure of a relative difference.
  public let scale: Double
  /// The relative difference that rounding can explain.
  public let rounding: Double
  /// For ≥, ≤ and ≠: what the difference of the sides must equal.
  public let gap: [Double]?
  /// For ≈ the bound, for ≠ the smallest difference wanted, for → the departure allowed.
  public let limit: Double
  /// For →: the step sizes, and the order at which the left side must approach the right one.
  public let steps: [Double]
  /// For →: the order.
  public let order: Double

  init(
    _ relation: Relation, _ left: [Double], _ right: [Double], terms: Int, magnitude: Double,
    gap: [Double]? = nil, limit: Double = 0, steps: [Double] = [], order: Double = 0
  ) {
    self.relation = relation
    self.left = left
    self.right = right
    self.gap = gap
    self.limit = limit
    self.steps = steps
    self.order = order
    let sides = (left + right).filter(\.isFinite).map { abs($0) }
    scale = max(magnitude, sides.max() ?? 0)
    rounding = 4 * Double(terms) * Double.ulpOfOne
  }
}

// MARK: The statements

extension Finding {
  /// left = right, up to the rounding of `terms` operations on numbers of size `magnitude`.
  public static func equal(
    _ left: Double, _ right: Double, terms: Int = 64, magnitude: Double = 0
  ) -> Finding {
    Finding(.equal, [left], [right], terms: terms, magnitude: magnitude)
  }

  /// left = right, component by component.
  public static func equal(
    _ left: [Double], _ right: [Double], terms: Int = 64, magnitude: Double = 0
  ) -> Finding {
    Finding(.equal, left, right, terms: terms, magnitude: magnitude)
  }

  /// Two counts are the same: no rounding is allowed.
  public static func equalCounts(_ left: Int, _ right: Int) -> Finding {
    Finding(.equal, [Double(left)], [Double(right)], terms: 0, magnitude: 0)
  }

  /// left ≥ right, and left − right is exactly the gap.
  public static func atLeast(
    _ left: Double, _ right: Double, gap: Double, terms: Int = 64, magnitude: Double = 0
  ) -> Finding {
    Finding(.atLeast, [left], [right], terms: terms, magnitude: magnitude, gap: [gap])
  }

  /// left ≤ right, and right − left is exactly the gap.
  public static func atMost(
    _ left: Double, _ right: Double, gap: Double, terms: Int = 64, magnitude: Double = 0
  ) -> Finding {
    Finding(.atMost, [left], [right], terms: terms, magnitude: magnitude, gap: [gap])
  }

  /// |left − right| ≤ bound, where the bound was computed, not chosen.
  public static func within(_ left: Double, _ right: Double, bound: Double) -> Finding {
    Finding(.within, [left], [right], terms: 1, magnitude: 0, limit: bound)
  }

  /// left ≠ right: they differ by at least `smallest`, and left − right is exactly `difference`.
  public static func different(
    _ left: [Double], _ right: [Double], by difference: [Double], atLeast smallest: Double,
    terms: Int = 64, magnitude: Double = 0
  ) -> Finding {
    Finding(
      .different, left, right, terms: terms, magnitude: magnitude, gap: difference,
      limit: smallest)
  }

  /// left ≠ right for single numbers.
  public static func different(
    _ left: Double, _ right: Double, by difference: Double, atLeast smallest: Double,
    terms: Int = 64, magnitude: Double = 0
  ) -> Finding {
    different(
      [left], [right], by: [difference], atLeast: smallest, terms: terms, magnitude: magnitude)
  }

  /// values → limit: the error falls like step^order, the last two steps measure the order.
  public static func tends(
    _ values: [Double], to limit: Double, steps: [Double], order: Double, departure: Double
  ) -> Finding {
    Finding(
      .tends, values, [limit], terms: 1, magnitude: 0, limit: departure, steps: steps, order: order)
  }
}
