import GSL
import LessonKit
import Probability

/// A sequential autoencoder of two steps on a line, which climbs its bound in closed form.
///
/// ```
/// x|z ~ N(a_1 z_1 + a_2 z_2, v),   q(z_k|…) = N(r_k (x − Σ_{i<k} a_i z_i), σ_k²)
/// ELBO = −½ (log 2πv + e_2/v) − KL_1 − KL_2        e_k = E[(x − Σ_{i≤k} a_i z_i)²],  e_0 = E[x²]
/// e_k = (1 − a_k r_k)² e_(k−1) + a_k² σ_k²         KL_k = ½ (r_k² e_(k−1) + σ_k² − 1 − log σ_k²)
/// ```
/// Each step reads what the steps before left over, as DRAW does (Gregor and others 2015).
struct TwoSteps {
  /// E[x²], and the noise.
  static let (square, noise) = (4.0, 0.3)
  /// a, r and s of the two steps.
  var a = [0.5, 0.3]
  var r = [0.1, 0.1]
  var s = [0.0, 0.0]

  /// e_0, e_1, e_2.
  var errors: [Double] {
    [0, 1].reduce(into: [Self.square]) { errors, k in
      let rest = 1 - a[k] * r[k]
      errors.append(rest * rest * errors[k] + a[k] * a[k] * exp(2 * s[k]))
    }
  }

  /// KL_1 and KL_2, averaged over x.
  var divergences: [Double] {
    let errors = errors
    return [0, 1].map { 0.5 * (r[$0] * r[$0] * errors[$0] + expm1(2 * s[$0])) - s[$0] }
  }

  /// The bound, averaged over x.
  var elbo: Double {
    -0.5 * (log(2 * Double.pi * Self.noise) + errors[2] / Self.noise) - divergences.reduce(0, +)
  }

  /// E[log p(x)].
  var logEvidence: Double {
    let total = a[0] * a[0] + a[1] * a[1] + Self.noise
    return -0.5 * (log(2 * Double.pi * total) + Self.square / total)
  }

  /// One step up the gradient, which the recursion gives from the last error to the first.
  mutating func climb(rate: Double) {
    let errors = errors
    var slope = -0.5 / Self.noise
    for k in [1, 0] {
      let (rest, width) = (1 - a[k] * r[k], exp(2 * s[k]))
      let byWeight = slope * (-2 * rest * r[k] * errors[k] + 2 * a[k] * width)
      let byReading = slope * -2 * rest * a[k] * errors[k] - r[k] * errors[k]
      let byWidth = slope * 2 * a[k] * a[k] * width - width + 1
      slope = slope * rest * rest - 0.5 * r[k] * r[k]
      a[k] += rate * byWeight
      r[k] += rate * byReading
      s[k] += rate * byWidth
    }
  }
}

/// The bound of two steps as it is climbed, and what each step pays.
@Sendable func stepsTable(_: RunContext) -> Table {
  var model = TwoSteps()
  var rows: [[Table.Cell]] = []
  for step in 0...2000 {
    if [0, 10, 50, 200, 2000].contains(step) {
      rows.append([
        .given(step), .exact(model.elbo, digits: 5), .exact(model.logEvidence, digits: 5),
        .exact(model.divergences[0], digits: 4), .exact(model.divergences[1], digits: 4),
        .exact(model.divergences[0] + model.divergences[1], digits: 4),
      ])
    }
    model.climb(rate: 0.02)
  }
  return Table(
    title: "Two steps that read what is left of x, E[x²] = 4, v = .3",
    columns: ["climbed", "ELBO", "E[log p(x)]", "KL, step 1", "KL, step 2", "KL in all"],
    rows: rows,
    note: """
      The gradient is exact, in steps of .02. It starts at a = (.5, .3), with codes that read a tenth, \
      σ = 1.
      """)
}
