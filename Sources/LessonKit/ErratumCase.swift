/// An erratum put to the test: what is printed, what is right, and an independent answer.
///
/// The lectures are treated with respect: an erratum shows the condition under which the printed
/// form is true, if there is one, as well as the place where it is not.
public struct ErratumCase: Sendable {
  /// The name in the ledger: "E-050".
  public let id: String
  /// The tiny model, in words.
  public let model: String
  let compute: @Sendable () throws -> Comparison

  /// The numbers of an erratum.
  public struct Comparison: Sendable, Equatable {
    /// What the printed form gives; nil where it is undefined.
    public let printed: Double?
    /// What the corrected form gives; nil where the correction is to say that nothing is defined.
    public let corrected: Double?
    /// The same quantity by an independent route, which the corrected form must agree with.
    public let independent: Double?
    /// Under the stated condition, the printed form and its independent answer, which must agree.
    public let underCondition: (printed: Double, independent: Double)?
    /// The relative difference that rounding or a quadrature bound explains.
    public let allowed: Double

    /// The numbers of an erratum.
    public init(
      printed: Double?, corrected: Double?, independent: Double?,
      underCondition: (printed: Double, independent: Double)? = nil, allowed: Double = 1e-12
    ) {
      self.printed = printed
      self.corrected = corrected
      self.independent = independent
      self.underCondition = underCondition
      self.allowed = allowed
    }

    /// Compares all but the names.
    public static func == (one: Comparison, other: Comparison) -> Bool {
      one.printed == other.printed && one.corrected == other.corrected
        && one.independent == other.independent && one.allowed == other.allowed
        && one.underCondition?.printed == other.underCondition?.printed
        && one.underCondition?.independent == other.underCondition?.independent
    }

    /// corrected − printed.
    public var difference: Double? {
      guard let printed, let corrected else { return nil }
      return corrected - printed
    }

    /// The corrected form agrees, the printed one does not, and under the condition it does.
    public var holds: Bool {
      func agree(_ one: Double, _ other: Double) -> Bool {
        one == other || abs(one - other) <= allowed * max(1, abs(one), abs(other))
      }
      if let corrected, let independent {
        guard agree(corrected, independent) else { return false }
        if let printed, agree(printed, independent) { return false }
      }
      if let underCondition {
        guard agree(underCondition.printed, underCondition.independent) else { return false }
      }
      return true
    }
  }

  /// An erratum with the code that evaluates it.
  public init(
    _ id: String, model: String, compute: @escaping @Sendable () throws -> Comparison
  ) {
    self.id = id
    self.model = model
    self.compute = compute
  }

  /// Evaluates all forms.
  public func evaluate() throws -> Comparison { try compute() }
}
