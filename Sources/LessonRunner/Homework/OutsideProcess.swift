import JSONText
import Judge
import LessonKit
import Synchronization

/// A program under judgement that is asked for the functions of an exercise.
///
/// It is started at the first question, and again after it has failed.
final class OutsideProcess: OutsideProgram {
  private struct State {
    var child: ChildProcess?
    var interview: Interview<ChildProcess>?
    /// The end of what it wrote to standard error.
    var complaints = ""
    var cages: [String] = []
  }

  private let exercise: String
  private let plan: ChildProcess.Plan
  private let limits: InterviewLimits
  private let state = Mutex(State())

  init(exercise: String, plan: ChildProcess.Plan, limits: InterviewLimits = InterviewLimits()) {
    self.exercise = exercise
    self.plan = plan
    self.limits = limits
  }

  func value(of part: String, given: JSON) throws(OutsideFault) -> JSON {
    try ask(part, given) { interview, task throws(Fault) in try interview.value(of: task) }
  }

  func law(of part: String, given: JSON) throws(OutsideFault) -> [OutsideOutcome] {
    let law = try ask(part, given) { interview, task throws(Fault) in try interview.law(of: task) }
    return law.outcomes.map { OutsideOutcome(probability: $0.probability, result: $0.result) }
  }

  private func ask<Answer: Sendable>(
    _ part: String, _ given: JSON,
    _ question: (inout Interview<ChildProcess>, JSON) throws(Fault) -> Answer
  ) throws(OutsideFault) -> Answer {
    let task: JSON = ["exercise": .string(exercise), "part": .string(part), "given": given]
    return try state.withLock { state throws(OutsideFault) in
      do throws(Fault) {
        var interview = try started(&state)
        defer { state.interview = interview }
        return try question(&interview, task)
      } catch {
        if error.kind == .unwritten { throw .unwritten }
        close(&state)
        throw .failed(error.description)
      }
    }
  }

  private func started(_ state: inout State) throws(Fault) -> Interview<ChildProcess> {
    if let interview = state.interview { return interview }
    let child = try ChildProcess(plan)
    state.child = child
    state.cages = child.cages
    return Interview(child, limits: limits)
  }

  private func close(_ state: inout State) {
    if let child = state.child {
      let all = [child.complaints, state.interview?.witness?.complaints ?? ""]
      if let complaints = all.first(where: { !$0.isEmpty }) { state.complaints = complaints }
      state.interview?.dismissWitness()
      child.close()
    }
    state.child = nil
    state.interview = nil
  }

  /// Ends it: the end of what it wrote to standard error, and what held it back.
  func finish() -> (complaints: String, cages: [String]) {
    state.withLock { state in
      close(&state)
      return (state.complaints, state.cages)
    }
  }
}
