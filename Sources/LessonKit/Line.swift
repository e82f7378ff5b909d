public import Verification

/// One line of a derivation: a formula, why it holds, and the code that evaluates both sides.
///
/// Every line is a check: the runner evaluates it on one model to show its numbers and on
/// hundreds of random models to judge it. What it judges is the subject, the student's code or
/// ours, so that each line can be seen to fail.
public struct Line<Subject: Sendable, Model: Sendable>: Sendable {
  /// The name within its exercise, in lower-case words joined by hyphens.
  public let id: String
  /// The formula in readable Unicode, with its relation sign.
  public let formula: String
  /// Why the line follows.
  public let reason: String
  /// The ledger entries that it establishes, at most three.
  public let claims: [String]
  let evaluate: @Sendable (Subject, Model) throws -> Finding

  /// A line of a derivation.
  public init(
    _ id: String, _ formula: String, because reason: String, claims: [String] = [],
    evaluate: @escaping @Sendable (Subject, Model) throws -> Finding
  ) {
    self.id = id
    self.formula = formula
    self.reason = reason
    self.claims = claims
    self.evaluate = evaluate
  }
}

/// A wrong implementation that people really write, and where it was seen.
public struct Mistake<Subject: Sendable>: Sendable {
  /// The name within its lesson, in lower-case words joined by hyphens.
  public let name: String
  /// What is wrong, in a sentence.
  public let summary: String
  /// The incident or erratum that it comes from, if it does: "E-051", "Pyro #1982".
  public let source: String?
  /// The wrong implementation.
  public let subject: Subject

  /// A planted error.
  public init(_ name: String, _ summary: String, source: String? = nil, _ subject: Subject) {
    self.name = name
    self.summary = summary
    self.source = source
    self.subject = subject
  }
}
