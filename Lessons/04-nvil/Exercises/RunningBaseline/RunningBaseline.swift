import Approximate
import LessonKit

extension RunningBaselineExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, RunningBaselineProblem>(
    id: "running-baseline",
    title: "A baseline that must not look",
    task: """
      Write `step`, a running mean of the signal. It is told the signals of the present \
      samples and returns two numbers: the baseline that is subtracted from these very signals, and \
      the memory for the next step, a·m + (1 − a)·(mean of the signals). Before the first step \
      there is no memory: subtract nothing, remember the mean.
      """,
    hints: [
      "A baseline may depend on everything except the sample whose signal it is subtracted from.",
      "Use the memory first, and only then update it.",
      "The baseline is the memory as it came in, or 0 if there was none.",
      """
      let mean = signals.reduce(0, +) / Double(signals.count), then \
      return (memory ?? 0, memory.map { decay * $0 + (1 - decay) * mean } ?? mean).
      """,
    ],
    example: .twoFactors,
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin)

  /// The library's running mean, from one step to the next.
  static let answer = Parts(step: { memory, decay, signals in
    var running = RunningMean(decay: decay, startingAt: memory)
    let baselines = running.baselines(for: signals)
    return (baselines.first ?? .nan, running.memory ?? .nan)
  })
}
