#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A sum over latents of a term of m and log σ.
private func summed(_ term: @escaping (_ m: Double, _ logSd: Double) -> Double) -> Part {
  { task, _ in total(zip(try task.numbers("means"), try task.numbers("log_sds")).map(term)) }
}

let normalDivergence: [Variant] = [
  .right(
    "divergence", "halves-of-three-terms",
    summed { m, s in m * m / 2 + sinh(s) * exp(s) - s }),
  .right("divergence", "one-product-of-variances") { task, _ in
    let variances = try task.numbers("log_sds").map { exp($0) * exp($0) }
    let squares = try task.numbers("means").map { $0 * $0 }
    let product = variances.reduce(1, *)
    return (total(squares) + total(variances) - Double(variances.count) - log(product)) / 2
  },
  .mistake("divergence", "mean-over-latents") { task, _ in
    let (means, logs) = (try task.numbers("means"), try task.numbers("log_sds"))
    let all = zip(means, logs).map { ($0 * $0 + exp(2 * $1) - 1) / 2 - $1 }
    return total(all) / Double(all.count)
  },
  .mistake("divergence", "turned", summed { m, s in s - (m * m + exp(2 * s) - 1) / 2 }),
  .mistake("divergence", "log-variance", summed { m, s in (m * m + exp(s) - 1 - s) / 2 }),
  .mistake("divergence", "without-one", summed { m, s in (m * m + exp(2 * s)) / 2 - s }),
  .mistake(
    "divergence", "other-direction", summed { m, s in ((1 + m * m) * exp(-2 * s) - 1) / 2 + s }),
]
