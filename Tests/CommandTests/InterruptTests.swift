import Glibc
import Testing

@testable import LessonRunner

@Suite("Signals that ask for an end") struct InterruptTests {
  // Catches: whoever presses Ctrl-C again, and is told to wait a second time.
  @Test("The first is noted, so that what was done is kept; a second one of its kind ends at once")
  func second() {
    let watch = Machine.environment(.real).watch
    defer { for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) } }
    watch.catchInterrupts()
    #expect(watch.interrupt() == nil)
    raise(SIGHUP)
    #expect(watch.interrupt() == SIGHUP)
    // What is done with a signal is told where it is set anew: nothing special with the one that came, which ends
    // the process, while the others are still waited for.
    let (came, other) = (signal(SIGHUP, SIG_DFL), signal(SIGTERM, SIG_DFL))
    #expect(came == nil && other != nil)
  }
}
