public import LessonKit

/// Lesson 03-mean-field.
public enum Lesson03 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(id: "03-mean-field", title: "", summary: "", blocks: [])
}
