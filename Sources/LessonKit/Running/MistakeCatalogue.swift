public import Verification

/// The mistakes of lessons with the checks that were seen to refuse them.
public struct MistakeCatalogue: Sendable {
  /// A mistake, judged.
  public struct Entry: Sendable, Equatable {
    /// The lesson.
    public let lesson: String
    /// The derivation or exercise.
    public let inquiry: String
    /// The mistake.
    public let mistake: MistakeSummary
    /// The names of the checks that refuse it.
    public let caughtBy: [String]
    /// How many checks there could be.
    public let checks: Int
  }

  /// The lessons asked about, with or without mistakes.
  public let lessons: [Lesson]
  /// The mistakes, lesson by lesson.
  public let entries: [Entry]

  /// The models on which mistakes are judged unless more are asked for.
  ///
  /// A wrong implementation is wrong nearly everywhere: on the first six problems of seed 1 every
  /// check refuses the mistakes that it refuses on twenty. A check that would need more is listed
  /// as catching less than it does, never more.
  public static let problems = 10

  /// The plan by which mistakes are judged where they are not the subject of the call.
  static func plan(seed: UInt64, problems: Int) -> SearchPlan {
    SearchPlan(seed: seed, problems: min(problems, Self.problems), stopsAtRefusal: true)
  }

  /// Judges every mistake of lessons up to its first refusal by each check.
  ///
  /// - Parameters:
  ///   - lessons: the lessons.
  ///   - plan: the models on which they are judged.
  ///   - isWanted: whether a mistake of an exercise is asked about; every one unless said otherwise.
  public init(
    of lessons: [Lesson], plan: SearchPlan,
    where isWanted: (_ exercise: String, _ mistake: String) -> Bool = { _, _ in true }
  ) {
    var quick = plan
    quick.stopsAtRefusal = true
    self.lessons = lessons
    entries = lessons.flatMap { lesson in
      lesson.inquiries.flatMap { inquiry in
        inquiry.mistakes.filter { isWanted(inquiry.id, $0.name) }.map { mistake in
          let reports = inquiry.judge(mistake.name, checks: nil, plan: quick) ?? []
          return Entry(
            lesson: lesson.id, inquiry: inquiry.id, mistake: mistake,
            caughtBy: reports.filter { !$0.holds }.map { lesson.checkID(inquiry, $0.id) },
            checks: inquiry.checks.count)
        }
      }
    }
  }
}
