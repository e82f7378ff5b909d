import JSONText
import Testing

@testable import Judge

@Suite("What is said of a program")
struct VerdictTests {
  /// A program that says what stands in a list for each trail, by its first outcome.
  private struct Scripted: Conversation {
    let lines: [Double: String]
    private var waiting: [String] = []

    init(_ lines: [Double: String]) { self.lines = lines }

    mutating func write(_ line: String) throws(Fault) {
      guard let json = try? JSON(parsing: line) else { return }
      if json["task"] != nil { waiting.append("{\"ready\":1}") }
      guard case .array(let trails)? = json["runs"] else { return }
      for case .array(let trail) in trails {
        let outcome = if case .number(let number)? = trail.first { number } else { 0.0 }
        waiting.append(lines[outcome] ?? "")
      }
    }
    mutating func read() throws(Fault) -> String { waiting.removeFirst() }
    func again() throws(Fault) -> Scripted { Scripted(lines) }
    func close() {}
  }

  // Catches: a function that returns nothing on one branch, taken for one that is not written yet.
  @Test("What returns nothing at all is not written; what returns nothing sometimes is told when")
  func nothing() {
    func fault(_ lines: [Double: String]) -> Fault? {
      var interview = Interview(Scripted(lines))
      do {
        _ = try interview.law(of: [])
        return nil
      } catch { return error }
    }
    let right = "{\"asked\":[0.5],\"result\":1}"
    #expect(fault([0: right, 1: right]) == nil)
    let unwritten = "{\"unwritten\":1}"
    #expect(fault([0: unwritten])?.kind == .unwritten)
    let sometimes = fault([0: right, 1: unwritten])
    #expect(sometimes?.kind == .result && sometimes?.trail == [1])
    #expect(sometimes?.description == "returns nothing (in the run with the outcomes 1)")
  }

  private func verdict(
    _ outcomes: [(Double, [Double])], _ target: [Double], distance: Double? = nil
  ) throws -> GradientVerdict {
    var law = ProgramLaw(
      outcomes: outcomes.enumerated().map { index, outcome in
        ProgramLaw.Outcome(
          trail: [Double(index)], probability: outcome.0, result: .numbers(outcome.1))
      }, depth: 1)
    law.quadrature = distance.map { Quadrature(words: "", distance: $0, isOfAll: true) }
    return try GradientVerdict(law, target: target, targetBound: 0, references: [])
  }

  // Catches: components that are right, told to be off by 5.6e-17.
  @Test("Of a bias only what is more than rounding is told")
  func rounding() throws {
    let third = 1.0 / 3
    let found = try verdict([(0.5, [0, 0.1]), (0.5, [1, 2 * third - 0.1])], [0, third + 1e-15])
    #expect(found.words == "biased: its mean is off by (0.5, 0)")
  }

  // Catches: quadratures that agree to six digits and are believed to sixteen, or to two.
  @Test("A law that two rules agree on to a distance is judged to some times that, and no further")
  func distances() throws {
    func holds(_ bias: Double, _ distance: Double?) throws -> Bool {
      try verdict([(0.5, [0.1]), (0.5, [0.9 + 2 * bias])], [0.5], distance: distance).holds
    }
    #expect(try holds(0, nil) && !holds(3e-6, nil))
    #expect(try holds(3e-6, 1e-6) && !holds(3e-5, 1e-6))
  }

  // Catches: of several noises the last, though an earlier one agreed less well.
  @Test("A plan of several noises agrees as well as the worst of them")
  func worstNoise() throws {
    let pair = try #require(try NoiseRulePair.candidates(for: .normal).first)
    var plan = NoisePlan()
    for (place, distance) in [1e-12, 1e-9, 1e-11].enumerated() {
      plan.add(pair, at: place, distance: distance)
    }
    #expect(plan.distance == 1e-9)
    #expect(plan.size(large: false) == 125 && plan.size(large: true) == 343)
  }

  // Catches: an interval whose upper end depends on what was drawn before.
  @Test("An interval is another question if either of its ends is another")
  func intervals() {
    let asked = Question.uniform(from: 0.2, to: 0.6)
    #expect(asked.agrees(with: .uniform(from: 0.2, to: 0.6 + 1e-14)))
    #expect(!asked.agrees(with: .uniform(from: 0.2, to: 0.61)))
    #expect(!asked.agrees(with: .uniform(from: 0.19, to: 0.6)))
  }
}
