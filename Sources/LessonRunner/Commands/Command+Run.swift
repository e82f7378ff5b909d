import JSONText
import LessonKit
import Verification

extension Command {
  /// Lessons read and judged.
  static let run = Command(
    name: "run", usage: "run LESSON... | all",
    summary: "read lessons, every line checked on random models",
    details: """
      Runs lessons: prose, derivations, tables and pictures, with the numbers of one small model \
      under every formula and the verdict over many random ones.

      A lesson answers to its id, its number, or any part of its name that no other has: \
      04-nvil, 4, 04, nvil.

      The verdict is in the relation's own measure: for = the relative difference, for ≥ and ≤ \
      the shortfall below zero and the error of the stated gap, for ≈ the difference and the \
      computed bound, for ≠ the distance to the smallest difference wanted, for → the departure \
      from the stated order. What is allowed follows from rounding or from a computed bound.

      A refused line shows the smallest model found that refuses it, with a token: --case \
      replays it.

          lessons run 04-nvil
          lessons run 4 --only unbiased --models 2000
          lessons run jensen --mistake forgets-the-entropy
          lessons run all --perturb 1e-6
      """,
    options: [.seed, .models, .only, .replay, .mistake, .perturb, .timings, .json]
  ) { (invocation) throws(CommandError) in
    let plan = try RunPlan(
      invocation.arguments, names: invocation.environment.course, page: invocation.environment.page)
    return invocation.run(plan)
  }
}

extension Invocation {
  /// Runs lessons one after the other; each is written as soon as it is done.
  mutating func run(_ plan: RunPlan) -> ExitStatus {
    let rendering = TerminalRendering(environment.page)
    var runs: [LessonRun] = []
    for lesson in plan.lessons {
      let clock = ContinuousClock()
      let start = clock.now
      let run = lesson.run(plan.request)
      let elapsed = clock.now - start
      runs.append(run)
      if !plan.isJSON {
        write((runs.count > 1 ? [""] : []) + rendering.lines(run))
        if plan.showsTimings { write(["  \(lesson.id) took \(milliseconds(elapsed)) ms"]) }
      }
    }
    if plan.isJSON {
      output.write(JSONRendering.object(runs, seed: plan.request.plan.seed).text(.pretty) + "\n")
    } else if runs.count > 1 {
      write([""] + runs.flatMap(rendering.summary))
    }
    return runs.allSatisfy(\.holds) ? .held : .failed
  }

  private func milliseconds(_ duration: Duration) -> Int {
    Int(duration.components.seconds) * 1000
      + Int(duration.components.attoseconds / 1_000_000_000_000_000)
  }
}
