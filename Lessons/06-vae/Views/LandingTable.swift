import Approximate
import GSL
import LessonKit
import Models
import Probability

/// A line with w = 1.3, v = .4, x = .9; its posterior has the precision 5.225.
func landingLine() throws -> LinearGaussian {
  try LinearGaussian(slope: 1.3, noise: 0.4, observed: 0.9)
}

/// The variance by m of one gradient where q is off by so much in log deviation.
func landingVariance(_ gradient: any NoiseGradient, off: Double) throws -> QuadratureValue {
  let model = try landingLine()
  let precision = 1 + 1.3 * 1.3 / 0.4
  let mean = 1.3 * 0.9 / 0.4 / precision
  let code = GaussianCode(mean: mean, logSd: off - 0.5 * log(precision))
  return try noiseMoments { try gradient.estimate(model, code, &$0) }.variances[0]
}

/// At home and away.
@Sendable func landingTable(_: RunContext) throws -> Table {
  let rows: [[Table.Cell]] = try [0, 0.5, -0.5, -1, -2].map { off in
    let path = try landingVariance(PathwiseGradient(), off: off)
    let alone = try landingVariance(PathOnlyGradient(), off: off)
    // At the posterior every draw is zero, but for rounding.
    guard off != 0 else {
      return [.given(off), .number(path, digits: 4), .exact(0, digits: 4), .exact(0, digits: 4)]
    }
    return [
      .given(off), .number(path, digits: 4), .number(alone, digits: 4),
      .exact(alone.value / path.value, digits: 4),
    ]
  }
  return Table(
    title: "Variance by m: a = 1.3, v = .4, x = .9, m at the posterior's",
    columns: ["s − s of the posterior", "path", "path alone", "ratio"], rows: rows,
    note: "By quadrature; the closed forms are Λ² σ² and (Λ − 1/σ²)² σ² with Λ = 5.225.")
}
