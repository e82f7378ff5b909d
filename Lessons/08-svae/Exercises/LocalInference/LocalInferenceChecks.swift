import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `local-inference`: q(x) and q(z) of one point, when a potential is known.
enum LocalInferenceExercise {
  /// What q(θ) tells of one cluster: h x − ½ J x² + constant.
  struct Message: Sendable {
    /// h.
    var linear: Double
    /// J.
    var precision: Double
    /// What does not contain x.
    var constant: Double
  }

  /// What is written.
  struct Parts: Sendable {
    /// What q(θ) tells of each cluster.
    var messages: @Sendable (MixtureParameters) throws -> [Message]
    /// q(x) for a potential, the messages and q(z).
    var state:
      @Sendable (QuadraticPotential, [Message], _ responsibilities: [Double]) throws
        -> NormalLaw
    /// q(z) for q(x) and the messages.
    var responsibilities: @Sendable (NormalLaw, [Message]) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, ClusterProblem>

  static let checks: [Check] = [precisions, shifts, assignments, sums, standsStill]
}

// MARK: One factor after the other

extension LocalInferenceExercise {
  static let precisions = Check(
    "precisions-add", "1/v_n = J_n + Σ_k r_nk E_q[1/σ_k²]",
    because: "in log q(x_n) potentials are added, so precisions are", claims: ["A-135"], as: .step
  ) { parts, problem in
    .equal(
      try problem.start.indices.map { 1 / (try state(parts, problem, $0).variance) },
      problem.start.indices.map { n in
        given(problem.potentials[n].precision[0, 0])
          + problem.start[n].indices.sum { k in
            given(problem.start[n][k]) * Moments(problem, k).precision
          }
      })
  }

  static let shifts = Check(
    "linear-parts-add", "m_n/v_n = h_n + Σ_k r_nk E_q[μ_k/σ_k²]",
    because: "the linear parts are added too", claims: ["A-135"], as: .step
  ) { parts, problem in
    .equal(
      try problem.start.indices.map { n in
        let law = try state(parts, problem, n)
        return law.mean / law.variance
      },
      problem.start.indices.map { n in
        given(problem.potentials[n].linear[0])
          + problem.start[n].indices.sum { k in
            given(problem.start[n][k]) * Moments(problem, k).shift
          }
      })
  }

  static let assignments = Check(
    "assignments", "log (r_n1/r_n2) = E_q[log π₁ N(x_n; μ₁, σ₁²)] − E_q[log π₂ N(x_n; μ₂, σ₂²)]",
    because: "log r_nk is E_q[log p(x_n, z_n = k|θ)] up to a constant", as: .step,
    changing: { _ in [Given("m_n, v_n", [problemFactor.mean, problemFactor.variance])] }
  ) { parts, problem in
    let r = try parts.responsibilities(problemFactor, try parts.messages(problem.globals))
    return .equal(
      log(r[0]) - log(r[1]),
      expectedLog(problem, 0, problemFactor) - expectedLog(problem, 1, problemFactor))
  }

  static let sums = Check(
    "sums-to-one", "Σ_k r_nk = 1", because: "q(z_n) is a distribution", as: .specialCase,
    changing: { _ in [Given("m_n, v_n", [problemFactor.mean, problemFactor.variance])] }
  ) { parts, problem in
    .equal(
      try parts.responsibilities(problemFactor, try parts.messages(problem.globals)).reduce(0, +),
      given(1))
  }

  static let standsStill = Check(
    "stands-still", "E[x_n] = mean of q(x_n) after sweeps without end",
    because: "each update maximises S; where none moves, q(x) and q(z) fit each other",
    as: .specialCase
  ) { parts, problem in
    let messages = try parts.messages(problem.globals)
    let means = try problem.start.indices.map { n in
      var r = problem.start[n]
      var law = try parts.state(problem.potentials[n], messages, r)
      for _ in 0..<20_000 {
        r = try parts.responsibilities(law, messages)
        let moved = try parts.state(problem.potentials[n], messages, r)
        let stands = abs(moved.mean - law.mean) < 1e-15 * (1 + abs(law.mean))
        law = moved
        if stands { break }
      }
      return law.mean
    }
    return .equal(
      means, try problem.program.values().means.map(\.value),
      rounding: .of(
        terms: 1 << 16,
        because:
          "a sweep that shrinks distances by a few parts in a hundred leaves a thousand roundings"))
  }

  private static let problemFactor = NormalLaw(mean: 0.4, variance: 0.7)

  private static func state(
    _ parts: Parts, _ problem: ClusterProblem, _ n: Int
  ) throws -> NormalLaw {
    try parts.state(
      problem.potentials[n], try parts.messages(problem.globals), problem.start[n])
  }

  /// E_q[log π_k + log N(x; μ_k, σ_k²)], each mean in closed form.
  private static func expectedLog(
    _ problem: ClusterProblem, _ k: Int, _ q: NormalLaw
  ) -> ExactValue {
    let moments = Moments(problem, k)
    let square = given(q.mean) * given(q.mean) + given(q.variance)
    return moments.logWeight + given(q.mean) * moments.shift
      - 0.5 * (square * moments.precision + moments.quadratic + moments.logVariance)
  }

  /// The means that q(θ) has of a cluster.
  private struct Moments {
    let precision: ExactValue
    let shift: ExactValue
    let quadratic: ExactValue
    let logVariance: ExactValue
    let logWeight: ExactValue

    init(_ problem: ClusterProblem, _ k: Int) {
      let law = problem.globals.components[k]
      let counts = problem.globals.weights.concentration
      precision = given(law.dof) / given(law.scale[0][0])
      shift = given(law.mean[0]) * precision
      quadratic = 1 / given(law.kappa) + given(law.mean[0]) * shift
      logVariance = (given(law.scale[0][0]) / 2).logarithm - Moments.digamma(law.dof / 2)
      logWeight = Moments.digamma(counts[k]) - Moments.digamma(counts.reduce(0, +))
    }

    private static func digamma(_ x: Double) -> ExactValue {
      guard let found = try? SpecialFunctions.digamma(x) else { return ExactValue(.nan) }
      return ExactValue(found.value, roundingBound: found.error)
    }
  }
}

/// A number that is given.
func given(_ value: Double) -> ExactValue { ExactValue(value) }
