import GSL
package import Probability

/// Recognition by a distributed distributional code: of q nothing is kept but expected features.
///
/// ```
/// r(x) ≈ E_p[T(z) | x]          learnt asleep:   r(x) ← r(x) + η (T(z) − r(x)),   (x, z) ~ p
/// E_p[g(z) | x] ≈ α·r(x)        where            g(z) ≈ α·T(z)
/// ```
/// No normaliser is needed and no form of q is assumed. A mean is read off exactly where g is a
/// combination of the features, and not elsewhere.
/// Reference: Vértes and Sahani 2018, "Flexible and accurate inference and learning for deep
/// generative models".
package struct DistributedCode: Sendable {
  /// T(z), a row of features for each state of z.
  package let features: [[Double]]
  /// r(x), a row for each x.
  package private(set) var code: [[Double]]

  /// A code with its features.
  package init(features: [[Double]], code: [[Double]]) {
    self.features = features
    self.code = code
  }

  // listing: 05 distributed-code
  /// A sleep step: the code of what was dreamt moves towards the features that dreamt it.
  package mutating func sleep<Choices: DiscreteChoices>(
    _ joint: [[Double]], rate: Double, _ choices: inout Choices
  ) throws(ChoiceError) {
    let x = try choices.choose(joint.map { $0.reduce(0, +) })
    let row = joint[x]
    let z = try choices.choose(row.map { $0 / row.reduce(0, +) })
    code[x] = zip(code[x], features[z]).map { $0 + rate * ($1 - $0) }
  }

  /// α of least squares, g(z) ≈ α·T(z) over all states.
  package func weights(for values: [Double]) throws -> [Double] {
    let (rows, columns) = (features.count, features.first?.count ?? 0)
    return try LinearAlgebra.leastSquares(
      rows: rows, columns: columns, Array(features.joined()), right: values)
  }

  /// α·r(x), the mean of g as the code has it.
  package func mean(of values: [Double], given x: Int) throws -> Double {
    zip(try weights(for: values), code[x]).reduce(0) { $0 + $1.0 * $1.1 }
  }
  // end of listing
}
