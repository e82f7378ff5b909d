public import Verification

/// One check: a formula, why it holds, and the code that evaluates both sides on a problem.
///
/// The runner evaluates it on one problem to show its numbers and on hundreds of random ones to
/// judge it. What it judges is the subject, the library's code or a student's, so that each check
/// can be seen to fail.
public struct Check<Subject: Sendable, Problem: Sendable>: Sendable {
  /// The name within its exercise or derivation, in lower-case words joined by hyphens.
  public let id: String
  /// The formula in readable Unicode, with its relation sign.
  public let formula: String
  /// Why it follows.
  public let reason: String
  /// The ledger entries that it establishes, at most three.
  public let claims: [String]
  let evaluate: @Sendable (Subject, Problem) throws -> Finding

  /// A check with the code that evaluates it.
  public init(
    _ id: String, _ formula: String, because reason: String, claims: [String] = [],
    evaluate: @escaping @Sendable (Subject, Problem) throws -> Finding
  ) {
    self.id = id
    self.formula = formula
    self.reason = reason
    self.claims = claims
    self.evaluate = evaluate
  }
}
