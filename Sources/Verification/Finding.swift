public import Probability

/// What one check finds on one problem: two sides, how they must relate, and how far they may miss.
///
/// Tolerances are derived, never tuned: sides carry their bounds (`ExactValue`, `ExactMoments.means`,
/// `QuadratureValue`), code under judgement is held to four times the bound of the other side, and
/// `Rounding` says with a sentence where terms were larger than the sides show. An inequality
/// states its gap as an equality too, or a wrong objective would pass it.
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
    _ relation: Relation, _ left: Side, _ right: Side, rounding: Rounding, gap: Side? = nil,
    limit: Double = 0, steps: [Double] = [], order: Double = 0
  ) {
    self.relation = relation
    self.left = left.values
    self.right = right.values
    self.gap = gap?.values
    self.limit = limit
    self.steps = steps
    self.order = order
    let sides = (left.values + right.values).filter(\.isFinite).map { abs($0) }
    scale = max(rounding.size, sides.max() ?? 0)
    // The other side of a judged number may be summed in another order: four times the bound
    // covers both.
    let bounds = (left.bounds + right.bounds + (gap?.bounds ?? [])).filter(\.isFinite)
    let carried = 4 * (bounds.max() ?? 0)
    self.rounding =
      4 * Double(rounding.terms) * Double.ulpOfOne
      + (carried == 0 ? 0 : carried / max(scale, .leastNormalMagnitude))
  }
}

// MARK: The relations

extension Finding {
  /// left = right, one number or several, up to rounding and the bounds that the sides carry.
  public static func equal(
    _ left: some Quantity, _ right: some Quantity, rounding: Rounding = .usual
  ) -> Finding {
    Finding(.equal, left.side, right.side, rounding: rounding)
  }

  /// Two counts are the same: no rounding is allowed.
  public static func equalCounts(_ left: Int, _ right: Int) -> Finding {
    Finding(.equal, Double(left).side, Double(right).side, rounding: .none)
  }

  /// left ≥ right, and left − right is exactly the gap.
  public static func atLeast(
    _ left: some Quantity, _ right: some Quantity, gap: some Quantity, rounding: Rounding = .usual
  ) -> Finding {
    Finding(.atLeast, left.side, right.side, rounding: rounding, gap: gap.side)
  }

  /// left ≤ right, and right − left is exactly the gap.
  public static func atMost(
    _ left: some Quantity, _ right: some Quantity, gap: some Quantity, rounding: Rounding = .usual
  ) -> Finding {
    Finding(.atMost, left.side, right.side, rounding: rounding, gap: gap.side)
  }

  /// |left − right| ≤ bound, where the bound was computed, not chosen.
  public static func within(
    _ left: some Quantity, _ right: some Quantity, bound: Double
  ) -> Finding {
    Finding(
      .within, left.side, right.side,
      rounding: Rounding.of(terms: 1, because: "the bound is given"),
      limit: bound)
  }

  /// left ≠ right: they differ by at least `smallest`, and left − right is exactly `difference`.
  public static func different(
    _ left: some Quantity, _ right: some Quantity, by difference: some Quantity,
    atLeast smallest: Double, rounding: Rounding = .usual
  ) -> Finding {
    Finding(
      .different, left.side, right.side, rounding: rounding, gap: difference.side, limit: smallest)
  }

  /// values → limit: the error falls like step^order, the last two steps measure the order.
  public static func tends(
    _ values: [Double], to limit: some Quantity, steps: [Double], order: Double, departure: Double
  ) -> Finding {
    Finding(
      .tends, values.side, limit.side,
      rounding: Rounding.of(terms: 1, because: "an order is measured"),
      limit: departure, steps: steps, order: order)
  }
}
