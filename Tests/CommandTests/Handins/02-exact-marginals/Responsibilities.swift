#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// log p(x_n, z_n = k), a row an observation.
private func joints(_ task: Task, prior: Double = 1) throws -> [[Double]] {
  let logWeights = try task.numbers("log_weights")
  return try task.table("rows").map { row in
    zip(logWeights, row).map { prior == 0 ? $1 : prior * $0 + $1 }
  }
}

let responsibilities: [Variant] = [
  .right("responsibilities", "exponentials-of-differences") { task, _ in
    try joints(task).map(softmax)
  },
  .right("responsibilities", "one-component-after-the-other") { task, _ in
    // Each component takes its share of what it and those before it have together.
    try joints(task).map { logs in
      var (shares, so) = ([Double](), -Double.infinity)
      for a in logs {
        so = logSum([so, a])
        let share = so == -.infinity ? 0 : exp(a - so)
        shares = shares.map { $0 * (1 - share) } + [share]
      }
      return shares
    }
  },
  .mistake("responsibilities", "forgets-the-prior") { task, _ in
    try joints(task, prior: 0).map(softmax)
  },
  .mistake("responsibilities", "leaves-out-the-evidence") { task, _ in
    try joints(task).map { $0.map { exp($0) } }
  },
  .mistake("responsibilities", "decides-too-early") { task, _ in
    try joints(task).map { logs in
      let best = logs.max() ?? 0
      let winner = best == -.infinity ? nil : logs.firstIndex(of: best)
      return logs.indices.map { $0 == winner ? 1 : 0 }
    }
  },
  .mistake("responsibilities", "flat-where-impossible") { task, _ in
    try joints(task).map { logs in
      logSum(logs) == -.infinity ? logs.map { _ in 1 / Double(logs.count) } : softmax(logs)
    }
  },
  .mistake("responsibilities", "counts-the-prior-twice") { task, _ in
    try joints(task, prior: 2).map(softmax)
  },
]
