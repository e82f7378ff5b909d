import JSONText
import LessonKit
import Probability
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
          lessons run 4 --only one-sample --models 2000
          lessons run jensen --mistake forgets-the-entropy
          lessons run all --perturb 1e-6
      """,
    options: [.seed, .models, .only, .replay, .mistake, .all, .claims, .perturb, .timings, .json],
    isPaged: true
  ) { (invocation) throws(CommandError) in
    let plan = try RunPlan(
      invocation.arguments, names: invocation.environment.lessonNames,
      page: invocation.environment.page)
    return invocation.run(plan)
  }
}

extension Invocation {
  /// Runs lessons one after the other; each is written as soon as it is done.
  mutating func run(_ plan: RunPlan) -> ExitStatus {
    let rendering = TerminalRendering(environment.page)
    var runs: [LessonRun] = []
    for lesson in plan.lessons {
      var stopwatch = Stopwatch()
      let run =
        plan.showsTimings
        ? lesson.run(plan.request) { stopwatch.lap($0) } : lesson.run(plan.request)
      runs.append(run)
      guard !plan.isJSON else { continue }
      write((runs.count > 1 ? [""] : []) + rendering.lines(run))
      if plan.showsTimings { write(stopwatch.lines(lesson)) }
    }
    if plan.isJSON {
      output.write(JSONRendering.object(runs, seed: plan.request.plan.seed).text(.pretty) + "\n")
    } else if runs.count > 1 {
      write([""] + runs.flatMap(rendering.summary))
    }
    return runs.allSatisfy(\.holds) ? .held : .failed
  }
}

/// How long the parts of a lesson took.
private struct Stopwatch {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var laps: [(name: String, time: Duration)] = []

  init() {
    start = clock.now
    last = start
  }

  mutating func lap(_ part: LessonRun.Part) {
    let now = clock.now
    switch part {
    case .inquiry(let run): laps.append((run.inquiry.id, now - last))
    case .table(let table): laps.append((table.title, now - last))
    case .picture(let picture): laps.append((picture.title, now - last))
    case .prose, .given, .code, .experiment, .failure: break
    }
    last = now
  }

  func lines(_ lesson: Lesson) -> [String] {
    (laps + [(lesson.id, last - start)]).map { name, time in
      let microseconds = time / .microseconds(1)
      return "  took \(Format.fixed(microseconds / 1000, decimals: 1)) ms: \(name)"
    }
  }
}
