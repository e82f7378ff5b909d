import Verification

/// What of a book takes long, in pieces that know nothing of each other.
///
/// All pieces of all lessons stand in one line, from which every processor takes the next.
struct BookPiece: Sendable {
  private enum Work: Sendable {
    case block(Block)
    case mistakes(any Inquiry)
    case experiment(Experiment)
  }

  private enum Found: Sendable {
    case parts([LessonRun.Part])
    case mistakes(String, [MistakeRun])
    case experiment(String, HTML)
  }

  private let lesson: Lesson
  private let work: Work

  /// The lessons of a book, run.
  static func lessons(of book: Book, observe: @Sendable (String) -> Void) -> [BookLesson] {
    let request = RunRequest(plan: book.plan)
    let line = book.lessons.map { pieces(of: $0, request) }
    var found = line.flatMap(\.self).concurrentMap { piece in
      observe(piece.lesson.id)
      return piece.found(request, book)
    }[...]
    return zip(book.lessons, line).map { lesson, pieces in
      defer { found = found.dropFirst(pieces.count) }
      return put(together: found.prefix(pieces.count), lesson, request, book)
    }
  }

  private static func pieces(of lesson: Lesson, _ request: RunRequest) -> [BookPiece] {
    (lesson.blocks(request).map(Work.block) + lesson.inquiries.map(Work.mistakes)
      + lesson.experiments.map(Work.experiment))
      .map { BookPiece(lesson: lesson, work: $0) }
  }

  private func found(_ request: RunRequest, _ book: Book) -> Found {
    switch work {
    case .block(let block): .parts(lesson.parts(block, request))
    case .mistakes(let inquiry):
      .mistakes(inquiry.id, lesson.mistakeRuns(inquiry, seed: request.plan.seed))
    case .experiment(let experiment):
      .experiment(
        experiment.id, BookExperiment(text: book.text, experiment: experiment).markup)
    }
  }

  private static func put(
    together found: ArraySlice<Found>, _ lesson: Lesson, _ request: RunRequest, _ book: Book
  ) -> BookLesson {
    var parts: [[LessonRun.Part]] = []
    var mistakes: [String: [MistakeRun]] = [:]
    var experiments: [String: HTML] = [:]
    for piece in found {
      switch piece {
      case .parts(let some): parts.append(some)
      case .mistakes(let inquiry, let runs): mistakes[inquiry] = runs
      case .experiment(let name, let markup): experiments[name] = markup
      }
    }
    return BookLesson(
      lesson.run(request, found: parts), mistakes: mistakes, experiments: experiments, in: book)
  }
}
