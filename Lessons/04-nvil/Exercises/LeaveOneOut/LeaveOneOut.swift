import Approximate
import GSL
import LessonKit
import Probability

extension LeaveOneOutExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, LeaveOneOutProblem>(
    id: "leave-one-out",
    title: "The others as a baseline",
    task: """
      Write `baselines`: for each sample of a batch the mean of the other samples' signals. \
      Nothing has to be learnt or remembered, and two samples are enough.
      """,
    hints: [
      "The samples are independent, so what the others say is a constant for this one.",
      "There are S − 1 others.",
      "(Σ_r f_r − f_s) / (S − 1), for each s.",
    ],
    example: .twoFactors,
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      So the mean is right, and the last line says by how much a baseline with itself in it is \
      too small. What is left of the noise has a name:
      """)

  static let answer = Parts(baseline: LeaveOneOut())
}

// MARK: The ways to get it wrong

extension LeaveOneOutExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "includes-itself", "subtracts the mean of the whole batch: the gradient shrinks by 1 − 1/S",
      source: "CoursIA #15256; VarGrad with 1/n; E-063", \.baseline, MeanOfTheBatch()),
    Mistake(
      "divides-by-all", "the sum of the others, divided by S instead of S − 1", \.baseline,
      Spoilt { signals, s in others(signals, s).reduce(0, +) / Double(signals.count) }),
    Mistake(
      "takes-the-next", "the signal of one other sample only", \.baseline,
      Spoilt { signals, s in signals[(s + 1) % signals.count] }),
    Mistake(
      "takes-the-earlier", "the mean of the samples drawn before, and nothing for the first",
      \.baseline,
      Spoilt { signals, s in s == 0 ? 0 : signals[..<s].reduce(0, +) / Double(s) }),
    Mistake(
      "takes-the-best", "the largest signal of the others, as a self-critic would",
      source: "self-critical training (Rennie 2017) with sampled rivals", \.baseline,
      Spoilt { signals, s in others(signals, s).max() ?? 0 }),
    Mistake(
      "averages-the-weights",
      "log of the mean of e^f over the others: a baseline for another bound",
      source: "VIMCO (Mnih and Rezende 2016), arithmetic mean", \.baseline,
      Spoilt { signals, s in logSumExp(others(signals, s)) - log(Double(signals.count - 1)) }),
    Mistake(
      "counts-itself-twice", "(Σ f + f_s) / (S + 1): the sample goes in again instead of out",
      \.baseline,
      Spoilt { signals, s in (signals.reduce(0, +) + signals[s]) / Double(signals.count + 1) }),
  ]

  private static func others(_ signals: [Double], _ s: Int) -> [Double] {
    signals.indices.filter { $0 != s }.map { signals[$0] }
  }
}

/// A baseline for sample s that is not quite the mean of the others.
private struct Spoilt: Baseline {
  let rule: @Sendable (_ signals: [Double], _ sample: Int) -> Double

  init(_ rule: @escaping @Sendable ([Double], Int) -> Double) { self.rule = rule }

  func baselines(for signals: [Double]) -> PerSample {
    PerSample(signals.count) { rule(signals, $0) }
  }
}

/// The mean of the whole batch: c_s = (1/S) Σ_r f(z_r), which leaves 1 − 1/S of the gradient.
struct MeanOfTheBatch: Baseline {
  func baselines(for signals: [Double]) -> PerSample {
    let mean = signals.reduce(0, +) / Double(signals.count)
    return PerSample(repeating: mean, count: signals.count)
  }
}
