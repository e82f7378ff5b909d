import LessonKit

/// Settings of an experiment in somebody's hands, and what a key does to them: a value.
struct Trial {
  let experiment: Experiment
  private(set) var settings: Experiment.Settings
  /// The control that moves, and which of its numbers.
  private(set) var control = 0
  private(set) var component = 0
  private(set) var top = 0

  init(_ experiment: Experiment, at settings: Experiment.Settings? = nil) {
    self.experiment = experiment
    self.settings = settings ?? experiment.start
  }

  /// Does what a key says; false to leave.
  mutating func press(_ key: Key, lines: Int, room: Int) -> Bool {
    switch key {
    case .gone, .escape, .character("q"): return false
    case .up, .character("k"), .character("+"): move(by: 1)
    case .down, .character("j"), .character("-"): move(by: -1)
    case .right, .character("l"), .tab: choose(after: 1)
    case .left, .character("h"): choose(after: -1)
    case .character("r"): settings = experiment.start
    case .character(" "), .pageDown: top += max(1, room - 1)
    case .character("b"), .pageUp: top -= max(1, room - 1)
    case .character(let digit):
      if let number = digit.wholeNumberValue, number > 0, number <= experiment.marks.count {
        settings = experiment.settings(marked: experiment.marks[number - 1].name) ?? settings
      }
    default: break
    }
    top = min(max(0, top), max(0, lines - room))
    return true
  }

  private mutating func move(by steps: Int) {
    settings = experiment.moved(settings, control: control, component: component, by: steps)
  }

  /// Goes through the numbers of all controls, round and round.
  private mutating func choose(after steps: Int) {
    let places = experiment.controls.indices.flatMap { control in
      experiment.start.list(experiment.controls[control].name).indices.map { (control, $0) }
    }
    guard let here = places.firstIndex(where: { $0 == (control, component) }) else { return }
    (control, component) = places[(here + steps + places.count) % places.count]
  }
}
