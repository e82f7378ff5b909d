import GSL

/// A slope as the sum of what observations and states say of it, which may nearly cancel.
///
/// ```
/// |Δ Σ_n g_n| ≤ unit Σ_n |g_n|
/// ```
/// A term is a share times a slope of its own, both to a few roundings of their size, 2⁻⁴⁷ unless told otherwise. Where
/// terms are large, as slopes by a small variance are, what they leave may be made of their roundings.
package struct SlopeSum: Sendable, Equatable {
  private var sum = CompensatedSum()
  private var size = 0.0

  /// No terms yet.
  package init() {}

  /// The sum.
  package var value: Double { sum.value }

  /// Adds a term.
  package mutating func add(_ term: Double) {
    sum.add(term)
    size += abs(term)
  }

  /// Adds a slope as often as a state is believed in; one that is the only one is certain, and its slope has 32 digits.
  mutating func add(_ slope: DoubleDouble, share: Double, isCertain: Bool) {
    let term = slope * DoubleDouble(share)
    sum.add(term.high)
    sum.add(term.low)
    if !isCertain { size += abs(term.high) }
  }

  /// Whether the roundings of the terms leave what is promised of every answer.
  package func isSettled(unit: Double = 0x1p-47) -> Bool {
    unit * size <= 1e-9 * max(1, abs(value))
  }
}
