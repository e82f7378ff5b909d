/// A lecture that is cited.
public struct Lecture: Sendable, Equatable {
  /// The short name by which claims refer to it.
  public let id: String
  /// The title.
  public let title: String
  /// The author, where one is named.
  public let author: String?

  /// "Title" by its author.
  public var citation: String { author.map { "“\(title)” (\($0))" } ?? "“\(title)”" }
}

/// A statement that a lecture makes.
public struct Claim: Sendable, Equatable {
  /// The name: "A-063".
  public let id: String
  /// The lectures that make it.
  public let lectures: [String]
  /// What kind of statement it is, as in identity, inequality or algorithm.
  public let kind: String
  /// The statement in our words.
  public let statement: String
  /// The lesson that shows it, if one does.
  public let lesson: String?
  /// Whether there is anything to check.
  public let isCheckable: Bool
  /// What its checks must find: "holds", "conditional" or "refuted".
  public let verdict: String
  /// Under what condition it is true.
  public let condition: String?
  /// Why it cannot be checked.
  public let why: String?
  /// The errata that concern it.
  public let errata: [String]
}

/// Something that a lecture prints and that is not quite so.
public struct Erratum: Sendable, Equatable {
  /// The name: "E-050".
  public let id: String
  /// The lecture.
  public let lecture: String
  /// What it is about.
  public let title: String
  /// "wrong", "condition" (true under one) or "sloppy".
  public let verdict: String
  /// The lesson that shows it.
  public let lesson: String
  /// Whether it is about words alone, with nothing to compute.
  public let isWordingOnly: Bool
  /// What is printed.
  public let printed: String
  /// What is the matter with it.
  public let problem: String
  /// What would be right.
  public let corrected: String
  /// A tiny model with its numbers, in words.
  public let numbers: String
}
