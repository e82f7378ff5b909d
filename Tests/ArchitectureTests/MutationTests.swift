import Foundation
import Testing

/// An entry of Tests/Mutations/mutations.json: a place of the library and how it is broken.
struct Mutation: Decodable, Sendable, CustomTestStringConvertible {
  let id: String
  let file: String
  let before: String
  let old: String
  let new: String
  let after: String
  let note: String
  let checks: [String]?
  let tests: String?
  /// Why nobody could notice it, where that is so.
  let equivalent: String?
  /// What stands there where `old` is no expression.
  let woven: String?

  var testDescription: String { id }

  /// What must stand in the file exactly once.
  var place: String { before + old + after }

  /// All of them.
  static let all: [Mutation] = {
    struct File: Decodable { let mutations: [Mutation] }
    let text = Repository.text("Tests/Mutations/mutations.json") ?? ""
    return (try? JSONDecoder().decode(File.self, from: Data(text.utf8)))?.mutations ?? []
  }()
}

/// The names of what `Approximate` offers that estimates, bounds or updates: types that conform to
/// the protocols of estimators, public functions that are no initialisers, and what the lists of the zoo
/// name.
func offered(by file: SourceFile) -> Set<String> {
  let protocols: Set = [
    "Baseline", "Weighting", "GradientEstimator", "ZooProgram", "PartedProgram",
  ]
  var names: Set<String> = []
  for index in file.places(of: "public", "struct") {
    let heading = file.tokens[(index + 2)...].prefix { $0.text != "{" }.map(\.text)
    if !protocols.isDisjoint(with: heading.dropFirst()) { names.insert(heading[0]) }
  }
  for start in file.tokens.indices where file.word(at: start) == "func" {
    let before = (1...3).map { file.word(at: start - $0) }
    if before.prefix(while: { ["public", "mutating", "static"].contains($0) }).contains("public") {
      names.insert(file.word(at: start + 1))
    }
  }
  for start in file.places(of: "static", "let") where file.word(at: start - 1) != "private" {
    // static let muprop = DiscreteEstimator(…), or by what makes one.
    let makers: Set = [
      "DiscreteEstimator", "GaussianEstimator", "weighted", "averaged", "together", "several",
      "relaxedControl",
    ]
    if makers.contains(file.word(at: start + 4)) { names.insert(file.word(at: start + 2)) }
  }
  // What the protocols of estimators ask of a type is broken with the type, and what runs a program
  // with the program.
  return names.subtracting([
    "baselines", "weights", "estimate", "callAsFunction", "law", "part", "given", "partCount",
  ])
}

/// Whether a text could be an expression: brackets close, and no operator hangs at an end of it.
func couldBeExpression(_ text: String) -> Bool {
  let pairs: [Character: Character] = [")": "(", "]": "[", "}": "{"]
  var open: [Character] = []
  for character in text {
    if "([{".contains(character) { open.append(character) }
    if let partner = pairs[character], open.popLast() != partner { return false }
  }
  let words = text.split(whereSeparator: \.isWhitespace)
  func isOperator(_ word: Substring?) -> Bool {
    word?.allSatisfy { "+-*/<>=&|?:,".contains($0) } ?? true
  }
  let isChoice = !words.contains(":") || words.contains("?") || text.contains("{")
  return open.isEmpty && !isOperator(words.first) && !isOperator(words.last) && isChoice
}

@Suite("Mutations of the library")
struct MutationTests {
  @Test("Every place exists exactly once, is changed, and says who must notice")
  func places() {
    #expect(Mutation.all.count >= 250)
    #expect(Set(Mutation.all.map(\.id)).count == Mutation.all.count)
    for mutation in Mutation.all {
      let text = Repository.text(mutation.file) ?? ""
      #expect(text.ranges(of: mutation.place).count == 1, "\(mutation.id) in \(mutation.file)")
      #expect(mutation.old != mutation.new && !mutation.note.isEmpty, "\(mutation.id)")
      let isNoticed = (mutation.checks ?? []).isEmpty == false || mutation.tests != nil
      let isEquivalent = mutation.equivalent?.isEmpty == false
      #expect(isNoticed != isEquivalent, "\(mutation.id): who notices it, or why nobody could?")
    }
  }

