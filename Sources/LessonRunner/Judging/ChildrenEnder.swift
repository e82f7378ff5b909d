import CChildren
import Dispatch

/// Ends all programs under judgement as soon as somebody asks for an end, so that nobody waits for
/// one that has none.
struct ChildrenEnder {
  private let timer: any DispatchSourceTimer

  /// From now on signals that ask for an end are noted, and looked for ten times a second.
  init(_ watch: TrainingWatch) {
    watch.catchInterrupts()
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "signals"))
    timer.schedule(deadline: .now(), repeating: .milliseconds(100))
    timer.setEventHandler { if watch.interrupt() != nil { children_end() } }
    timer.activate()
  }

  func stop() { timer.cancel() }
}
