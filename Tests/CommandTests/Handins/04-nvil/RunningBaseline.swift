/// What a step uses and what it remembers, from the memory, the decay and the signals.
private func step(
  _ rule: @escaping (_ memory: Double?, _ decay: Double, _ signals: [Double]) -> [Double]
) -> Part {
  { task, _ in
    rule(try task.numbers("memory").first, try task.number("decay"), try task.numbers("signals"))
  }
}

private func mean(_ values: [Double]) -> Double { total(values) / Double(values.count) }

private func kept(_ memory: Double?, _ decay: Double, _ mean: Double) -> Double {
  memory.map { decay * $0 + (1 - decay) * mean } ?? mean
}

let runningBaseline: [Variant] = [
  .right(
    "step", "a-convex-combination",
    step { memory, decay, signals in
      let old = memory ?? mean(signals)
      return [memory ?? 0, mean(signals) - decay * (mean(signals) - old)]
    }),
  .mistake(
    "step", "leaks-its-sample",
    step { memory, decay, signals in
      let after = kept(memory, decay, mean(signals))
      return [after, after]
    }),
  .mistake(
    "step", "starts-from-zero",
    step { memory, decay, signals in [memory ?? 0, kept(memory ?? 0, decay, mean(signals))] }),
  .mistake(
    "step", "exchanges-the-shares",
    step { memory, decay, signals in [memory ?? 0, kept(memory, 1 - decay, mean(signals))] }),
  .mistake(
    "step", "remembers-the-sum",
    step { memory, decay, signals in [memory ?? 0, kept(memory, decay, total(signals))] }),
  .mistake(
    "step", "does-not-subtract",
    step { memory, decay, signals in [0, kept(memory, decay, mean(signals))] }),
]
