public import LessonKit

/// Lesson 02-exact-marginals.
public enum Lesson02 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(
    id: "02-exact-marginals", title: "", summary: "", blocks: [])
}
