import LessonKit

/// A part of lessons, by the name that it has in them.
enum LessonPart: Equatable {
  /// An exercise, a derivation or a check, as `RunRequest.only` takes it.
  case inquiry(String)
  case mistake(String)
}

/// The names of what lessons are made of.
struct PartNames {
  /// The exercises and derivations.
  let inquiries: [String]
  /// The checks, alone and after the exercise that they belong to.
  let checks: [String]
  let mistakes: [String]

  init(lessons: [Lesson], checks: Bool = true) {
    self.init(inquiries: lessons.flatMap(\.inquiries), checks: checks)
  }

  init(inquiries: [any Inquiry], checks hasChecks: Bool = true) {
    self.inquiries = inquiries.map(\.id)
    checks =
      !hasChecks
      ? []
      : inquiries.flatMap { inquiry in
        inquiry.checks.flatMap { [$0.id, "\(inquiry.id)/\($0.id)"] }
      }
    mistakes = inquiries.flatMap(\.mistakes).map(\.name)
  }

  /// The part that a word means: an exercise before a check, a check before a mistake; nil where
  /// nothing is called so.
  func part(_ typed: String) throws(CommandError) -> LessonPart? {
    switch Meaning(of: typed, amongKinds: [inquiries, checks, mistakes]) {
    case .one(let name):
      return inquiries.contains(name) || checks.contains(name) ? .inquiry(name) : .mistake(name)
    case .several(let names): throw .ambiguous(typed, "part", names)
    case .nobody: return nil
    }
  }

  /// The exercise or check that a word means.
  func check(_ typed: String, place: String) throws(CommandError) -> String {
    switch Meaning(of: typed, amongKinds: [inquiries, checks]) {
    case .one(let name): return name
    case .several(let names): throw .ambiguous(typed, "check", names, place: place)
    case .nobody:
      throw unknown(
        typed, "check \(quoted(typed))", among: inquiries + checks, place: place,
        listedBy: "list LESSON/EXERCISE")
    }
  }

  /// The mistake that a word means.
  func mistake(_ typed: String, place: String) throws(CommandError) -> String {
    switch Meaning(of: typed, among: mistakes) {
    case .one(let name): return name
    case .several(let names): throw .ambiguous(typed, "mistake", names, place: place)
    case .nobody:
      throw unknown(
        typed, "mistake \(quoted(typed))", among: mistakes, place: place, listedBy: "mistakes")
    }
  }
}
