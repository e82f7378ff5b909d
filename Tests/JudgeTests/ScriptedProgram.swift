import JSONText

@testable import Judge

/// A program under judgement in the tests' own process: what it does with the choices it is given.
struct ScriptedProgram: Conversation {
  /// What a run asks for.
  struct Choices {
    let trail: [Double]
    var asked: [JSON] = []

    mutating func flip(_ p: Double) -> Double { ask(.number(p), p < 1 ? 0 : 1) }
    mutating func choose(_ law: [Double]) -> Int {
      Int(ask(.numbers(law), Double(law.firstIndex { $0 > 0 } ?? 0)))
    }
    mutating func normal() -> Double { ask("normal", 0) }
    mutating func uniform() -> Double { ask("uniform", 0.5) }

    private mutating func ask(_ question: JSON, _ otherwise: Double) -> Double {
      defer { asked.append(question) }
      return asked.count < trail.count ? trail[asked.count] : otherwise
    }
  }

  let estimate: (inout Choices) -> JSON
  private let next: (() -> ScriptedProgram)?
  private var answers: [String] = []

  /// A program, and what starts it again where that is not the same.
  init(
    _ estimate: @escaping (inout Choices) -> JSON, again: (() -> ScriptedProgram)? = nil
  ) {
    self.estimate = estimate
    next = again
  }

  mutating func write(_ line: String) throws(Fault) {
    guard let json = try? JSON(parsing: line) else { throw Fault(.ended, "not JSON: \(line)") }
    if json["task"] != nil { answers.append("{\"ready\":1}") }
    guard case .array(let runs)? = json["runs"] else { return }
    for case .array(let trail) in runs {
      var choices = Choices(
        trail: trail.map { if case .number(let number) = $0 { number } else { .nan } })
      let result = estimate(&choices)
      answers.append(
        JSON.object([("asked", .array(choices.asked)), ("result", result)]).text())
    }
  }

  mutating func read() throws(Fault) -> String {
    guard !answers.isEmpty else { throw Fault(.ended, "the program has nothing to say") }
    return answers.removeFirst()
  }

  func again() throws(Fault) -> ScriptedProgram { next?() ?? ScriptedProgram(estimate) }
  func close() {}
}
