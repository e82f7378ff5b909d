public import LessonKit

/// Lesson 01-kl-forms.
public enum Lesson01 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(id: "01-kl-forms", title: "", summary: "", blocks: [])
}
