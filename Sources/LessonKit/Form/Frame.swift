/// What surrounds a lesson: what it asks of its reader, what it gives, and how long it takes.
public struct Frame: Sendable, Equatable {
  /// What the reader should have seen before, each a phrase.
  public let needs: [String]
  /// What the reader will be able to do, each a phrase that begins with a verb.
  public let gives: [String]
  /// How many minutes its main line takes to read.
  public let minutes: Int
  /// How many more the parts take that may be left out; 0 where there are none.
  public let minutesAside: Int

  /// A frame.
  public init(needs: [String], gives: [String], minutes: Int, minutesAside: Int = 0) {
    self.needs = needs
    self.gives = gives
    self.minutes = minutes
    self.minutesAside = minutesAside
  }

  /// Who L0 to L4 are, in a printed line.
  static let lectures = "L0 to L4 are five lectures, which `lessons bibliography lectures` names."

  /// "45 minutes", or "45 minutes, and 20 more for what is optional".
  var duration: String {
    minutesAside == 0
      ? "\(minutes) minutes" : "\(minutes) minutes, and \(minutesAside) more for what is optional"
  }

  /// The numbers of the lessons that `needs` names, as in "lessons 00 and 01".
  public var lessonsNeeded: [String] {
    let named = needs.flatMap { phrase -> [String] in
      guard let start = phrase.firstRange(of: "lesson") else { return [] }
      return phrase[start.upperBound...].split { !$0.isNumber }.map(String.init)
    }
    return Set(named.filter { $0.count == 2 }).sorted()
  }
}

/// A symbol with its one meaning in a lesson.
public struct Symbol: Sendable, Equatable {
  /// How it is written: "q(z)", "log p(x)", "KL(a‖b)".
  public let name: String
  /// What it is, in a phrase.
  public let meaning: String

  /// A symbol with its meaning.
  public init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }
}

/// A part of a lesson that is read in one go: a page of the reader, a chapter of the book's page.
public struct Section: Sendable {
  /// The name within the lesson, in lower-case words joined by hyphens.
  public let id: String
  /// The title.
  public let title: String
  /// The symbols that are new here.
  public let symbols: [Symbol]
  /// What is read, in order.
  public let blocks: [Block]

  /// A section.
  ///
  /// - Parameters:
  ///   - id: the name within the lesson.
  ///   - title: the title.
  ///   - symbols: what is written here for the first time; nothing is used before it is introduced.
  ///   - blocks: what is read.
  public init(
    _ id: String, _ title: String, introduces symbols: [Symbol] = [], _ blocks: Block...
  ) {
    self.id = id
    self.title = title
    self.symbols = symbols
    self.blocks = blocks
  }
}
