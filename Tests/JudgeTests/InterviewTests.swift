import JSONText
import Probability
import Testing

@testable import Judge

@Suite("Asking a program for its law")
struct InterviewTests {
  private func law(
    limits: InterviewLimits = InterviewLimits(),
    of estimate: @escaping (inout ScriptedProgram.Choices) -> JSON
  ) throws -> ProgramLaw {
    var interview = Interview(ScriptedProgram(estimate), limits: limits)
    return try interview.law(of: ["exercise": "test"])
  }

  private func fault(
    limits: InterviewLimits = InterviewLimits(),
    of estimate: @escaping (inout ScriptedProgram.Choices) -> JSON
  ) -> Fault? {
    do {
      _ = try law(limits: limits, of: estimate)
      return nil
    } catch { return error as? Fault }
  }

  @Test("Every outcome is visited once, as the exhaustive interpreter visits it", arguments: 1...20)
  func sameLaw(seed: Int) throws {
    // A random program: flips and choices whose probabilities depend on what came before.
    func probability(_ number: Int) -> Double {
      Double((number &* 2_654_435_761 &+ seed &* 40_503) % 997) / 996
    }
    func run(flip: (Double) throws -> Int, choose: ([Double]) throws -> Int) rethrows -> Int {
      var code = seed
      for _ in 0..<(3 + seed % 3) {
        if probability(code) > 0.4 {
          code = 2 * code + (try flip(probability(code + 1)))
        } else {
          let weights = (0..<3).map { probability(code + $0) }
          let total = weights.reduce(0, +)
          code = 3 * code + (try choose(weights.map { $0 / total }))
        }
      }
      return code
    }
    let found = try law { choices in
      .integer(run(flip: { Int(choices.flip($0)) }, choose: { choices.choose($0) }))
    }
    var expected: [Int: Double] = [:]
    let coverage = try forEachOutcome { choices in
      try run(flip: { try choices.flip($0) ? 1 : 0 }, choose: { try choices.choose($0) })
    } visit: {
      expected[$0, default: 0] += $1
    }
    #expect(found.outcomes.count == coverage.outcomes)
    #expect(found.depth == coverage.depth)
    var law: [Int: Double] = [:]
    for outcome in found.outcomes {
      guard case .number(let code) = outcome.result else { continue }
      law[Int(code), default: 0] += outcome.probability
    }
    #expect(Set(law.keys) == Set(expected.keys))
    for (code, probability) in expected {
      #expect(abs((law[code] ?? 0) - probability) <= 1e-14)
    }
    #expect(found.repeated == min(64, found.outcomes.count))
  }

  @Test("The second process runs half of a large law, and what is found is the same")
  func halves() throws {
    var calls = [0, 0]
    var processes = 0
    func talk(_ number: Int) -> ScriptedProgram {
      ScriptedProgram(
        { choices in
          calls[number] += 1
          return .number((0..<11).reduce(0) { sum, _ in 2 * sum + choices.flip(0.5) })
        },
        again: {
          processes += 1
          return talk(1)
        })
    }
    var interview = Interview(talk(0))
    for round in 1...4 {
      let law = try interview.law(of: ["round": .integer(round)])
      #expect(law.outcomes.count == 2048)
      #expect(Set(law.outcomes.map { $0.result.text() }).count == 2048)
    }
    // One that is there from the first law on, and one anew for the second.
    #expect(processes == 2)
    #expect(calls[0] + calls[1] == 4 * (2048 + 65))
    #expect(calls[1] > 4 * 800 && calls[0] > 4 * 800)
  }

  @Test("Certain choices have one outcome, and no choice at all has one")
  func certain() throws {
    #expect(try law { .number($0.flip(1) + $0.flip(0)) }.outcomes.map(\.trail) == [[1, 0]])
    #expect(try law { .integer($0.choose([0, 1, 0])) }.outcomes.map(\.trail) == [[1]])
    #expect(try law { _ in 3 }.outcomes.count == 1)
  }

