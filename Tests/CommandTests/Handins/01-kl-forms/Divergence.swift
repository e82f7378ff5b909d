#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// KL(q‖p).
private func relative(_ q: [Double], _ p: [Double]) -> Double {
  zip(q, p).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
}

private func both(_ task: Task) throws -> (q: [Double], p: [Double]) {
  (try task.numbers("q"), try task.numbers("p"))
}

let divergence: [Variant] = [
  .right("divergence", "logarithms-first") { task, _ in
    let (q, p) = try both(task)
    let logs = zip(q, p).map { $0 > 0 ? log($0) - log($1) : 0 }
    return inner(logs, q)
  },
  .right("divergence", "slope-of-a-power-sum") { task, _ in
    // d/dt Σ q^(1+t) p^(−t) at t = 0, by central differences of two sizes.
    let (q, p) = try both(task)
    func sum(_ t: Double) -> Double {
      zip(q, p).reduce(0) { $1.0 > 0 ? $0 + $1.0 * expm1(t * log($1.0 / $1.1)) : $0 }
    }
    func slope(_ h: Double) -> Double { (sum(h) - sum(-h)) / (2 * h) }
    let steps = [slope(2e-3), slope(1e-3), slope(5e-4)]
    let better = [(4 * steps[1] - steps[0]) / 3, (4 * steps[2] - steps[1]) / 3]
    return (16 * better[1] - better[0]) / 15
  },
  .right("terms", "one-number-of-the-ratio") { task, _ in
    let (q, p) = try both(task)
    return zip(q, p).map { a, b in
      let change = b / a - 1
      return a * (change - log1p(change))
    }
  },
  .mistake("divergence", "takes-the-arguments-the-other-way") { task, _ in
    let (q, p) = try both(task)
    return q.contains(0) ? Double.infinity : relative(p, q)
  },
  .mistake("divergence", "averages-over-states") { task, _ in
    let (q, p) = try both(task)
    return relative(q, p) / Double(q.count)
  },
  .mistake("divergence", "makes-it-symmetric") { task, _ in
    let (q, p) = try both(task)
    return q.contains(0) ? Double.infinity : 0.5 * relative(p, q) + 0.5 * relative(q, p)
  },
  .mistake("divergence", "clips-each-term") { task, _ in
    let (q, p) = try both(task)
    return total(zip(q, p).map { $0 > 0 ? max(0, $0 * log($0 / $1)) : 0 })
  },
  .mistake("divergence", "counts-in-bits") { task, _ in
    let (q, p) = try both(task)
    return relative(q, p) / log(2)
  },
  .mistake("terms", "corrects-with-the-wrong-sign") { task, _ in
    let (q, p) = try both(task)
    return zip(q, p).map { $0 * log($0 / $1) - ($1 - $0) }
  },
]
