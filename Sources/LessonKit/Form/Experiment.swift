public import Probability

/// Something to move and to watch: a q, a temperature, a baseline, and what changes with it.
///
/// From settings to screen is a function without memory, so that the terminal's arrow keys, the
/// command's `--set` and the book's sliders show the same numbers.
public struct Experiment: Sendable {
  /// What can be moved.
  public struct Control: Sendable, Equatable {
    /// How it moves.
    public enum Range: Sendable, Equatable {
      /// A number between two ends, in steps.
      case number(low: Double, high: Double, step: Double)
      /// Probabilities of named states: what one gains the others lose in proportion.
      case simplex(states: [String], step: Double)
      /// One of several names; its value is a place in the list.
      case choice([String])
    }

    /// The name in `--set name=…`, in lower-case letters.
    public let name: String
    /// What it is, on the screen: "q(z)".
    public let label: String
    /// How it moves.
    public let range: Range
    /// Where it starts.
    public let start: [Double]

    /// A number to move.
    public init(
      _ name: String, _ label: String, from low: Double, to high: Double, by step: Double,
      at start: Double
    ) {
      (self.name, self.label, self.start) = (name, label, [start])
      range = .number(low: low, high: high, step: step)
    }

    /// Probabilities to move.
    public init(
      _ name: String, _ label: String, states: [String], by step: Double = 0.05, at start: [Double]
    ) {
      (self.name, self.label, self.start) = (name, label, start)
      range = .simplex(states: states, step: step)
    }

    /// A choice.
    public init(_ name: String, _ label: String, of choices: [String], at start: Int = 0) {
      (self.name, self.label, self.start) = (name, label, [Double(start)])
      range = .choice(choices)
    }
  }

  /// A value of every control.
  public struct Settings: Sendable, Equatable {
    var values: [String: [Double]]

    /// The number of a control; zero where there is none.
    public subscript(name: String) -> Double { values[name]?.first ?? 0 }

    /// The probabilities of a control.
    public func list(_ name: String) -> [Double] { values[name] ?? [] }

    /// The place of a choice in its list.
    public func choice(_ name: String) -> Int { Int(self[name]) }
  }

  /// What is seen at some settings.
  public struct Screen: Sendable {
    /// A number with its name; the ones that move are what is watched.
    public typealias Reading = (name: String, value: any LabelledNumber)

    /// The numbers.
    public let readings: [Reading]
    /// Pictures and tables under them.
    public let blocks: [Block]
    /// What to notice here, if anything.
    public let remark: String

    /// A screen.
    public init(_ readings: [Reading], _ blocks: [Block] = [], remark: String = "") {
      self.readings = readings
      self.blocks = blocks
      self.remark = remark
    }
  }

  /// The name within its lesson.
  public let id: String
  /// The title.
  public let title: String
  /// What to try, and what to look for.
  public let prompt: String
  /// What stays as it is.
  public let givens: [Given]
  /// What can be moved.
  public let controls: [Control]
  /// Settings worth a key of their own, by name: "posterior".
  public let marks: [(name: String, settings: [String: [Double]])]
  let show: @Sendable (Settings) throws -> Screen

  /// An experiment.
  public init(
    id: String, title: String, prompt: String, givens: [Given], controls: [Control],
    marks: [(name: String, settings: [String: [Double]])] = [],
    show: @escaping @Sendable (Settings) throws -> Screen
  ) {
    self.id = id
    self.title = title
    self.prompt = prompt
    self.givens = givens
    self.controls = controls
    self.marks = marks
    self.show = show
  }

  /// Where everything starts.
  public var start: Settings {
    Settings(values: Dictionary(controls.map { ($0.name, $0.start) }, uniquingKeysWith: { $1 }))
  }

  /// What is seen at some settings.
  public func screen(_ settings: Settings) throws -> Screen { try show(settings) }
}
