import Interchange
import JSONText
import LessonKit

/// An assignment: which exercises, for how many points, and in which language.
struct HomeworkSheet: Sendable {
  /// Its title.
  var title: String
  /// The language of the files that are handed in.
  var language: HomeworkLanguage
  /// What is asked, in order.
  var items: [HomeworkItem]

  /// All exercises of a lesson.
  init(_ lesson: Lesson, language: HomeworkLanguage) {
    title = "\(lesson.id): \(lesson.title)"
    self.language = language
    items = lesson.inquiries.compactMap { HomeworkItem($0, of: lesson) }
  }

  // MARK: As a file

  /// Reads the file that a lecturer writes.
  init(_ place: JSONPlace, _ names: LessonNames) throws(HomeworkError) {
    do {
      let object = try place.object(
        requiring: ["exercises"], allowing: ["title", "lesson", "language"])
      title = try object.optional("title")?.string() ?? "Homework"
      let language = try object.optional("language")?
        .string(among: HomeworkLanguage.allCases.map(\.rawValue))
      self.language = language.flatMap(HomeworkLanguage.init) ?? .python
      let lesson = try object.optional("lesson")
      items = []
      for entry in try object.member("exercises").array() {
        let item = try HomeworkItem(entry, lesson: lesson, names)
        guard !items.contains(where: { $0.id == item.id }) else {
          throw entry.error("'\(item.id)' is asked for twice")
        }
        items.append(item)
      }
      guard !items.isEmpty else {
        throw try object.member("exercises").error(expected: "at least one exercise")
      }
    } catch { throw HomeworkError("\(error)") }
  }

  /// The file.
  var json: JSON {
    [
      "title": .string(title), "language": .string(language.rawValue),
      "exercises": .array(items.map(\.json)),
    ]
  }

  /// What can be earned.
  var points: Double { items.reduce(0) { $0 + $1.points } }
}

/// Why an assignment cannot be read.
struct HomeworkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// One thing that is asked.
struct HomeworkItem: Sendable {
  /// What is judged by.
  enum Kind: Sendable {
    /// An exercise of a lesson.
    case exercise(any Inquiry, lesson: String)
    /// An unbiased estimator of ∇ELBO on a model of the lecturer's.
    case gradient(JSON, draws: Int)
  }

  /// Its name; the file that is handed in is called after it.
  let id: String
  let title: String
  /// What is asked, in words.
  let text: String
  /// From a nudge to nearly the answer.
  let hints: [String]
  let stars: Int
  let debrief: String
  let parts: [HandinSignature]
  let kind: Kind
  private(set) var points: Double

  /// An exercise of a lesson; nil where nothing can be handed in.
  init?(_ inquiry: any Inquiry, of lesson: Lesson) {
    guard let handin = inquiry.handin, let work = inquiry.assignment else { return nil }
    id = inquiry.id
    title = inquiry.title
    text = work.task
    hints = work.hints
    stars = handin.stars
    debrief = handin.debrief
    parts = handin.parts
    kind = .exercise(inquiry, lesson: lesson.id)
    points = Double(2 * handin.stars)
  }

  init(
    _ place: JSONPlace, lesson: JSONPlace?, _ names: LessonNames
  ) throws(PlaceError) {
    let object = try place.object(
      requiring: ["exercise"], allowing: ["points", "task", "model", "draws", "text", "stars"])
    let name = try object.member("exercise")
    let points = try object.optional("points").map(Self.points)
    if let task = try object.optional("task") {
      _ = try task.string(among: ["elbo-gradient"])
      try self.init(own: object, name: try name.string())
    } else {
      for key in ["model", "draws", "text", "stars"] {
        if let member = try object.optional(key) {
          throw member.error("belongs to a task of one's own, one with \"task\": \"elbo-gradient\"")
        }
      }
      let (inquiry, owner) = try Self.exercise(name, lesson, names)
      guard let item = HomeworkItem(inquiry, of: owner) else {
        throw name.error("'\(owner.id)/\(inquiry.id)' is read; nothing of it can be handed in")
      }
      self = item
    }
    if let points { self.points = points }
  }

  /// Points that can be added up and drawn.
  private static func points(_ place: JSONPlace) throws(PlaceError) -> Double {
    let points = try place.positiveNumber()
    guard points <= 1e6 else { throw place.error(expected: "at most 1000000 points") }
    return points
  }

  private init(own object: JSONPlace, name: String) throws(PlaceError) {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    guard
      words.allSatisfy({
        !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
      })
    else {
      throw try object.member("exercise").error(
        expected: "lower-case words joined by hyphens")
    }
    let model = try object.member("model")
    _ = try EstimatorCase(model)
    id = name
    title = "An estimator of ∇ELBO"
    text =
      try object.optional("text")?.string()
      ?? "Write `estimate`: an unbiased estimate of ∂ELBO/∂logit q(z_d = 1), from S draws of z."
    hints = []
    stars = try object.optional("stars")?.integer(in: 1...5) ?? 3
    debrief = ""
    parts = [.elboGradient]
    kind = .gradient(model.value, draws: try object.optional("draws")?.integer(in: 1...64) ?? 2)
    points = Double(2 * stars)
  }

  private static func exercise(
    _ name: JSONPlace, _ lesson: JSONPlace?, _ names: LessonNames
  ) throws(PlaceError) -> (any Inquiry, Lesson) {
    var typed = try name.string()
    var owner = lesson
    if let slash = typed.firstIndex(of: "/") {
      owner = JSONPlace(.string(String(typed[..<slash])), named: "lesson")
      typed = String(typed[typed.index(after: slash)...])
    }
    guard let owner else {
      throw name.error(expected: "a lesson and an exercise, as in 04-nvil/leave-one-out")
    }
    let found: Lesson
    do { found = try names.lesson(try owner.string()) } catch let error as CommandError {
      throw owner.error("\(error.place): \(error.reason)")
    } catch let error as PlaceError { throw error } catch { throw owner.error("\(error)") }
    guard let inquiry = found.inquiries.first(where: { $0.id == typed }) else {
      let known = found.inquiries.filter { $0.handin != nil }.map(\.id)
      let near = nearest(3, to: typed, among: known)
      throw name.error(
        "\(found.id) has no exercise '\(typed)'; there are \((near.isEmpty ? known : near).joined(separator: ", "))"
      )
    }
    return (inquiry, found)
  }

  var json: JSON {
    switch kind {
    case .exercise(_, let lesson):
      ["exercise": .string("\(lesson)/\(id)"), "points": .number(points)]
    case .gradient(let model, let draws):
      [
        "exercise": .string(id), "points": .number(points), "task": "elbo-gradient",
        "draws": .integer(draws), "text": .string(text), "stars": .integer(stars), "model": model,
      ]
    }
  }
}

extension HandinSignature {
  /// The function of a task of one's own.
  static let elboGradient = HandinSignature(
    name: "estimate",
    text:
      "An estimate of ∇ELBO by the log odds of q, unbiased, where ELBO = E_q[log p(x, z) − log q(z)].",
    given: [
      .integer("samples", "S, how many draws of z may be used"), .numbers("q", "q(z_d = 1)"),
      .numbers("log_joint", "log p(x, z), at place Σ_d z_d 2^d"),
    ],
    returns: .numbers("one number a component").random)
}
