import GSL
import LessonKit
import Probability
import Verification

/// Derivation `surgery`: the mean divergence of a few data, cut into what codes say and what fits badly.
///
/// Reference: M. Hoffman and M. Johnson, ELBO surgery, 2016.
enum SurgeryDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// q̄, the mixture of all codes.
    var mixture: @Sendable (_ codes: [[Double]]) -> [Double]
    /// (1/T) Σ_t KL(q_t‖p(z)).
    var paid: @Sendable (_ codes: [[Double]], _ prior: [Double]) -> Double
    /// (1/T) Σ_t KL(q_t‖q̄).
    var told: @Sendable (_ codes: [[Double]]) -> Double
  }

  /// Three data with codes over three states, and a prior.
  struct Problem: Sendable, Shown {
    let prior: [Double]
    let codes: [[Double]]

    static let example = Problem(
      prior: [0.5, 0.3, 0.2], codes: [[0.8, 0.1, 0.1], [0.2, 0.6, 0.2], [0.3, 0.2, 0.5]])

    static func random(_ cases: inout Cases) throws -> Problem {
      Problem(
        prior: try cases.simplex(3),
        codes: [try cases.simplex(3), try cases.simplex(3), try cases.simplex(3)])
    }

    var givens: [Given] { [Given("p(z)", prior), Given("q_t", codes)] }

    /// Σ_t KL(q_t‖q̄)/T and KL(q̄‖p(z)).
    var parts: (told: Double, misfit: Double) {
      let count = Double(codes.count)
      let mixture = prior.indices.map { z in codes.reduce(0) { $0 + $1[z] / count } }
      func divergence(_ q: [Double], _ p: [Double]) -> Double {
        zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
      }
      return (
        codes.reduce(0) { $0 + divergence($1, mixture) / count }, divergence(mixture, prior)
      )
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [cut, information, most]

  static let cut = Check(
    "cut", "Σ_t KL(q_t‖p(z))/T = Σ_t KL(q_t‖q̄)/T + KL(q̄‖p(z))",
    because: "log q_t/p is log q_t/q̄ + log q̄/p, and q̄ is the mean of the q_t", as: .step
  ) { parts, problem in
    let mixture = parts.mixture(problem.codes)
    return .equal(
      parts.paid(problem.codes, problem.prior),
      parts.told(problem.codes) + divergence(mixture, problem.prior), rounding: wide)
  }

  static let information = Check(
    "information", "Σ_t KL(q_t‖q̄)/T + KL(q̄‖p(z)) = log T + E[log q(t|z)] + KL(q̄‖p(z))",
    because: "q(t|z) = q_t(z)/(T q̄(z)), for t and z drawn together", as: .step
  ) { parts, problem in
    let mixture = parts.mixture(problem.codes)
    let misfit = divergence(mixture, problem.prior)
    let count = Double(problem.codes.count)
    var known = 0.0
    for z in problem.prior.indices {
      let column = problem.codes.map { $0[z] }
      let mass = column.reduce(0, +)
      for share in column { known += share / count * log(share / mass) }
    }
    return .equal(
      parts.told(problem.codes) + misfit, log(count) + known + misfit, rounding: wide)
  }

  static let most = Check(
    "most", "Σ_t KL(q_t‖p(z))/T = log T + KL(q̄‖p(z)) if no two q_t overlap",
    because: "then z says which datum it was, and nothing can say more", as: .specialCase,
    changing: { _ in [Given("q_t", [[1, 0, 0], [0, 1, 0], [0, 0, 1]])] }
  ) { parts, problem in
    let apart = [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]
    return .equal(
      parts.paid(apart, problem.prior),
      log(3.0) + divergence(parts.mixture(apart), problem.prior), rounding: wide)
  }

  private static let wide = Rounding.of(size: 10, because: "logarithms of ratios")

  private static func divergence(_ q: [Double], _ p: [Double]) -> Double {
    zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
  }
}
