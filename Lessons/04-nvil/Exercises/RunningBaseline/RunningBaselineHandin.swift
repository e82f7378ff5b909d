import JSONText
import LessonKit

extension RunningBaselineExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      First use, then remember: the order of two lines is the difference between an unbiased \
      gradient and one that is short by a factor which no plot shows.
      """,
    HandinPart(
      "step",
      "One step of a running mean: what is subtracted from the signals of this step, and a·m + (1 − a)·mean "
        + "for the next.",
      given: [
        .numbers("memory", "a list: empty before the first step, else the one number m"),
        .number("decay", "a, the share of the memory that a step keeps"),
        .numbers("signals", "f(z_s) of the samples of this step"),
      ],
      returns: .numbers("two numbers: the baseline and the memory for the next step"), \.step
    ) { program, right in
      { memory, decay, signals in
        let both = program.numbers([
          "memory": .given(memory.map { [$0] } ?? []), "decay": .given(decay),
          "signals": .given(signals),
        ]) {
          let right = right(memory, decay, signals)
          return [right.baseline, right.memory]
        }
        return (both[0], both[1])
      }
    })
}
