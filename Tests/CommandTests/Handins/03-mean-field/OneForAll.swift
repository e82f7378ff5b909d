#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Σ_x w_x log p(x, z), for each z.
private func meanLogs(_ rows: [[Double]], _ weights: [Double]) -> [Double] {
  rows[0].indices.map { z in inner(rows.map { $0[z] }, weights) }
}

private func both(_ task: Task) throws -> (rows: [[Double]], weights: [Double]) {
  (try task.table("log_joints"), try task.numbers("weights"))
}

let oneForAll: [Variant] = [
  .right("shared", "powers-of-joints") { task, _ in
    let (rows, weights) = try both(task)
    let powers = rows[0].indices.map { z in
      rows.indices.reduce(1) { $0 * exp(weights[$1] * rows[$1][z]) }
    }
    return powers.map { $0 / total(powers) }
  },
  .right("own", "by-rows") { task, _ in try both(task).rows.map(softmax) },
  .mistake("shared", "averages-the-joints") { task, _ in
    let (rows, weights) = try both(task)
    let sums = rows[0].indices.map { z in inner(rows.map { exp($0[z]) }, weights) }
    return sums.map { $0 / total(sums) }
  },
  .mistake("shared", "averages-the-posteriors") { task, _ in
    let (rows, weights) = try both(task)
    let posteriors = rows.map(softmax)
    return rows[0].indices.map { z in inner(posteriors.map { $0[z] }, weights) }
  },
  .mistake("shared", "forgets-how-often-data-come") { task, _ in
    let (rows, weights) = try both(task)
    return softmax(meanLogs(rows, weights.map { _ in 1 / Double(weights.count) }))
  },
  .mistake("shared", "multiplies-the-data") { task, _ in
    let (rows, weights) = try both(task)
    return softmax(meanLogs(rows, weights).map { $0 * Double(rows.count) })
  },
  .mistake("own", "hands-the-shared-to-each") { task, _ in
    let (rows, weights) = try both(task)
    return rows.map { _ in softmax(meanLogs(rows, weights)) }
  },
]
