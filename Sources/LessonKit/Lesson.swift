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

  /// Its exercises, in order.
  public var exercises: [any ExerciseProtocol] {
    blocks.compactMap { block in
      guard case .exercise(let exercise) = block else { return nil }
      return exercise
    }
  }

  /// The name that a line has across lessons: "04-nvil/score-function/unbiased".
  public func checkID(_ exercise: any ExerciseProtocol, _ line: String) -> String {
    "\(id)/\(exercise.id)/\(line)"
  }
}

/// A part of a lesson.
public enum Block: Sendable {
  /// A heading.
  case heading(String)
  /// Paragraphs, separated by blank lines; lines that start with four spaces are kept as they are.
  case prose(String)
  /// A derivation with its subject and mistakes.
  case exercise(any ExerciseProtocol)
  /// A table that is computed when it is shown.
  case table(@Sendable (RunContext) throws -> Table)
  /// A picture made of characters, computed when it is shown.
  case picture(@Sendable (RunContext) throws -> Picture)
  /// Tables, pictures and prose that share one computation; no exercises.
  case computed(@Sendable (RunContext) throws -> [Block])
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

  /// A picture.
  public init(title: String, lines: [String], caption: String = "") {
    self.title = title
    self.lines = lines
    self.caption = caption
  }
}
