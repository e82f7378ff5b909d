/// An entry of the ledger that a check bears upon, and how.
///
/// What a claim has been found to be follows from its lines: it holds where all of them show it, it
/// is conditional where some show it and some show where it fails, and it is refuted where none
/// shows it.
public struct Bearing: Sendable, Equatable, ExpressibleByStringLiteral {
  /// What a line says of a claim.
  public enum Kind: Sendable {
    /// What is claimed, evaluated.
    case shows
    /// A case in which what is claimed is evaluated on the left side, and found not to be so.
    case refutes
    /// What is true in place of what is claimed.
    case corrects
  }

  /// The entry, as "A-063".
  public let claim: String
  /// What the line says of it.
  public let kind: Kind

  private init(_ claim: String, _ kind: Kind) {
    self.claim = claim
    self.kind = kind
  }

  /// A line that shows what is claimed.
  public init(stringLiteral claim: String) { self.init(claim, .shows) }

  /// A line that shows where a claim fails.
  public static func against(_ claim: String) -> Bearing { Bearing(claim, .refutes) }

  /// A line that shows what is true in place of a claim.
  public static func inPlaceOf(_ claim: String) -> Bearing { Bearing(claim, .corrects) }
}
