import Exact
import GSL
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: what a person sees of hidden states") struct HiddenStateFormTests {
  /// Kinds whose hidden states are trees, derivations and normal vectors, which have forms of their own.
  static let others: [String] = ["pcfg", "spanning-tree", "linear-dynamical-system"]

  /// The model of a golden case, without what it asks.
  private static func model(of golden: GoldenCase) throws -> JSONPlace {
    let spec = try #require(try golden.read()["spec"])
    return try QuestionedModel(JSONPlace(spec), OracleQuestions()).model
  }

  static let cases: [GoldenCase] = GoldenCase.all.filter { golden in
    guard !others.contains(where: golden.name.hasPrefix),
      let spec = try? oracleSpec(model(of: golden))
    else { return false }
    return spec.questions.contains(.explanation)
  }

  private func asked(_ model: JSONPlace, _ questions: [OracleQuestion]) throws -> OracleAnswer {
    try oracle(
      model, ExactRequest(),
      asking: OracleQuestions(questions, samples: 6, seed: 3))
  }

  // Catches: the share of another observation, a joint that is not that of the answer, a table that is not shown.
  @Test(
    "The most probable state stands with its joint and its share, one form for all kinds",
    arguments: cases)
  func explained(golden: GoldenCase) throws {
    let found = try asked(try Self.model(of: golden), [.explanation])
    let rows = found.sections.compactMap { section in
      if case .table("the most probable hidden state", let columns, let rows) = section {
        #expect(Array(columns.dropFirst()) == ["log p(ẑ, x)", "p(ẑ | x)"])
        return rows.map(\.values)
      }
      return nil
    }.first
    let (explanations, evidence) = (
      list(found.json["explanation"]), list(found.json["logEvidence"])
    )
    #expect(explanations.count == evidence.count)
    for (row, (entry, value)) in zip(rows ?? [], zip(explanations, evidence)) {
      guard case .number(let logJoint)? = entry["logProbability"], case .number(let total) = value
      else {
        #expect(row == nil)
        continue
      }
      let row = try #require(row)
      #expect(row[0] == logJoint)
      #expect(abs(row[1] - exp(logJoint - total)) < 1e-9)
    }
    #expect(evidence.isEmpty || rows != nil)
  }

  /// The entries of an answer, or the only one.
  private func list(_ json: JSON?) -> [JSON] {
    if case .array(let entries)? = json { entries } else { json.map { [$0] } ?? [] }
  }

  static let inWords: [(String, String)] = [
    (SequenceKindTests.product, "sequence 0: 1 1 1"),
    // (1 0) (1 0) (1 0) is equally probable.
    (SequenceKindTests.factorial, "sequence 0: (0 0) (1 0) (1 0)"),
    (SequenceKindTests.semiMarkov, "sequence 0: 0 for 2, 1 for 1"),
    (SequenceKindTests.topics, "corpus 0: 0 0 | 0"),
    (FieldSpecTests.machine, "observation 0: "),
    (FieldSpecTests.network, "observation 0: "),
  ]

  // Catches: a state shown as JSON, or as that of another step.
  @Test("States in words", arguments: inWords) func words(spec: String, wanted: String) throws {
    let found = try asked(JSONPlace(try JSON(parsing: spec)), [.explanation, .samples])
    let notes = found.sections.compactMap { section in
      if case .note(let text) = section { text } else { nil }
    }
    #expect(notes.contains { $0.hasPrefix(wanted) }, "\(notes)")
    #expect(notes.count { $0.hasPrefix("drawn for ") } == 4, "\(notes)")
  }

  // Catches: a person who is sent to the JSON answer for all of it.
  @Test("Something of every answer is shown", arguments: GoldenCase.all) func shown(
    golden: GoldenCase
  ) throws {
    let model = try Self.model(of: golden)
    let spec = try oracleSpec(model)
    let plain = try asked(model, [])
    for question in spec.questions where plain.json[question.rawValue] == nil {
      let added = try asked(model, [question]).sections.dropFirst(plain.sections.count)
      let isEmpty =
        added.isEmpty
        || added.allSatisfy { section in
          if case .note(let text) = section {
            text.contains("JSON") || text.contains("--json")
          } else {
            false
          }
        }
      #expect(!isEmpty, "\(question.rawValue)")
    }
  }
}
