import JSONText
import LessonKit

extension ControlVariateExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      Three lines, and each has a trap: the mean to give back is that under q, the best c is a slope and no correlation, \
      and a c that was fitted to the draws knows them.
      """,
    HandinPart(
      "coefficient", "c*, the coefficient of least variance.",
      given: [
        .numbers("probabilities", "q(z)"), .numbers("signals", "f(z)"),
        .numbers("control", "h(z)"),
      ], returns: .number("c*"), \.coefficient
    ) { program, right in
      { probabilities, signals, control in
        program.number([
          "probabilities": .given(probabilities), "signals": .given(signals),
          "control": .given(control),
        ]) { right(probabilities, signals, control) }
      }
    },
    HandinPart(
      "corrected", "The mean over the draws of f − c (h − E[h]).",
      given: drawn + [.number("mean", "E[h]"), .number("coefficient", "c")],
      returns: .number("the mean"), \.corrected
    ) { program, right in
      { signals, control, mean, coefficient in
        program.number([
          "signals": .given(signals), "control": .given(control), "mean": .given(mean),
          "coefficient": .given(coefficient),
        ]) { right(signals, control, mean, coefficient) }
      }
    },
    HandinPart(
      "fitted", "ĉ, the slope of f on h over the draws; 0 where all h agree.", given: drawn,
      returns: .number("ĉ"), \.fitted
    ) { program, right in
      { signals, control in
        program.number(["signals": .given(signals), "control": .given(control)]) {
          right(signals, control)
        }
      }
    })

  private static let drawn: [HandinArgument] = [
    .numbers("signals", "f at the draws"), .numbers("control", "h at the draws"),
  ]
}
