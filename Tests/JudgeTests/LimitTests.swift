import GSL
import JSONText
import Probability
import Testing

@testable import Judge

@Suite("An interview refuses at its limits")
struct InterviewLimitTests {
  private func law(
    _ limits: InterviewLimits = InterviewLimits(),
    of estimate: @escaping (inout ScriptedProgram.Choices) -> JSON,
    again: (() -> ScriptedProgram)? = nil
  ) throws -> ProgramLaw {
    var interview = Interview(ScriptedProgram(estimate, again: again), limits: limits)
    return try interview.law(of: ["exercise": "test"])
  }

  private func coin(_ p: Double, _ scale: Double = 1) -> (inout ScriptedProgram.Choices) -> JSON {
    { .number(scale * $0.flip(p)) }
  }

  // Catches: a second time with another result or other probabilities that is not noticed.
  @Test("The second process must say the same to ten digits")
  func again() throws {
    #expect(try law(of: coin(0.25)).repeated == 2)
    #expect(throws: Fault.self) {
      try law(of: coin(0.25), again: { ScriptedProgram(coin(0.25 + 1e-6)) })
    }
    #expect(throws: Fault.self) {
      try law(of: coin(0.25), again: { ScriptedProgram(coin(0.25, 1 + 1e-9)) })
    }
    #expect(
      try law(of: coin(0.25), again: { ScriptedProgram(coin(0.25, 1 + 1e-13)) }).repeated == 2)
  }

  // Catches: other choices after the same outcomes.
  @Test("A program that asks for other probabilities after the same outcomes is told so")
  func otherChoices() {
    var runs = 0
    let fault = #expect(throws: Fault.self) {
      try law(of: { choices in
        runs += 1
        return .number(choices.flip(0.5 + (runs > 1 ? 1e-4 : 0)) + choices.flip(0.5))
      })
    }
    #expect(fault?.kind == .ownNumbers)
  }

  // Catches: a cap that is twice as high, and runs of any length.
  @Test("Outcomes and choices up to the cap")
  func caps() throws {
    func flips(_ count: Int) -> (inout ScriptedProgram.Choices) -> JSON {
      { choices in .number((0..<count).reduce(0) { sum, _ in sum + choices.flip(0.5) }) }
    }
    #expect(try law(InterviewLimits(outcomes: 8), of: flips(3)).outcomes.count == 8)
    #expect(throws: Fault.self) { try law(InterviewLimits(outcomes: 7), of: flips(3)) }
    #expect(try law(InterviewLimits(choices: 3), of: flips(3)).outcomes.count == 8)
    #expect(throws: Fault.self) { try law(InterviewLimits(choices: 2), of: flips(3)) }
    #expect(throws: Fault.self) {
      try law(InterviewLimits(outcomes: 4), of: { .number($0.normal()) })
    }
  }

  // Catches: a program that remembers what it was told, and moves its probabilities a little.
  @Test("Two runs ask for the same if they do so to twelve digits")
  func agreement() {
    let asked: [Question] = [.flip(0.3), .choose([0.3, 0.7]), .uniform(from: 0.3, to: 1)]
    func moved(_ by: Double) -> [Question] {
      [.flip(0.3 + by), .choose([0.3 + by, 0.7 - by]), .uniform(from: 0.3 + by, to: 1)]
    }
    for (question, (near, far)) in zip(asked, zip(moved(1e-13), moved(1e-9))) {
      #expect(question.agrees(with: near) && !question.agrees(with: far))
    }
    #expect(!Question.flip(0.3).agrees(with: .choose([0.7, 0.3])))
  }

  // Catches: questions whose probabilities do not add up, and intervals without width.
  @Test("Questions are read strictly")
  func questions() {
    func read(_ text: String) -> Question? {
      (try? JSON(parsing: text)).flatMap { try? Question(JSONPlace($0)) }
    }
    #expect(read("[0.5, 0.5000000005]") != nil && read("[0.5, 0.500000002]") == nil)
    #expect(read("{\"uniform\": [0.2, 0.3]}") != nil && read("{\"uniform\": [0.3, 0.3]}") == nil)
    #expect(
      (try? ProgramLine("{\"ready\":1}")) != nil && (try? ProgramLine("{\"ready\":2}")) == nil)
  }

  // Catches: quadratures that agree on the mean alone, or on nothing.
  @Test("Noise whose square is not integrated is refused, though its mean is")
  func squares() {
    // Odd, with a kink: every symmetric rule has the mean 0, none the mean square.
    #expect(throws: Fault.self) {
      try law(of: { .number({ $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }($0.normal()) as Double) })
    }
  }

  // Catches: biases of a thousandth, single precision, and programs that choose nothing.
  @Test("A gradient is judged to nine digits, or to single precision, and must be estimated")
  func verdicts() throws {
    func verdict(
      _ target: Double, _ estimate: @escaping (inout ScriptedProgram.Choices) -> JSON
    ) throws -> GradientVerdict {
      try GradientVerdict(
        try law(of: estimate), target: [target], targetBound: 0, references: [])
    }
    let third: (inout ScriptedProgram.Choices) -> JSON = { .number($0.flip(0.5) * 2 / 3) }
    #expect(try verdict(1.0 / 3, third).holds)
    #expect(!(try verdict(1.0 / 3 + 1e-7, third).holds))
    let single: (inout ScriptedProgram.Choices) -> JSON = {
      .number(Double(Float($0.flip(0.5) * 2 / 3)))
    }
    #expect(try verdict(1.0 / 3, single).holds)
    #expect(!(try verdict(1.0 / 3 + 1e-4, single).holds))
    let computed = try verdict(0.25, { _ in 0.25 })
    #expect(!computed.holds && computed.isWithoutChoices)
  }
}
