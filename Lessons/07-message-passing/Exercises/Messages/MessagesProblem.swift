import Exact
import GSL
import LessonKit
import Probability

/// A chain of T numbers, each seen with noise, and what is believed of them.
///
/// ```
/// x_0 ~ N(0, 1),   x_t ~ N(a x_(t−1), 1/τ),   y_t ~ N(x_t, 1/u)
/// ```
struct MessagesProblem: Sendable {
  let dynamics: Double
  /// τ and u, precisions.
  let dynamicsPrecision: Double
  let observationPrecision: Double
  let observations: [Double]
  /// Means and variances of the beliefs q(x_t).
  let means: [Double]
  let variances: [Double]
  /// Whose co-parents: E[C₁], E[C₂] and the data of their children.
  let coParents: [Double]
  let children: [Double]

  var count: Int { observations.count }

  static let example = MessagesProblem(
    dynamics: 0.9, dynamicsPrecision: 2, observationPrecision: 1,
    observations: [0.4, 1.3, -0.2, 0.9],
    means: [0.1, -0.4, 0.7, 0.2], variances: [0.5, 0.9, 0.3, 1.2], coParents: [0.4, 0.7],
    children: [1, 2])

  static func random(_ cases: inout Cases) throws -> MessagesProblem {
    MessagesProblem(
      dynamics: try cases.real(from: 0.4, to: 1.1),
      dynamicsPrecision: try cases.real(from: 0.5, to: 2),
      observationPrecision: try cases.real(from: 1, to: 2),
      observations: try cases.reals(4, from: -2, to: 2), means: try cases.reals(4, from: -1, to: 1),
      variances: try cases.reals(4, from: 0.2, to: 1.5),
      coParents: try cases.reals(2, from: 0.3, to: 1),
      children: try cases.reals(2, from: 0.5, to: 2))
  }

  /// The same beliefs with the means of some x_s larger by one.
  func moving(_ moves: (Int) -> Bool) -> MessagesProblem {
    MessagesProblem(
      dynamics: dynamics, dynamicsPrecision: dynamicsPrecision,
      observationPrecision: observationPrecision, observations: observations,
      means: means.indices.map { moves($0) ? means[$0] + 1 : means[$0] }, variances: variances,
      coParents: coParents, children: children)
  }

  // MARK: The joint normal distribution, as a dense matrix

  /// J, with p(x|y) ∝ exp(g·x − ½ xᵀJx).
  var precision: [Double] {
    let (a, w, u) = (dynamics, dynamicsPrecision, observationPrecision)
    return (0..<count).flatMap { i in
      (0..<count).map { j in
        if i == j { return (i == 0 ? 1 : w) + (i + 1 < count ? w * a * a : 0) + u }
        return abs(i - j) == 1 ? -w * a : 0
      }
    }
  }

  /// g.
  var shift: [Double] { observations.map { observationPrecision * $0 } }

  /// J⁻¹.
  func covariance() throws -> [Double] { try LinearAlgebra.inverse(order: count, precision) }

  /// J⁻¹ g.
  func exactMeans() throws -> [Double] {
    try LinearAlgebra.solve(order: count, precision, right: shift)
  }

  /// g_t − Σ_(j≠t) J_tj m_j and −½ J_tt: the conditional of x_t with the others at their means.
  func conditional(_ t: Int) -> [Double] {
    let pull = (0..<count).reduce(shift[t]) {
      $1 == t ? $0 : $0 - precision[t * count + $1] * means[$1]
    }
    return [pull, -0.5 * precision[t * count + t]]
  }

  /// The ELBO of normal factors, E[log p(x, y)] + H.
  ///
  /// ```
  /// g·m − ½ mᵀJm − ½ Σ J_tt v_t + ½ Σ log v_t + ½ (T − 1) log τ + ½ T log u − ½ u Σ y_t² − ½ T (log 2π − 1)
  /// ```
  func elbo(_ m: [Double], _ v: [Double]) -> Double {
    let product = (0..<count).reduce(0) { sum, i in
      sum + m[i] * (0..<count).reduce(0) { $0 + precision[i * count + $1] * m[$1] }
    }
    let constant =
      0.5 * (Double(count - 1) * log(dynamicsPrecision) + Double(count) * log(observationPrecision))
      - 0.5 * observationPrecision * dot(observations, observations)
      - 0.5 * Double(count) * (log(2 * Double.pi) - 1)
    return constant + dot(shift, m) - 0.5 * product
      + (0..<count).reduce(0) { $0 - 0.5 * precision[$1 * count + $1] * v[$1] + 0.5 * log(v[$1]) }
  }

  /// The ELBO of the beliefs as they are.
  var beliefsBound: Double { elbo(means, variances) }

  /// The ELBO when q(x_1) alone has moved.
  func bound(withOneAt law: NormalLaw) -> Double {
    var (m, v) = (means, variances)
    (m[1], v[1]) = (law.mean, law.variance)
    return elbo(m, v)
  }

  /// What the bound gains by each update of a sweep from x_0 on.
  func gainsOfSweep() -> [Double] {
    var (m, v) = (means, variances)
    return (0..<count).map { t in
      let before = elbo(m, v)
      let row = precision[(t * count)..<((t + 1) * count)]
      let pull = zip(row, m).reduce(shift[t]) { $0 - $1.0 * $1.1 } + precision[t * count + t] * m[t]
      (m[t], v[t]) = (pull / precision[t * count + t], 1 / precision[t * count + t])
      return elbo(m, v) - before
    }
  }

  /// log p(y), number by number: a filter along the chain.
  var logEvidence: Double {
    var (sum, belief) = (0.0, NormalLaw(mean: 0, variance: 1))
    for y in observations {
      let spread = belief.variance + 1 / observationPrecision
      sum += NormalLaw(mean: belief.mean, variance: spread).logDensity(y)
      let gain = belief.variance / spread
      let (mean, variance) = (
        belief.mean + gain * (y - belief.mean), belief.variance * (1 - gain)
      )
      belief = NormalLaw(
        mean: dynamics * mean, variance: dynamics * dynamics * variance + 1 / dynamicsPrecision)
    }
    return sum
  }

  /// The posterior mean of Y in Y → X₁ ← C₁ and Y → X₂ ← C₂ with unit variances.
  var meanOfParent: Double {
    (children[0] - coParents[0] + children[1] - coParents[1]) / 3
  }
}

extension MessagesProblem: Shown {
  /// The chain, what is seen, what is believed.
  var givens: [Given] {
    [
      Given("p(x_0)", words: "N(0, 1)"), Given("a", dynamics), Given("τ", dynamicsPrecision),
      Given("u", observationPrecision),
      Given("y", observations), Given("E[x_t]", means), Given("Var[x_t]", variances),
      Given("X₁, X₂", children), Given("E[C₁], E[C₂]", coParents),
    ]
  }
}
