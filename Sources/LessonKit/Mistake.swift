/// A wrong implementation that people really write: the answer with one part exchanged.
///
/// The subject of every exercise and derivation is a value made of parts, most of them functions.
/// A mistake names the part and says what stands there instead:
///
/// ```swift
/// Mistake("divides-by-all", "the sum of the others over S", \.baselines) { signals in … }
/// ```
public struct Mistake<Subject: Sendable>: Sendable {
  /// The name within its lesson, in lower-case words joined by hyphens.
  public let name: String
  /// What is wrong, in a sentence.
  public let summary: String
  /// The incident or erratum that it comes from, if it does: "E-051", "Pyro #1982".
  public let source: String?
  let spoil: @Sendable (inout Subject) -> Void

  private init(
    name: String, summary: String, source: String?,
    spoil: @escaping @Sendable (inout Subject) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.spoil = spoil
  }

  /// A part of the answer replaced.
  public init<Part: Sendable>(
    _ name: String, _ summary: String, source: String? = nil,
    _ part: any WritableKeyPath<Subject, Part> & Sendable, _ wrong: Part
  ) {
    self.init(name: name, summary: summary, source: source) { $0[keyPath: part] = wrong }
  }

  /// A part of the answer made into a wrong one.
  public init<Part: Sendable>(
    _ name: String, _ summary: String, source: String? = nil,
    _ part: any WritableKeyPath<Subject, Part> & Sendable,
    from wrong: @escaping @Sendable (_ right: Part) -> Part
  ) {
    self.init(name: name, summary: summary, source: source) {
      $0[keyPath: part] = wrong($0[keyPath: part])
    }
  }

  /// The same mistake made in one more part.
  public func and<Part: Sendable>(
    _ part: any WritableKeyPath<Subject, Part> & Sendable, _ wrong: Part
  ) -> Mistake {
    Mistake(name: name, summary: summary, source: source) { [spoil] subject in
      spoil(&subject)
      subject[keyPath: part] = wrong
    }
  }

  /// The same mistake in a part that is made of others, made anew of what they are with it.
  public func and<Part: Sendable>(
    _ part: any WritableKeyPath<Subject, Part> & Sendable,
    madeOf parts: @escaping @Sendable (Subject) -> Part
  ) -> Mistake {
    Mistake(name: name, summary: summary, source: source) { [spoil] subject in
      spoil(&subject)
      subject[keyPath: part] = parts(subject)
    }
  }

  /// The answer with this mistake in it.
  public func subject(from answer: Subject) -> Subject {
    var subject = answer
    spoil(&subject)
    return subject
  }
}
