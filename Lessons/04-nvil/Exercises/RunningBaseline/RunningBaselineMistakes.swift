import Approximate
import GSL
import LessonKit

extension Page {
  static let runningBaselineMistakes: [Mistake<any RunningBaselineForm>] = [
    Mistake(
      "leaks-its-sample", "updates the running mean first and subtracts the new one",
      source: "beam2d/sbn, earcher/nvil_example; Storchastic at S = 1 (factor .95)",
      Memory { _, _, _, next in (next, next) }),
    Mistake(
      "leaks-at-first", "starts the memory from the first batch and subtracts it there",
      source: "WebPPL, first step",
      Memory { memory, decay, mean, next in (memory ?? decay * mean, next) }),
    Mistake(
      "starts-from-zero", "a decaying average that begins at 0",
      source: "Pyro, unbiased and useless at first",
      Memory { memory, decay, mean, _ in
        (memory ?? 0, decay * (memory ?? 0) + (1 - decay) * mean)
      }),
    Mistake(
      "exchanges-the-shares", "m ← (1 − a) m + a f: forgets what it should keep",
      Memory { memory, decay, mean, _ in
        (memory ?? 0, memory.map { (1 - decay) * $0 + decay * mean } ?? mean)
      }),
    Mistake(
      "never-updates", "subtracts the memory and returns it unchanged",
      Memory { memory, _, mean, _ in (memory ?? 0, memory ?? mean) }),
    Mistake(
      "forgets-the-past", "remembers the last batch only",
      Memory { memory, _, mean, _ in (memory ?? 0, mean) }),
    Mistake(
      "remembers-the-advantage", "averages f − m, the signal after the subtraction",
      Memory { memory, decay, mean, _ in
        (memory ?? 0, memory.map { decay * $0 + (1 - decay) * (mean - $0) } ?? mean)
      }),
    Mistake(
      "remembers-the-sum", "averages the sum of the batch in place of its mean",
      SumOfTheBatch()),
    Mistake(
      "remembers-the-first-sample", "looks at the first sample of the batch only",
      FirstOfTheBatch()),
    Mistake(
      "adds-the-memory", "f + m in place of f − m: unbiased, with more variance",
      Memory { memory, _, _, next in (-(memory ?? 0), next) }),
    Mistake(
      "does-not-subtract", "keeps a memory and never uses it",
      Memory { _, _, _, next in (0, next) }),
  ]

  static let leaveOneOutMistakes: [Mistake<any LeaveOneOutForm>] = [
    Mistake(
      "includes-itself", "subtracts the mean of the whole batch: the gradient shrinks by 1 − 1/S",
      source: "CoursIA #15256; VarGrad with 1/n; E-063",
      Others { signals, _ in signals.reduce(0, +) / Double(signals.count) }),
    Mistake(
      "divides-by-all", "the sum of the others, divided by S instead of S − 1",
      Others { signals, s in
        (signals.reduce(0, +) - signals[s]) / Double(signals.count)
      }),
    Mistake(
      "takes-the-next", "the signal of one other sample only",
      Others { signals, s in signals[(s + 1) % signals.count] }),
    Mistake(
      "takes-the-earlier", "the mean of the samples drawn before, and nothing for the first",
      Others { signals, s in
        s == 0 ? 0 : signals[..<s].reduce(0, +) / Double(s)
      }),
    Mistake(
      "takes-the-best", "the largest signal of the others, as a self-critic would",
      source: "self-critical training (Rennie 2017) with sampled rivals",
      Others { signals, s in
        signals.enumerated().filter { $0.offset != s }.map(\.element).max() ?? 0
      }),
    Mistake(
      "averages-the-weights",
      "log of the mean of e^f over the others: a baseline for another bound",
      source: "VIMCO (Mnih and Rezende 2016), arithmetic mean",
      Others { signals, s in
        logSumExp(signals.enumerated().filter { $0.offset != s }.map(\.element))
          - log(Double(signals.count - 1))
      }),
    Mistake(
      "counts-itself-twice", "(Σ f + f_s) / (S + 1): the sample goes in again instead of out",
      Others { signals, s in
        (signals.reduce(0, +) + signals[s]) / Double(signals.count + 1)
      }),
  ]
}

/// A running mean with a slip; `next` is what the memory should become.
private struct Memory: RunningBaselineForm {
  typealias Rule =
    @Sendable (_ memory: Double?, _ decay: Double, _ mean: Double, _ next: Double) ->
    (Double, Double)
  let rule: Rule

  init(rule: @escaping Rule) { self.rule = rule }

  func step(memory: Double?, decay: Double, signals: [Double]) -> (
    baseline: Double, memory: Double
  ) {
    let mean = signals.reduce(0, +) / Double(signals.count)
    let (baseline, memory) = rule(
      memory, decay, mean, memory.map { decay * $0 + (1 - decay) * mean } ?? mean)
    return (baseline: baseline, memory: memory)
  }
}

private struct SumOfTheBatch: RunningBaselineForm {
  func step(memory: Double?, decay: Double, signals: [Double]) -> (
    baseline: Double, memory: Double
  ) {
    LibraryRunningMean().step(
      memory: memory, decay: decay, signals: [signals.reduce(0, +)])
  }
}

private struct FirstOfTheBatch: RunningBaselineForm {
  func step(memory: Double?, decay: Double, signals: [Double]) -> (
    baseline: Double, memory: Double
  ) {
    LibraryRunningMean().step(memory: memory, decay: decay, signals: [signals[0]])
  }
}

/// A baseline for sample s that is not quite the mean of the others.
private struct Others: LeaveOneOutForm {
  let rule: @Sendable (_ signals: [Double], _ sample: Int) -> Double

  init(rule: @escaping @Sendable ([Double], Int) -> Double) { self.rule = rule }

  func baselines(_ signals: [Double]) -> [Double] {
    signals.indices.map { rule(signals, $0) }
  }
}
