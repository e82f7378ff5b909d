import GSL
import JSONText
import Judge

/// To estimate ∇ELBO of independent normals, by their means and the logarithms of their deviations.
///
/// ```
/// log p(x, z) = constant − ½ (z − c)ᵀ P (z − c) − quartic/12 Σ_d z_d⁴
/// ```
/// The fourth power keeps symmetry from hiding a bias, and E_q is still a polynomial of m and σ.
struct GaussianTask: GradientProblem {
  let centre: [Double]
  let precision: [[Double]]
  let quartic: Double
  let constant: Double
  /// m.
  let means: [Double]
  /// σ.
  let deviations: [Double]
  /// S, the draws of z that an estimate may use.
  let samples: Int

  /// Reads a case, or refuses it with the place and the reason.
  init(_ place: JSONPlace, samples: Int) throws(PlaceError) {
    try place.object(requiring: ["logJoint", "q"], allowing: ["name", "expected", "tolerance"])
    let log = try place.member("logJoint").object(
      requiring: ["centre", "precision"], allowing: ["quartic", "constant"])
    let q = try place.member("q").object(requiring: ["means", "deviations"])
    means = try q.member("means").numbers()
    deviations = try q.member("deviations").numbers(count: means.count)
    guard !means.isEmpty, means.count <= 64 else {
      throw try q.member("means").error("expected 1 to 64 numbers, found \(means.count)")
    }
    guard deviations.allSatisfy({ $0 > 0 }) else {
      throw try q.member("deviations").error(expected: "numbers above 0")
    }
    centre = try log.member("centre").numbers(count: means.count)
    let rows = try log.member("precision").array()
    guard rows.count == means.count else {
      throw try log.member("precision").error("expected \(means.count) rows, found \(rows.count)")
    }
    var precision: [[Double]] = []
    for row in rows { precision.append(try row.numbers(count: means.count)) }
    for i in means.indices {
      for j in 0..<i where precision[i][j] != precision[j][i] {
        throw rows[i].error("expected a symmetric matrix: [\(i)][\(j)] and [\(j)][\(i)] differ")
      }
    }
    self.precision = precision
    quartic = try log.optional("quartic")?.number() ?? 0
    constant = try log.optional("constant")?.number() ?? 0
    self.samples = samples
  }

  var json: JSON {
    [
      "exercise": "elbo-gradient", "samples": .integer(samples),
      "q": ["means": .numbers(means), "deviations": .numbers(deviations)],
      "centre": .numbers(centre), "precision": .matrix(precision), "quartic": .number(quartic),
      "constant": .number(constant),
    ]
  }

  var components: [String] {
    means.indices.map { "m\($0 + 1)" } + means.indices.map { "log σ\($0 + 1)" }
  }

  /// ∂/∂m = −P (m − c) − quartic/3 (m³ + 3 m σ²), ∂/∂log σ = 1 − σ² P_dd − quartic (m² σ² + σ⁴).
  var target: [Double]? {
    let byMean = means.indices.map { d in
      let (m, s) = (means[d], deviations[d])
      return pull(means)[d] - quartic / 3 * (m * m * m + 3 * m * s * s)
    }
    let byScale = means.indices.map { d in
      let (m, v) = (means[d], deviations[d] * deviations[d])
      return 1 - v * precision[d][d] - quartic * (m * m * v + v * v)
    }
    let all = byMean + byScale
    return all.allSatisfy(\.isFinite) ? all : nil
  }

  var targetBound: Double {
    let sizes = means.indices.map { d in
      let (m, s) = (abs(means[d]), deviations[d])
      let row = means.indices.reduce(0) { $0 + abs(precision[d][$1] * (means[$1] - centre[$1])) }
      return row + abs(precision[d][d]) * s * s + abs(quartic) * (m + s) * (m + s) * (m + s)
        * (1 + s)
    }
    return 64 * Double.ulpOfOne * (1 + (sizes.max() ?? 0))
  }

  /// −P (z − c).
  private func pull(_ z: [Double]) -> [Double] {
    precision.map { row in -z.indices.reduce(0) { $0 + row[$1] * (z[$1] - centre[$1]) } }
  }

  /// log p(x, z).
  private func logJoint(_ z: [Double]) -> Double {
    let square = zip(pull(z), z.indices).reduce(0) { $0 + $1.0 * (z[$1.1] - centre[$1.1]) }
    return constant + 0.5 * square - quartic / 12 * z.reduce(0) { $0 + $1 * $1 * $1 * $1 }
  }

  /// The two ways to estimate it, from one draw; their variances by seven Gauss–Hermite nodes a
  /// dimension, which are exact for these polynomials of degree 12.
  func references() throws -> [(name: String, variances: [Double])] {
    guard means.count <= 4 else { return [] }
    let rule = try FixedRule.gaussHermite(count: 7)
    var sums = [[Double]](repeating: means.flatMap { _ in [0, 0] }, count: 4)
    for place in 0..<(means.map { _ in 7 }.reduce(1, *)) {
      var (rest, weight, noise) = (place, 1.0, [Double]())
      for _ in means {
        noise.append(rule.nodes[rest % 7])
        weight *= rule.weights[rest % 7]
        rest /= 7
      }
      for (row, values) in [pathwise(noise), scored(noise)].enumerated() {
        for (d, value) in values.enumerated() {
          sums[2 * row][d] += weight * value
          sums[2 * row + 1][d] += weight * value * value
        }
      }
    }
    let names = ["the reparameterised gradient", "the score function alone"]
    return names.enumerated().map { row, name in
      let moments = zip(sums[2 * row], sums[2 * row + 1])
      return (name, moments.map { ($1 - $0 * $0) / Double(samples) })
    }
  }

  private func draw(_ noise: [Double]) -> [Double] {
    means.indices.map { means[$0] + deviations[$0] * noise[$0] }
  }

  /// ∇_z log p at z = m + σε, and the same times σε, plus the entropy's 1.
  private func pathwise(_ noise: [Double]) -> [Double] {
    let z = draw(noise)
    let slope = zip(pull(z), z).map { $0 - quartic / 3 * $1 * $1 * $1 }
    return slope + slope.indices.map { slope[$0] * deviations[$0] * noise[$0] + 1 }
  }

  /// (log p − log q) times the score ε/σ and ε² − 1.
  private func scored(_ noise: [Double]) -> [Double] {
    let logQ = means.indices.reduce(0) {
      $0 - 0.5 * noise[$1] * noise[$1] - log(deviations[$1]) - 0.5 * log(2 * .pi)
    }
    let signal = logJoint(draw(noise)) - logQ
    return means.indices.map { signal * noise[$0] / deviations[$0] }
      + noise.map { signal * ($0 * $0 - 1) }
  }
}
