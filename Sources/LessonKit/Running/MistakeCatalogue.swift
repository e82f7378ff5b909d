public import Verification

/// The mistakes of lessons with the checks that were seen to refuse them.
public struct MistakeCatalogue: Sendable {
  /// A mistake, judged.
  public struct Entry: Sendable, Equatable {
    /// The lesson.
    public let lesson: String
    /// The exercise.
    public let exercise: String
    /// The mistake.
    public let mistake: MistakeSummary
    /// The names of the checks that refuse it.
    public let caughtBy: [String]
    /// How many lines its exercise has.
    public let lines: Int
  }

  /// The lessons asked about, with or without mistakes.
  public let lessons: [Lesson]
  /// The mistakes, lesson by lesson.
  public let entries: [Entry]

  /// Judges every mistake of lessons up to its first refusal on each line.
  public init(of lessons: [Lesson], plan: SearchPlan) {
    var quick = plan
    quick.stopsAtRefusal = true
    self.lessons = lessons
    entries = lessons.flatMap { lesson in
      lesson.exercises.flatMap { exercise in
        exercise.mistakes.map { mistake in
          let reports = exercise.judge(mistake.name, lines: nil, plan: quick) ?? []
          return Entry(
            lesson: lesson.id, exercise: exercise.id, mistake: mistake,
            caughtBy: reports.filter { !$0.holds }.map { lesson.checkID(exercise, $0.id) },
            lines: exercise.lines.count)
        }
      }
    }
  }
}
