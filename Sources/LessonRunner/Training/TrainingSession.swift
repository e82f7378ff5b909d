import LessonKit

/// A training that runs to its last round, keeps what it learned on the way, and can be stopped.
struct TrainingSession {
  let lesson: Lesson
  let course: TrainingCourse
  let rounds: Int
  let store: TrainingStore
  let environment: CommandEnvironment
  private(set) var training: any Training
  /// What is said before the first round: where it begins, and why.
  private(set) var notes: [String] = []
  /// Whether it could be kept the last time that was tried.
  private var isKept = true

  /// A training that goes on where it was left, unless it is to begin afresh.
  init(
    _ lesson: Lesson, _ course: TrainingCourse, seed: UInt64, rounds: Int, isFresh: Bool,
    _ environment: CommandEnvironment
  ) throws {
    self.lesson = lesson
    self.course = course
    self.rounds = rounds
    self.environment = environment
    store = TrainingStore(course: "\(lesson.id)/\(course.id)", seed: seed, environment)
    var resumed: (any Training)?
    if !isFresh {
      do {
        if let state = try store.read() {
          resumed = try course.resume(state.numbers)
          if resumed?.round != state.round { resumed = nil }
          notes.append(
            resumed == nil
              ? "\(store.path ?? ""): no state of this training; beginning afresh"
              : "going on after round \(state.round) (--fresh begins again)")
        }
      } catch {
        resumed = nil
        notes.append("\(store.path ?? ""): \(error); beginning afresh")
      }
    }
    training = try resumed ?? course.begin(seed)
  }

  /// Makes the rounds that are left.
  ///
  /// - Parameter say: told a line now and then, where nobody sees a line that changes.
  /// - Returns: the signal that asked for an end, nil at the last round.
  /// - Throws: what a round throws.
  mutating func run(say: (String) -> Void) throws -> Int32? {
    let (watch, show) = (environment.watch, environment.showProgress)
    defer { show?("") }
    notes.forEach(say)
    watch.catchInterrupts()
    let every = max(1, rounds / 20)
    let start = watch.seconds()
    var (made, shown, kept) = (0, start, start)
    while training.round < rounds {
      try training.advance()
      made += 1
      let now = watch.seconds()
      let isLast = training.round >= rounds || watch.interrupt() != nil
      let isDue = training.round % every == 0 || isLast
      let line = TrainingProgress(
        round: training.round, rounds: rounds, made: made, seconds: now - start,
        measures: training.measures
      ).line
      if let show {
        if now - shown >= 0.1 || made == 1 || isLast {
          show(line)
          shown = now
        }
      } else if isDue {
        say(line)
      }
      if isDue || now - kept >= 10 {
        keep(say)
        kept = now
      }
      if let signal = watch.interrupt() { return training.round < rounds ? signal : nil }
    }
    return nil
  }

  /// Keeps what was learned; says once that it cannot be kept, which is no reason to stop.
  private mutating func keep(_ say: (String) -> Void) {
    do throws(CommandError) {
      try store.write(training)
      isKept = true
    } catch {
      if isKept { say("\(error.place): \(error.reason); what is learned will not be kept") }
      isKept = false
    }
  }

  /// What is said at the end of a run that was stopped.
  var farewell: String {
    isKept
      ? "stopped after round \(training.round) of \(rounds); the same call goes on from there"
      : "stopped after round \(training.round) of \(rounds); nothing was kept"
  }
}
