import LessonKit

/// Moving things on a screen.
struct TrialSession {
  private let lesson: Lesson
  private let environment: CommandEnvironment
  private let screen: any Screen
  private var trial: Trial

  init(
    _ experiment: Experiment, _ lesson: Lesson, _ environment: CommandEnvironment,
    _ screen: any Screen, settings: Experiment.Settings? = nil
  ) {
    self.lesson = lesson
    self.environment = environment
    self.screen = screen
    trial = Trial(experiment, at: settings)
  }

  /// Moves until somebody leaves; the screen is open.
  mutating func run() {
    var goesOn = true
    while goesOn {
      let size = screen.size
      let style = TerminalStyle(width: size.columns, isColoured: environment.isColoured)
      let rendering = TerminalRendering(style)
      let chosen = (control: trial.control, component: trial.component)
      let lines = Fitting.folded(
        rendering.lines(trial.experiment, at: trial.settings, chosen: chosen, in: lesson.id),
        width: style.width)
      screen.show(
        rendering.screen(
          head: trial.experiment.title, aside: "\(lesson.id)/\(trial.experiment.id)", lines: lines,
          top: trial.top, rows: size.rows, keys: keys))
      goesOn = trial.press(
        screen.key(), lines: lines.count, room: TerminalRendering.room(rows: size.rows))
    }
  }

  private var keys: [TerminalRendering.KeyHint] {
    [("↑↓", "change"), ("←→", "choose"), ("q", "leave"), ("r", "as it was")]
      + zip(1..., trial.experiment.marks).map { (key: "\($0)", does: $1.name) }
  }
}
