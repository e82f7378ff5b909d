public import LessonKit

/// Lesson 04-nvil.
public enum Lesson04 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(id: "04-nvil", title: "", summary: "", blocks: [])
}
