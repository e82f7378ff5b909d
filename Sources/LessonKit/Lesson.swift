public import Probability

/// A lesson: prose, derivations, tables and pictures in the order in which they are read.
public struct Lesson: Sendable {
  /// Number and name, as in "04-nvil"; part of the command's interface.
  public let id: String
  /// The title.
  public let title: String
  /// What the lesson is about, in a sentence.
  public let summary: String
  /// What is read, in order.
  public let blocks: [Block]
  /// The errata that it shows.
  public let errata: [ErratumCase]

  /// A lesson.
  public init(
    id: String, title: String, summary: String, blocks: [Block], errata: [ErratumCase] = []
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.blocks = blocks
    self.errata = errata
  }

  /// Its derivations and exercises, in order.
  public var inquiries: [any Inquiry] {
    blocks.compactMap { block in
      guard case .inquiry(let inquiry) = block else { return nil }
      return inquiry
    }
  }

  /// The name that a check has across lessons: "04-nvil/score-function/unbiased".
  public func checkID(_ inquiry: any Inquiry, _ check: String) -> String {
    "\(id)/\(inquiry.id)/\(check)"
  }
}

/// A part of a lesson.
public enum Block: Sendable {
  /// A heading.
  case heading(String)
  /// Paragraphs, separated by blank lines; lines that start with four spaces are kept as they are.
  case prose(String)
  /// A derivation or an exercise.
  case inquiry(any Inquiry)
  /// A table that is computed when it is shown.
  case table(@Sendable (RunContext) throws -> Table)
  /// A picture made of characters, computed when it is shown.
  case picture(@Sendable (RunContext) throws -> Picture)
  /// Tables, pictures and prose that share one computation; nothing to be checked.
  case computed(@Sendable (RunContext) throws -> [Block])

  /// A derivation, which is read.
  public static func derivation<Subject, Problem>(
    _ derivation: Derivation<Subject, Problem>
  ) -> Block { .inquiry(derivation) }

  /// An exercise, of which a part is written by whoever reads it.
  public static func exercise<Subject, Problem>(_ exercise: Exercise<Subject, Problem>) -> Block {
    .inquiry(exercise)
  }
}

/// What a table or a picture may depend on.
public struct RunContext: Sendable {
  /// The seed of everything random.
  public let seed: UInt64
  /// The width of the page in columns, 80 or more.
  public let width: Int

  /// A context for computing tables and pictures.
  public init(seed: UInt64, width: Int = 80) {
    self.seed = seed
    self.width = width
  }
}

/// A picture for the terminal.
public struct Picture: Sendable, Equatable {
  /// What is seen.
  public let title: String
  /// The lines, each no wider than the page.
  public let lines: [String]
  /// What to notice, under the picture.
  public let caption: String
  /// What the numbers drawn are; nil where there are none.
  public let kind: NumberKind?

  /// A picture.
  public init(title: String, lines: [String], kind: NumberKind? = nil, caption: String = "") {
    self.title = title
    self.lines = lines
    self.kind = kind
    self.caption = caption
  }

  /// The caption, and what the numbers are.
  var foot: String {
    let numbers = kind.map { "What is drawn is \($0.word)." }
    return [caption, numbers ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
