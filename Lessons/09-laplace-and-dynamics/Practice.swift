import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [],
  suggestions: [],
  homework: "mode-and-curvature")

/// Where to read on.
let reading: [Lesson.Reading] = []
