#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A baseline for each signal.
private func each(_ rule: @escaping (_ signals: [Double], _ place: Int) -> Double) -> Part {
  { task, _ in
    let signals = try task.numbers("signals")
    return signals.indices.map { rule(signals, $0) }
  }
}

private func others(_ signals: [Double], _ place: Int) -> [Double] {
  Array(signals[..<place] + signals[(place + 1)...])
}

let leaveOneOut: [Variant] = [
  .right("baselines", "mean-of-the-others", each { total(others($0, $1)) / Double($0.count - 1) }),
  .right("baselines", "two-running-sums") { task, _ in
    let signals = try task.numbers("signals")
    var (before, after) = ([0.0], [0.0])
    for f in signals { before.append((before.last ?? 0) + f) }
    for f in signals.reversed() { after.append((after.last ?? 0) + f) }
    let count = signals.count
    return signals.indices.map { (before[$0] + after[count - 1 - $0]) / Double(count - 1) }
  },
  .right("baselines", "single-precision") { task, _ in
    let signals = try task.numbers("signals").map { Float($0) }
    return signals.map { (signals.reduce(0, +) - $0) / Float(signals.count - 1) }
  },
  .mistake("baselines", "includes-itself", each { f, _ in total(f) / Double(f.count) }),
  .mistake("baselines", "divides-by-all", each { total(others($0, $1)) / Double($0.count) }),
  .mistake("baselines", "takes-the-next", each { f, place in f[(place + 1) % f.count] }),
  .mistake(
    "baselines", "takes-the-earlier",
    each { f, place in place == 0 ? 0 : total(f[..<place]) / Double(place) }),
  .mistake("baselines", "takes-the-best", each { others($0, $1).max() ?? 0 }),
  .mistake(
    "baselines", "averages-the-weights",
    each { logSum(others($0, $1)) - log(Double($0.count - 1)) }),
  .mistake(
    "baselines", "counts-itself-twice",
    each { f, place in (total(f) + f[place]) / Double(f.count + 1) }),
]
