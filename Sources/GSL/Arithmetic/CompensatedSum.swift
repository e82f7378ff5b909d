/// A sum that carries its own rounding error along (Neumaier's variant of Kahan's summation).
///
/// The error of ``value`` is about one rounding of the result plus n·ε² times the sum of
/// magnitudes, where a plain sum has n·ε times the sum of magnitudes.
public struct CompensatedSum: Sendable, Equatable {
  private var total = 0.0
  /// What rounding has dropped from the plain sum.
  package private(set) var compensation = 0.0

  /// Creates an empty sum.
  public init() {}

  /// The sum that was written down as these two numbers.
  package init(plain: Double, compensation: Double) {
    (total, self.compensation) = (plain, compensation)
  }

  /// Creates the sum of `terms`.
  public init(_ terms: some Sequence<Double>) {
    for term in terms { add(term) }
  }

  /// Adds one term.
  public mutating func add(_ term: Double) {
    let next = total + term
    // What the addition dropped is recovered exactly from the smaller of the two operands.
    if total.magnitude >= term.magnitude {
      compensation += (total - next) + term
    } else {
      compensation += (term - next) + total
    }
    total = next
  }

  /// Adds the terms of another sum.
  public mutating func add(_ others: CompensatedSum) {
    add(others.total)
    compensation += others.compensation
  }

  /// The sum without what rounding has dropped.
  package var plain: Double { total }

  /// The sum of all terms added so far.
  public var value: Double {
    // Beyond the finite numbers the compensation is inf - inf; the plain sum is the answer.
    total.isFinite ? total + compensation : total
  }

  /// The sum with what rounding has dropped kept beside it.
  public var doubled: DoubleDouble {
    total.isFinite ? DoubleDouble(sumOf: total, compensation) : DoubleDouble(total)
  }

  /// Adds one term to a sum.
  public static func += (sum: inout CompensatedSum, term: Double) {
    sum.add(term)
  }
}
