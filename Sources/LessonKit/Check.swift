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
  /// The ledger entries that it bears upon, at most three, and how.
  public let claims: [Bearing]
  /// What it is to the argument.
  public let role: Role
  let changes: @Sendable (Problem) throws -> [Given]
  let evaluate: @Sendable (Subject, Problem) throws -> Finding

  /// A check with the code that evaluates it.
  ///
  /// - Parameters:
  ///   - id: the name within its exercise or derivation.
  ///   - formula: what is stated; one step of a chain begins with what the step before ended with.
  ///   - reason: why it follows.
  ///   - claims: the ledger entries that it shows, is `.against`, or stands `.inPlaceOf`.
  ///   - role: what it is to the argument.
  ///   - changes: what of the problem it changes, with the values that it puts there.
  ///   - evaluate: evaluates both sides on a problem.
  public init(
    _ id: String, _ formula: String, because reason: String, claims: [Bearing] = [],
    as role: Role = .specialCase,
    changing changes: @escaping @Sendable (Problem) throws -> [Given] = { _ in [] },
    evaluate: @escaping @Sendable (Subject, Problem) throws -> Finding
  ) {
    self.id = id
    self.formula = formula
    self.reason = reason
    self.claims = claims
    self.role = role
    self.changes = changes
    self.evaluate = evaluate
  }
}
