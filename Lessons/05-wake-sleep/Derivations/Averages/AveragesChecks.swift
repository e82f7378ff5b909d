import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `averages`: the mean steps of reweighted wake-sleep over the data.
enum AveragesDerivation {
  /// E_D[E[Δθ]], E_D[E[Δφ]] and E_D[E[L̂]].
  struct Means: Sendable {
    var theta: [ExactValue]
    var phi: [ExactValue]
    var bound: ExactValue
  }

  /// What is judged.
  struct Parts: Sendable {
    /// The means with K draws.
    var means: @Sendable (HelmholtzMachine, BitPatterns, _ samples: Int) throws -> Means
    /// How many equal draws are worth as much as draws of these log weights.
    var effective: @Sendable (_ logWeights: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [ofOne, ofTwo, phiOfTwo, boundOfTwo, mayRise, effective]

  private static let rounding = Rounding.of(
    size: 16, because: "logarithms of that size are added, errors of up to one averaged")

  static let ofOne = Check(
    "of-one", "E_D[E[Δθ]] = ∇_θ E_D[ELBO],  K = 1", because: "a wake step for each pattern",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.means(problem.machine, problem.data, 1).theta,
      try problem.onData().average(\.elboGradient), rounding: rounding)
  }

  static let ofTwo = Check(
    "of-two",
    "E_D[E[Δθ]] = E_D[E_q(y) E_q(z)[w̄(z) ∇_θ log p(x,z) + w̄(y) ∇_θ log p(x,y)]],  K = 2",
    because: "all pairs of settings of every pattern, which counts as often as D says",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.means(problem.machine, problem.data, 2).theta,
      try problem.average { x in
        let one = problem.seeing(x)
        return one.overPairs { pair in pair.average { one.slopes($0) } }
      }, rounding: rounding)
  }

  static let phiOfTwo = Check(
    "phi-of-two-on-data",
    "E_D[E[Δφ]] = E_D[E_q(y) E_q(z)[w̄(z) ∇_φ log q(z|x) + w̄(y) ∇_φ log q(y|x)]],  K = 2",
    because: "the same for recognition", as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.means(problem.machine, problem.data, 2).phi,
      try problem.average { x in
        problem.seeing(x).overPairs { pair in
          pair.average { problem.machine.recognition.logSlopes($0, given: x) }
        }
      }, rounding: rounding)
  }

  static let boundOfTwo = Check(
    "bound-of-two-on-data", "E_D[E[L̂]] = E_D[E_q(y) E_q(z)[log ½ (w(z) + w(y))]],  K = 2",
    because: "a bound for each pattern", as: .specialCase
  ) { parts, problem in
    .equal(
      [try parts.means(problem.machine, problem.data, 2).bound],
      try problem.average { x in problem.seeing(x).overPairs { [$0.logTotal - log(2)] } },
      rounding: rounding)
  }

  static let mayRise = Check(
    "may-rise",
    "|E_D[E[Δθ]] − ∇_θ E_D[log p(x)]| ≥ |∇_θ E_D[ELBO] − ∇_θ E_D[log p(x)]|,  K = 2",
    because: "a mean of ratios may be pulled further before it comes near",
    as: .consequence, changing: { _ in try MachineProblem.steepCauses().givens }
  ) { parts, _ in
    let steep = try MachineProblem.steepCauses()
    let goal = try steep.onData().average(\.likelihoodGradient).map(\.value)
    func bias(_ means: [ExactValue]) -> Double { distance(means.map(\.value), goal) }
    let wake = bias(try steep.onData().average(\.elboGradient))
    let pairs = bias(
      try steep.average { x in
        let one = steep.seeing(x)
        return one.overPairs { pair in pair.average { one.slopes($0) } }
      })
    return .atLeast(
      bias(try parts.means(steep.machine, steep.data, 2).theta),
      bias(try parts.means(steep.machine, steep.data, 1).theta), gap: pairs - wake,
      rounding: .of(terms: 64, size: 4, because: "a length of some thirty errors"))
  }

  static let effective = Check(
    "effective", "1/Σ_z w̄(z)² = (Σ_z w(z))²/Σ_z w(z)²,  every z drawn once",
    because: "how many equal weights are worth as much: all, or 1 where one outweighs the rest",
    as: .specialCase
  ) { parts, problem in
    let logWeights = problem.weighed.map(\.logWeight)
    let most = logWeights.max() ?? 0
    let weights = logWeights.map { exp($0 - most) }
    let (sum, squares) = (weights.reduce(0, +), weights.reduce(0) { $0 + $1 * $1 })
    return .equal(
      parts.effective(logWeights), sum * sum / squares,
      rounding: .of(terms: 64, size: 16, because: "weights from logarithms of that size"))
  }
}
