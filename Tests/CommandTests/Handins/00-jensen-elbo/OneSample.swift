#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// log p(x, z) − log q(z) of one z.
private func logWeight(_ z: [Int], _ task: Task) throws -> Double {
  try logBits(z, task.numbers("prior")) + task.numbers("log_likelihood")[place(z)]
    - logBits(z, task.numbers("q"))
}

private func logWeights(_ task: Task, _ choices: inout Choices) throws -> [Double] {
  let q = try task.numbers("q")
  var logs: [Double] = []
  for _ in 0..<(try task.integer("samples")) {
    logs.append(try logWeight(draw(q, &choices), task))
  }
  return logs
}

let oneSample: [Variant] = [
  .right("estimate", "likelihood-minus-the-ratio") { task, choices in
    let (q, prior) = (try task.numbers("q"), try task.numbers("prior"))
    var (found, number) = (0.0, 0)
    for d in q.indices.reversed() {
      let isOn = try choices.flip(q[d]) == 1
      found -= isOn ? log(q[d]) - log(prior[d]) : log1p(-q[d]) - log1p(-prior[d])
      number = 2 * number + (isOn ? 1 : 0)
    }
    return found + (try task.numbers("log_likelihood")[number])
  },
  .right("weighted", "one-draw-after-the-other") { task, choices in
    let logs = try logWeights(task, &choices)
    return logs.enumerated().dropFirst().reduce(logs[0]) { mean, next in
      let n = Double(next.offset)
      return logSum([mean + log(n / (n + 1)), next.element - log(n + 1)])
    }
  },
  .mistake("estimate", "draws-from-the-prior") { task, choices in
    let (q, prior) = (try task.numbers("q"), try task.numbers("prior"))
    let z = try draw(prior, &choices)
    return logBits(z, prior) + (try task.numbers("log_likelihood")[place(z)]) - logBits(z, q)
  },
  .mistake("estimate", "drops-log-q") { task, choices in
    let q = try task.numbers("q")
    let z = try draw(q, &choices)
    return try logWeight(z, task) + logBits(z, q)
  },
  .mistake("estimate", "fresh-draw-for-each-term") { task, choices in
    let q = try task.numbers("q")
    let z = try draw(q, &choices)
    return try logWeight(z, task) + logBits(z, q) - logBits(draw(q, &choices), q)
  },
  .mistake("weighted", "weights-upside-down") { task, choices in
    let logs = try logWeights(task, &choices)
    return logSum(logs.map { -$0 }) - log(Double(logs.count))
  },
  .mistake("weighted", "mean-of-the-logs") { task, choices in
    let logs = try logWeights(task, &choices)
    return total(logs) / Double(logs.count)
  },
  .mistake("weighted", "sum-of-the-weights") { task, choices in
    logSum(try logWeights(task, &choices))
  },
]
