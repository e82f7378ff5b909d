/// A lesson: sections that are read in order, and what surrounds them.
public struct Lesson: Sendable {
  /// Number and name, as in "04-nvil"; part of the command's interface.
  public let id: String
  /// The title.
  public let title: String
  /// What the lesson is about, in a sentence.
  public let summary: String
  /// What it asks of its reader and what it gives.
  public let frame: Frame
  /// What is read, in order: a hook first, a summary last.
  public let sections: [Section]
  /// What a reader does afterwards.
  public let practice: Practice
  /// The errata of the lectures that it shows, after the sections.
  public let errata: [ErratumCase]
  /// Where to read on: keys of the bibliography with what is found there.
  public let reading: [Reading]
  /// What its readers can move.
  public let experiments: [Experiment]
  /// What can be learned at full length: `lessons train`.
  public let trainings: [TrainingCourse]
  /// The numbers that its prose names.
  public let numbers: PageNumbers
  /// Code of the sources that it shows: of an exercise by its name, of a mistake by its.
  public let listings: [String: Listing]

  /// Something to read, and what is found there.
  public typealias Reading = (work: String, place: String)

  /// A lesson.
  public init(
    id: String, title: String, summary: String, frame: Frame, sections: [Section],
    practice: Practice, errata: [ErratumCase] = [], reading: [Reading] = [],
    experiments: [Experiment] = [], trainings: [TrainingCourse] = [],
    numbers: PageNumbers = [:], listings: [String: Listing] = [:]
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.frame = frame
    self.sections = sections
    self.practice = practice
    self.errata = errata
    self.reading = reading
    self.experiments = experiments
    self.trainings = trainings
    self.numbers = numbers
    self.listings = listings
  }

  /// Its derivations and exercises, in order.
  public var inquiries: [any Inquiry] {
    sections.flatMap(\.blocks).compactMap { block in
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
  /// Paragraphs, separated by blank lines; lines that start with four spaces are kept as they are.
  ///
  /// "{gap}" is replaced by the lesson's number of that name.
  case prose(String)
  /// The model that the numbers of the prose, tables and pictures below are of.
  case given(@Sendable (RunContext) throws -> [Given])
  /// A derivation or an exercise.
  case inquiry(any Inquiry)
  /// A table that is computed when it is shown.
  case table(@Sendable (RunContext) throws -> Table)
  /// A picture, computed when it is shown.
  case picture(@Sendable (RunContext) throws -> Picture)
  /// Code of the sources, by its name in the lesson's listings.
  case code(String)
  /// An invitation to move something, by the name of the experiment.
  case experiment(String)
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
  /// The width of the page in columns.
  public let width: Int
  /// The number of random models that each line is judged on.
  public let models: Int

  /// A context for computing tables and pictures.
  public init(seed: UInt64, width: Int = 80, models: Int = 200) {
    self.seed = seed
    self.width = width
    self.models = models
  }
}
