#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One draw: z, its signal log p(x, z) − log q(z), and z − b.
private struct Draw {
  let z: [Int]
  let signal: Double
  let score: [Double]

  init(_ z: [Int], _ task: Task) throws {
    let q = try task.numbers("q")
    self.z = z
    signal = try task.numbers("log_joint")[place(z)] - logBits(z, q)
    score = zip(z, q).map { Double($0) - $1 }
  }
}

/// The mean over S draws of a term that is made of a draw and the baselines.
private func averaged(
  _ term: @escaping (Draw, [Double], inout Choices) throws -> [Double]
) -> Part {
  { task, choices in
    let (q, baselines) = (try task.numbers("q"), try task.numbers("baselines"))
    let samples = try task.integer("samples")
    var sum = q.map { _ in 0.0 }
    for _ in 0..<samples {
      let one = try term(Draw(draw(q, &choices), task), baselines, &choices)
      sum = zip(sum, one).map { $0 + $1 / Double(samples) }
    }
    return sum
  }
}

/// The mean of a weight times the score.
private func weighed(_ weight: @escaping (Draw, Double) -> Double) -> Part {
  averaged { draw, baselines, _ in zip(draw.score, baselines).map { weight(draw, $1) * $0 } }
}

let scoreFunction: [Variant] = [
  .right(
    "estimate", "signal-and-baseline-apart",
    averaged { draw, baselines, _ in
      let drawn = draw.score.map { draw.signal * $0 }
      return zip(drawn, zip(draw.score, baselines)).map { $0 - $1.0 * $1.1 }
    }),
  .right("estimate", "one-state-of-all") { task, choices in
    let (q, baselines) = (try task.numbers("q"), try task.numbers("baselines"))
    let states = (0..<(1 << q.count)).map { n in q.indices.map { n >> $0 & 1 } }
    let samples = try task.integer("samples")
    var sum = q.map { _ in 0.0 }
    for _ in 0..<samples {
      let draw = try Draw(states[choices.choose(states.map { exp(logBits($0, q)) })], task)
      for d in q.indices { sum[d] += (draw.signal - baselines[d]) * draw.score[d] }
    }
    return sum.map { $0 / Double(samples) }
  },
  .right("estimate", "flips-that-are-turned-round") { task, choices in
    let (q, baselines) = (try task.numbers("q"), try task.numbers("baselines"))
    let samples = try task.integer("samples")
    var sum = q.map { _ in 0.0 }
    for _ in 0..<samples {
      var z = q.map { _ in 0 }
      for d in q.indices.reversed() { z[d] = 1 - (try choices.flip(1 - q[d])) }
      let draw = try Draw(z, task)
      sum = q.indices.map { sum[$0] + draw.score[$0] * (draw.signal - baselines[$0]) }
    }
    return sum.map { $0 / Double(samples) }
  },
  .mistake("estimate", "wrong-sign", weighed { $1 - $0.signal }),
  .mistake("estimate", "adds-the-baseline", weighed { $0.signal + $1 }),
  .mistake("estimate", "no-baseline", weighed { draw, _ in draw.signal }),
  .mistake(
    "estimate", "baseline-after-the-score",
    averaged { draw, baselines, _ in zip(draw.score, baselines).map { draw.signal * $0 - $1 } }),
  .mistake(
    "estimate", "score-of-ones-only",
    averaged { draw, baselines, _ in
      zip(draw.z, baselines).map { (draw.signal - $1) * Double($0) }
    }),
  .mistake("estimate", "same-sample-again") { task, choices in
    let draw = try Draw(draw(task.numbers("q"), &choices), task)
    return zip(draw.score, try task.numbers("baselines")).map { (draw.signal - $1) * $0 }
  },
]