  @Test("Numbers of its own are found out, in the results and in the questions")
  func ownNumbers() {
    var calls = 0
    let drawn = fault { choices in
      calls += 1
      return .number(choices.flip(0.5) + Double(calls))
    }
    #expect(drawn?.kind == .ownNumbers)
    #expect(drawn?.reason.contains("another result") == true)
    let asked = fault { choices in
      calls += 1
      return .number(choices.flip(calls % 2 == 0 ? 0.3 : 0.4) + choices.flip(0.5))
    }
    #expect(asked?.kind == .ownNumbers)
    #expect(asked?.reason.contains("other choices after the same outcomes") == true)
  }

  @Test("A program without end, and one with too many outcomes, are stopped")
  func endless() {
    let limits = InterviewLimits(outcomes: 1000, choices: 50)
    let deep = fault(limits: limits) { choices in
      var sum = 0.0
      for _ in 0..<60 { sum += choices.flip(0.5) }
      return .number(sum)
    }
    #expect(deep?.kind == .tooMany && deep?.reason.contains("does it end?") == true)
    let wide = fault(limits: limits) { choices in
      var sum = 0.0
      for _ in 0..<12 { sum += choices.flip(0.5) }
      return .number(sum)
    }
    #expect(wide?.reason.contains("more than 1000 outcomes") == true)
  }

  @Test("A task without choices has a value, and a program that makes one is told")
  func values() throws {
    var silent = Interview(ScriptedProgram { _ in [1, 2.5] })
    #expect(try silent.value(of: []) == [1, 2.5])
    var talkative = Interview(ScriptedProgram { .number($0.flip(0.5)) })
    #expect(throws: Fault.self) { try talkative.value(of: []) }
  }
}

@Suite("What stands on the wire")
struct WireTests {
  @Test("Lines of the judge are those of the specification")
  func judge() {
    #expect(JudgeLine.task(["samples": 1]).text == #"{"tightbound":1,"task":{"samples":1}}"#)
    #expect(JudgeLine.runs([[], [0, 1]]).text == #"{"runs":[[],[0,1]]}"#)
    #expect(JudgeLine.end.text == #"{"end":1}"#)
  }

  @Test("Questions are read, or refused with their place")
  func questions() throws {
    let line = #"{"asked":[0.5,[0.2,0.8],"uniform",{"uniform":[0.25,0.5]},"normal"],"result":[1]}"#
    guard case .run(let asked, _) = try ProgramLine(line) else {
      Issue.record("no run")
      return
    }
    #expect(
      asked == [
        .flip(0.5), .choose([0.2, 0.8]), .uniform(from: 0, to: 1), .uniform(from: 0.25, to: 0.5),
        .normal,
      ])
  }

  @Test(
    "What is no answer is refused, and the line says where",
    arguments: [
      (#"{"asked":[1.5],"result":1}"#, "answer.asked[0]"),
      (#"{"asked":[[0.5,0.6]],"result":1}"#, "answer.asked[0]"),
      (#"{"asked":["gamma"],"result":1}"#, "answer.asked[0]"),
      (#"{"asked":[{"uniform":[0.5,0.5]}],"result":1}"#, "answer.asked[0]"),
      (#"{"asked":[true],"result":1}"#, "answer.asked[0]"),
      (#"{"result":1,"verdict":"passed"}"#, "answer"),
      ("passed!", "expected one line of JSON"), (#"{"ready":2}"#, "answer.ready"),
      (#"{"asked":[]}"#, "result"),
      (String(repeating: "[", count: 100), "expected one line of JSON"),
    ])
  func refused(line: String, words: String) {
    #expect { try ProgramLine(line) } throws: { "\($0)".contains(words) }
  }

  @Test("A failure is told with its place and its run")
  func failure() throws {
    guard
      case .failed(let reason, let place) = try ProgramLine(
        #"{"error":"ZeroDivisionError","where":"a.py:3"}"#)
    else {
      Issue.record("no failure")
      return
    }
    #expect(reason == "ZeroDivisionError" && place == "a.py:3")
    #expect(
      "\(Fault(.failed, "it failed", after: [0, 1]))"
        == "it failed (in the run with the outcomes 0, 1)")
  }
}
