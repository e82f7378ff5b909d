import Exact
import Interchange
import JSONText
import Testing

@testable import FuzzKit

/// A check that cannot fail finds nothing: each is fed a wrong answer here.
@Suite("What the fuzzer checks of an answer")
struct JudgeTests {
  static let chain = """
    {"model": "hmm", "initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.25, 0.75]],
     "emission": {"family": "categorical", "probabilities": [[1.0, 0.0], [0.5, 0.5]]},
     "observations": [[0, 1]]}
    """
  static let right = """
    {"logEvidence": [-1.3], "stateMarginals": [[[0.5, 0.5], [0, 1]]],
     "expectedCounts": {"initial": [0.5, 0.5], "transition": [[0, 0.5], [0, 0.5]]}}
    """

  func complaints(_ answer: String) throws -> [String] {
    let spec = try JSON(parsing: JudgeTests.chain)
    guard case .object(let members) = try JSON(parsing: answer) else { return [] }
    return FuzzKit.complaints(
      about: OracleAnswer(
        method: .structured, route: "made up", work: [("steps", 2)],
        members: members.map { key, value in
          (key, value.mapped { _, part in part.word == "-inf" ? .number(-.infinity) : part })
        }, sections: []), to: spec)
  }

  @Test("an answer that keeps the laws passes")
  func passes() throws { #expect(try complaints(JudgeTests.right) == []) }

  @Test(
    "a wrong answer is refused in the right words",
    arguments: [
      ("[0, 1]]]", "[0, 1.5]]]", "probability 1.5"),
      ("[0, 1]]]", "[0, 0.999]]]", "sums to 0.999"),
      ("[0, 1]]]", "[1]]]", "1 numbers instead of 2"),
      ("[-1.3]", "[0.1]", "logEvidence[0] is 0.1"),
      ("[-1.3]", "[\"-inf\"]", "and log evidence -inf"),
      ("[[[0.5, 0.5], [0, 1]]]", "[null]", "and log evidence -1.3"),
      ("\"initial\": [0.5, 0.5]", "\"initial\": [0.5, 0]", "expectedCounts.initial: 0.5, not 1"),
      ("[0, 0.5], [0, 0.5]", "[0, 0.5], [-0.5, 1]", "below zero"),
    ])
  func refuses(part: String, wrong: String, words: String) throws {
    let answer = JudgeTests.right.replacing(part, with: wrong)
    #expect(answer != JudgeTests.right)
    #expect(try complaints(answer).contains { $0.contains(words) })
  }

  @Test("two routes that differ beyond rounding are told apart, within it they are not")
  func agreement() throws {
    let (one, other) = (JSON.numbers([1, 2]), JSON.numbers([1, 2 + 1e-8]))
    #expect(disagreement(one, other, tolerances: nil)?.hasPrefix("[1]: 2.0 by") == true)
    #expect(disagreement(one, other, tolerances: .numbers([0, 1e-10])) == nil)
    #expect(disagreement(.array([.null]), .numbers([1]), tolerances: nil) != nil)
  }

  @Test("a refusal has one line and a place")
  func refusals() {
    #expect(refused("", "weights[2]: expected a number", hasPlace: true).complaints == [])
    #expect(
      refused("", "wrong", hasPlace: true).complaints.map(\.kind) == ["refusal-without-place"])
    #expect(
      refused("", "a: b\nc", hasPlace: true).complaints.map(\.kind) == ["refusal-of-several-lines"])
  }

  @Test("an input is judged from its bytes to its answer")
  func wholeWay() {
    #expect(judge(Array(JudgeTests.chain.utf8)).outcome == "hmm: answered")
    #expect(judge(Array("{\"model\": \"hmm\"}".utf8)).outcome == "hmm: refused")
    #expect(judge(Array("[1,".utf8)).outcome == "not JSON")
  }

  static let sentence = """
    {"model": "pcfg", "start": "S", "rules": [
       {"left": "S", "right": ["S", "S"], "probability": 0.5},
       {"left": "S", "right": ["a"], "probability": 0.5}], "observations": [["a", "a"], ["b"]],
     "ask": ["explanation", "samples", "marginals", "gradient", "entropy"], "samples": 2}
    """

  // Catches: a law of the questions that holds for whatever is answered.
  @Test(
    "wrong answers to questions are refused in the right words",
    arguments: [
      ("explanation", "[{\"logProbability\": 0.5, \"rules\": [0, 1, 1]}, null]", "0.5 of -2.0794"),
      (
        "explanation", "[{\"logProbability\": -3, \"rules\": [0, 1]}, null]",
        "a derivation of [\"a\"]"
      ),
      ("explanation", "[null, null]", "explanation[0] is null"),
      ("samples", "[[{\"rules\": [0, 1, 1]}], null]", "1 samples"),
      ("entropy", "[-0.1, null]", "entropy -0.1"),
      ("gradient", "{\"rules\": [2, 4.1]}", "slope times probability"),
      (
        "marginals",
        "[[{\"symbol\": \"S\", \"start\": 0, \"end\": 1, \"probability\": 1, \"expectedCount\": 0.9}], null]",
        "0.9 constituents of 1.0"
      ),
    ])
  func questions(key: String, wrong: String, words: String) throws {
    let spec = try JSON(parsing: JudgeTests.sentence)
    let right = try oracle(JSONPlace(spec))
    #expect(FuzzKit.complaints(about: right, to: spec) == [])
    var other = right
    let place = try #require(other.members.firstIndex { $0.key == key })
    other.members[place].value = try JSON(parsing: wrong)
    #expect(FuzzKit.complaints(about: other, to: spec).contains { $0.contains(words) })
  }

  // Catches: a generator or a law under a name that no oracle has, which would be for nothing.
  @Test("generators and laws are of models that there are")
  func names() {
    #expect(modelGenerators.allSatisfy { oracleModels.contains($0.model) })
    #expect(modelLaws.keys.allSatisfy { oracleModels.contains($0) })
    #expect(modelWords == oracleModels)
  }

  // Catches: questions that are never asked, or only such as are refused.
  @Test("most models are asked what they answer")
  func asked() throws {
    var answered = 0
    for seed in 0..<200 as Range<UInt64> {
      var chance = Chance(seed: seed)
      let spec = asking(try JSON(parsing: JudgeTests.sentence), &chance)
      if (try? oracle(JSONPlace(spec)))?.members.count ?? 0 > 2 { answered += 1 }
    }
    #expect(answered > 100 && answered < 200)
  }

  @Test("most fresh specs are answered, and the same seed makes the same input")
  func fresh() {
    var answered = 0
    for seed in 0..<200 as Range<UInt64> {
      var (one, other) = (Chance(seed: seed), Chance(seed: seed))
      let text = freshSpec(&one).text()
      #expect(text == freshSpec(&other).text())
      if judge(Array(text.utf8), maxStates: 256).outcome.hasSuffix(": answered") { answered += 1 }
    }
    #expect(answered > 100)
  }

  // Catches: files that are no longer taken for networks, so that nothing of them is read.
  @Test("network files are read and answered, or refused with their line") func networkFiles() {
    var outcomes: [String: Int] = [:]
    for seed in 0..<200 {
      var chance = Chance(seed: UInt64(seed))
      let verdict = judge(freshNetworkFile(&chance))
      #expect(verdict.complaints.isEmpty, "\(seed): \(verdict.complaints)")
      outcomes[verdict.outcome, default: 0] += 1
    }
    #expect(outcomes["bayesian-network: answered", default: 0] > 50)
    #expect(outcomes["network file: refused", default: 0] > 20)
  }
}
