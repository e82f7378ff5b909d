import Approximate
import LessonKit
import Probability

extension RunningBaselineExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "leaks-its-sample", "updates the running mean first and subtracts the new one",
      source: "beam2d/sbn, earcher/nvil_example; Storchastic at S = 1 (factor .95)", \.step,
      from: { right in
        { memory, decay, signals in
          let next = right(memory, decay, signals).memory
          return (next, next)
        }
      }),
    Mistake(
      "leaks-at-first", "starts the memory from the first batch and subtracts it there",
      source: "WebPPL, first step", \.step,
      from: { right in
        { memory, decay, signals in
          (memory ?? decay * mean(signals), right(memory, decay, signals).memory)
        }
      }),
    Mistake(
      "starts-from-zero", "a decaying average that begins at 0",
      source: "Pyro, unbiased and useless at first", \.step,
      from: { right in { memory, decay, signals in right(memory ?? 0, decay, signals) } }),
    Mistake("exchanges-the-shares", "m ← (1 − a) m + a f: forgets what it should keep", \.step) {
      memory, decay, signals in
      (memory ?? 0, memory.map { (1 - decay) * $0 + decay * mean(signals) } ?? mean(signals))
    },
    Mistake("never-updates", "subtracts the memory and returns it unchanged", \.step) {
      memory, _, signals in (memory ?? 0, memory ?? mean(signals))
    },
    Mistake("forgets-the-past", "remembers the last batch only", \.step) { memory, _, signals in
      (memory ?? 0, mean(signals))
    },
    Mistake(
      "remembers-the-advantage", "averages f − m, the signal after the subtraction", \.step,
      from: { right in
        { memory, decay, signals in right(memory, decay, signals.map { $0 - (memory ?? 0) }) }
      }),
    Mistake(
      "remembers-the-sum", "averages the sum of the batch in place of its mean", \.step,
      from: { right in
        { memory, decay, signals in right(memory, decay, [signals.reduce(0, +)]) }
      }),
    Mistake(
      "remembers-the-first-sample", "looks at the first sample of the batch only", \.step,
      from: { right in
        { memory, decay, signals in right(memory, decay, Array(signals.prefix(1))) }
      }),
    Mistake(
      "adds-the-memory", "f + m in place of f − m: unbiased, with more variance", \.step,
      from: { right in
        { memory, decay, signals in
          let step = right(memory, decay, signals)
          return (-step.baseline, step.memory)
        }
      }),
    Mistake(
      "does-not-subtract", "keeps a memory and never uses it", \.step,
      from: { right in
        { memory, decay, signals in (0, right(memory, decay, signals).memory) }
      }),
  ]

  private static func mean(_ signals: [Double]) -> Double {
    signals.reduce(0, +) / Double(signals.count)
  }
}

/// A running mean that takes the signals in before it is subtracted: 1 − (1 − a)/S is left.
struct UpdatedFirst: Baseline {
  private var running: RunningMean

  init(decay: Double, startingAt memory: Double) {
    running = RunningMean(decay: decay, startingAt: memory)
  }

  mutating func baselines(for signals: [Double]) -> PerSample {
    running.take(in: signals)
    return PerSample(repeating: running.memory ?? 0, count: signals.count)
  }
}