  // Catches: an entry whose woven copy does not compile, so that none of all can be run.
  @Test(
    "What stands behind a switch is an expression on both sides, or the entry says what stands there"
  )
  func expressions() {
    for mutation in Mutation.all where mutation.woven == nil && mutation.equivalent == nil {
      for text in [mutation.old, mutation.new] {
        #expect(couldBeExpression(text), "\(mutation.id): \(text)")
      }
    }
    for text in ["a - b", "-1", "$0", "f(x) { $0 }", "a ? b : c", ".sampled"] {
      #expect(couldBeExpression(text), "\(text)")
    }
    for text in ["- b", "a -", ")", "f(x", "> 0", "1 : 0", "", "2 *", "([)]"] {
      #expect(!couldBeExpression(text), "\(text)")
    }
  }

  @Test("Every room of the library is broken in some places, and few changes make no difference")
  func rooms() {
    let broken = Set(Mutation.all.compactMap { $0.file.split(separator: "/").dropFirst().first })
    let rooms = Set(
      Repository.files.map(\.path).filter { $0.hasPrefix("Sources/") && $0.hasSuffix(".swift") }
        .compactMap { $0.split(separator: "/").dropFirst().first })
    // What only passes on: the umbrella and the command's start.
    #expect(rooms.subtracting(broken).subtracting(["Tightbound", "lessons"]) == [])
    #expect(Mutation.all.contains { $0.file.hasPrefix("Lessons/") })
    #expect(20 * Mutation.all.count { $0.equivalent != nil } <= Mutation.all.count)
  }

  // Catches: a claim that names a mutation which none of its own checks has to notice.
  @Test("What makes a claim false is noticed by a check of that claim")
  func claims() throws {
    struct Claim: Decodable {
      let id: String
      let checks: Checks
      let madeFalseBy: String?
      /// A list, or the words that it waits for its lesson.
      struct Checks: Decodable {
        let names: [String]
        init(from decoder: any Decoder) throws {
          names = (try? decoder.singleValueContainer().decode([String].self)) ?? []
        }
      }
    }
    struct File: Decodable { let claims: [Claim] }
    let text = try #require(Repository.text("Reference/claims.json"))
    let known = Dictionary(uniqueKeysWithValues: Mutation.all.map { ($0.id, $0) })
    for claim in try JSONDecoder().decode(File.self, from: Data(text.utf8)).claims {
      guard let name = claim.madeFalseBy, name.hasPrefix("mutation ") else { continue }
      let checks = known[String(name.dropFirst("mutation ".count))]?.checks ?? []
      #expect(!Set(checks).isDisjoint(with: claim.checks.names), "\(claim.id): \(name)")
    }
  }

  // Catches: an estimator, bound or update of the library that no lesson runs.
  @Test("What Approximate offers stands in a file that is broken on purpose, and a lesson notices")
  func approximate() {
    let broken = Dictionary(grouping: Mutation.all, by: \.file)
    // Settings and examples estimate nothing; what runs a program is broken with the program.
    for file in Repository.files
    where file.path.hasPrefix("Sources/Approximate/")
      && !file.path.hasPrefix("Sources/Approximate/Zoo/Skeleton/")
      && !file.path.hasPrefix("Sources/Approximate/Zoo/Examples/")
    {
      for name in offered(by: file) {
        let isBroken = broken[file.path]?.contains { mutation in
          mutation.id.split(separator: ".").contains { $0 == name } && mutation.checks != nil
        }
        #expect(isBroken == true, "\(file.path): \(name)")
      }
    }
  }

  @Test("The reader of declarations sees types of estimators and public functions, no others")
  func reader() {
    let text = """
      public struct A<Law: B>: GradientEstimator { public init() {} }
      public struct C: Sendable {}
      struct D: Baseline {}
      public mutating func e() {}
      public func baselines() {}
      public static func f() {}
      func g() {}
      extension C { public func h() {} }
      extension Zoo { static let i = DiscreteEstimator("i"), private static let j = weighted("j") }
      extension Zoo { static let k = several("k"); static let l = Setting("l") }
      public struct M: PartedProgram {}
      """
    #expect(
      offered(by: SourceFile(path: "a.swift", text: text)) == ["A", "e", "f", "h", "i", "k", "M"])
  }
}
