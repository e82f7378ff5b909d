public import JSONText

extension JSONRendering {
  /// The lessons with their exercises.
  public static func list(_ lessons: [Lesson]) -> JSON {
    ["lessons": .array(lessons.map(summary))]
  }

  private static func summary(_ lesson: Lesson) -> JSON {
    let exercises = lesson.inquiries.map { exercise -> JSON in
      [
        "id": .string(exercise.id), "title": .string(exercise.title),
        "checks": .strings(exercise.checks.map { lesson.checkID(exercise, $0.id) }),
        "mistakes": .strings(exercise.mistakes.map(\.name)),
      ]
    }
    return [
      "id": .string(lesson.id), "title": .string(lesson.title),
      "summary": .string(lesson.summary), "exercises": .array(exercises),
    ]
  }

  /// The mistakes with the checks that refuse each.
  public static func mistakes(_ catalogue: MistakeCatalogue) -> JSON {
    let entries = catalogue.entries.map { entry -> JSON in
      [
        "lesson": .string(entry.lesson), "exercise": .string(entry.inquiry),
        "name": .string(entry.mistake.name), "summary": .string(entry.mistake.summary),
        "source": entry.mistake.source.map(JSON.string) ?? .null,
        "caughtBy": .strings(entry.caughtBy),
      ]
    }
    return ["mistakes": .array(entries)]
  }
}
