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

  /// The models on which mistakes are judged unless more are asked for.
  ///
  /// A wrong implementation is wrong nearly everywhere: on the first ten models of seed 1 every
  /// line refuses the mistakes that it refuses on two hundred, at a twentieth of the time. A
  /// line that would need more is listed as catching less than it does, never more.
  public static let models = 20

  /// The plan by which mistakes are judged where they are not the subject of the call.
  static func plan(seed: UInt64, models: Int) -> SearchPlan {
    SearchPlan(seed: seed, models: min(models, Self.models), stopsAtRefusal: true)
  }

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
