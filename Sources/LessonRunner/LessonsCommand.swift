public import Approximate
import CTerminal
import Glibc
public import LessonKit

/// What the command is about: the lessons, and the ledger of what the lectures state.
///
/// The command knows no lesson; the executable hands them in, so that a changed lesson leaves the
/// command as it was built.
public struct Course: Sendable {
  /// The lessons in the order in which they are read.
  public let lessons: [Lesson]
  /// `Reference/claims.json`, byte for byte.
  let claims: String
  /// `Reference/errata.json`, byte for byte.
  let errata: String
  /// `Reference/glossary.md`, byte for byte.
  let glossary: String
  /// `Reference/bibliography.md`, byte for byte.
  let bibliography: String
  /// The lesson whose exercises are about gradient estimators, if there is one.
  let lessonOfEstimators: Lesson?
  /// Its mistakes that can stand in the place of an estimator of the library.
  let estimatorMistakes: [EstimatorMistake]

  /// A course.
  public init(
    lessons: [Lesson], claims: String, errata: String, glossary: String = "",
    bibliography: String = "", lessonOfEstimators: Lesson? = nil,
    estimatorMistakes: [EstimatorMistake] = []
  ) {
    self.lessons = lessons
    self.claims = claims
    self.errata = errata
    self.glossary = glossary
    self.bibliography = bibliography
    self.lessonOfEstimators = lessonOfEstimators
    self.estimatorMistakes = estimatorMistakes
  }
}

/// The command `lessons`.
public enum LessonsCommand {
  /// Answers the call that the process was started with, and ends it.
  public static func main(_ course: Course) -> Never {
    Machine.ignoreClosedPipes()
    var streams = StandardStreams()
    let status = run(
      arguments: Array(CommandLine.arguments.dropFirst()), environment: Machine.environment(course),
      output: &streams)
    streams.finish()
    if output_failed() != 0 {
      StandardStreams.complain("lessons: standard output: what was written is lost\n")
      exit(ExitStatus.unusable.rawValue)
    }
    exit(status.rawValue)
  }
}
