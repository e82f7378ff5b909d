import JSONText
import LessonKit
import Probability

extension LeaveOneOutExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      The others' mean costs nothing: no memory, no network, no second pass. The batch mean would \
      have been the same up to the factor S/(S − 1), which is why the one is called a bias and the \
      other a step size.
      """,
    HandinPart(
      "baselines", "For each sample of a batch the mean of the other samples' signals.",
      given: [.numbers("signals", "f(z_s) of the S samples, S at least 2")],
      returns: .numbers("one number a sample"), \.baseline
    ) { program, right in FromOutside(program: program, right: right) })
}

/// A baseline that a program outside tells.
private struct FromOutside: Baseline {
  let program: OutsidePart
  let right: any Baseline

  func baselines(for signals: [Double]) throws(ChoiceError) -> PerSample {
    var right = right
    let wanted = Array(try right.baselines(for: signals))
    return PerSample(program.numbers(["signals": .given(signals)]) { wanted })
  }
}
