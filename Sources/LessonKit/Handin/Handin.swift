/// What of an exercise may be handed in, by a program in any language.
///
/// Each part of the exercise that is written is a function with a name. What such a function returns
/// takes the place of the library's part in the subject of the exercise, and the exercise's own checks
/// judge it.
public struct Handin<Subject: Sendable>: Sendable {
  /// How hard it is, from one to five.
  public let stars: Int
  /// What is worth knowing afterwards.
  public let debrief: String
  /// The functions.
  public let parts: [HandinPart<Subject>]

  /// What is handed in: functions, how hard they are, and what is said when they are right.
  public init(stars: Int, debrief: String, _ parts: HandinPart<Subject>...) {
    self.stars = stars
    self.debrief = debrief
    self.parts = parts
  }

  /// The same without code.
  var summary: HandinSummary {
    HandinSummary(stars: stars, debrief: debrief, parts: parts.map(\.signature))
  }
}

/// One function that is handed in.
public struct HandinPart<Subject: Sendable>: Sendable {
  /// Its name, what it is given and what it returns.
  public let signature: HandinSignature
  /// Puts the program's function where the library's part was.
  let install: @Sendable (inout Subject, OutsidePart) -> Void
  /// Puts this part of another subject in the place of the library's.
  let transplant: @Sendable (inout Subject, _ other: Subject) -> Void

  /// A function that stands for a part of the exercise.
  ///
  /// - Parameters:
  ///   - name: its name, lower-case words joined by underscores.
  ///   - text: what it does, with its formula.
  ///   - given: what it is given.
  ///   - returns: what it returns.
  ///   - part: the part of the subject whose place it takes.
  ///   - mixed: for a function that stands for some cases of the part: the part that is another's in
  ///     these cases, and its own in the rest; all of it is another's unless said otherwise.
  ///   - outside: the part, made of calls of the program; `right` is the library's.
  public init<Part: Sendable>(
    _ name: String, _ text: String, given: [HandinArgument], returns: HandinResult,
    _ part: any WritableKeyPath<Subject, Part> & Sendable,
    where mixed: @escaping @Sendable (_ own: Part, _ other: Part) -> Part = { $1 },
    outside: @escaping @Sendable (_ program: OutsidePart, _ right: Part) -> Part
  ) {
    signature = HandinSignature(name: name, text: text, given: given, returns: returns)
    install = { subject, program in
      subject[keyPath: part] = outside(program, subject[keyPath: part])
    }
    transplant = { subject, other in
      subject[keyPath: part] = mixed(subject[keyPath: part], other[keyPath: part])
    }
  }
}

/// What can be said of a hand-in without its code.
public struct HandinSummary: Sendable, Equatable {
  /// How hard it is, from one to five.
  public let stars: Int
  /// What is worth knowing afterwards.
  public let debrief: String
  /// The functions.
  public let parts: [HandinSignature]
}

/// A function that is handed in, seen from outside.
public struct HandinSignature: Sendable, Equatable {
  /// Its name, lower-case words joined by underscores.
  public let name: String
  /// What it does.
  public let text: String
  /// What it is given, by name.
  public let given: [HandinArgument]
  /// What it returns.
  public let returns: HandinResult

  /// A function, by what can be said of it.
  public init(name: String, text: String, given: [HandinArgument], returns: HandinResult) {
    self.name = name
    self.text = text
    self.given = given
    self.returns = returns
  }
}

/// Something that a function is given.
public struct HandinArgument: Sendable, Equatable {
  /// What kind of value.
  public enum Kind: Sendable, Equatable {
    case number, integer, numbers, matrix, word
  }

  /// Its name, lower-case words joined by underscores.
  public let name: String
  /// What kind of value.
  public let kind: Kind
  /// What it is, in a few words.
  public let text: String

  /// A number.
  public static func number(_ name: String, _ text: String) -> HandinArgument {
    HandinArgument(name: name, kind: .number, text: text)
  }

  /// A whole number.
  public static func integer(_ name: String, _ text: String) -> HandinArgument {
    HandinArgument(name: name, kind: .integer, text: text)
  }

  /// A list of numbers.
  public static func numbers(_ name: String, _ text: String) -> HandinArgument {
    HandinArgument(name: name, kind: .numbers, text: text)
  }

  /// A list of lists of numbers.
  public static func matrix(_ name: String, _ text: String) -> HandinArgument {
    HandinArgument(name: name, kind: .matrix, text: text)
  }

  /// One of a few words.
  public static func word(_ name: String, _ text: String) -> HandinArgument {
    HandinArgument(name: name, kind: .word, text: text)
  }
}

/// What a function returns.
public struct HandinResult: Sendable, Equatable {
  /// What kind of value.
  public enum Kind: Sendable, Equatable { case number, numbers, matrix }

  /// What kind of value.
  public let kind: Kind
  /// What it is, in a few words.
  public let text: String
  /// Whether it depends on random choices that the function makes.
  public private(set) var isRandom = false

  /// A number.
  public static func number(_ text: String) -> HandinResult { .init(kind: .number, text: text) }
  /// A list of numbers.
  public static func numbers(_ text: String) -> HandinResult { .init(kind: .numbers, text: text) }
  /// A list of lists of numbers.
  public static func matrix(_ text: String) -> HandinResult { .init(kind: .matrix, text: text) }

  /// The same, of a function that makes random choices.
  public var random: HandinResult {
    var result = self
    result.isRandom = true
    return result
  }

  init(kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }
}
