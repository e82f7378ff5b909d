import LessonKit

extension CommandEnvironment {
  /// What `lessons` alone shows between two lessons, and where no page can be turned: the lessons, how
  /// far one is, and how to go on.
  var welcome: [String] {
    let progress = progress
    let lessons = course.lessons
    let rendering = TerminalRendering(page)
    var lines = [rendering.heading("Tightbound: variational inference you can check"), ""]
    lines += rendering.progress(lessons) { progress.has(.init(lesson: $0, section: $1)) }
    lines += [""] + next(progress, lessons)
    lines += Wrapping.paragraph("lessons --help says what else there is.", width: page.measure)
    return Fitting.folded(lines, width: page.width)
  }

  /// Whether a lesson was begun and not read to its end.
  var isInALesson: Bool {
    guard let last = progress.last,
      let lesson = course.lessons.first(where: { $0.id == last.lesson })
    else { return false }
    return LessonPages(lesson).ids.dropLast().contains(last.section)
  }

  private func next(_ progress: Progress, _ lessons: [Lesson]) -> [String] {
    guard let last = progress.last, let lesson = lessons.first(where: { $0.id == last.lesson }),
      let index = LessonPages(lesson).ids.firstIndex(of: last.section)
    else {
      guard let first = lessons.first else { return [] }
      return ["begin: lessons read \(first.id.prefix { $0 != "-" })"]
    }
    let pages = LessonPages(lesson)
    // At the end of a lesson the next one is next.
    if index == pages.ids.count - 1, let place = lessons.firstIndex(where: { $0.id == lesson.id }),
      place + 1 < lessons.count
    {
      let following = lessons[place + 1]
      return Wrapping.paragraph(
        "continue: lessons read \(following.id.prefix { $0 != "-" })   \(following.title)",
        width: page.measure, rest: "  ")
    }
    return Wrapping.paragraph(
      "continue: lessons read   \(lesson.id), section \(index + 1) of \(pages.ids.count): "
        + pages.titles[index], width: page.measure, rest: "  ")
  }
}
