import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// A table, some q over it, and a weight β for the divergence.
struct PenaltyProblem: Sendable {
  var joint = FiniteJoint.threeStates
  var q = [0.25, 0.35, 0.4]
  var beta = 2.0

  static func random(_ cases: inout Cases) throws -> PenaltyProblem {
    let states = try cases.integer(3...4)
    return PenaltyProblem(
      joint: try .random(states: states, &cases), q: try cases.simplex(states),
      beta: try cases.real(from: 1.2, to: 3))
  }

  /// log Σ_z p(z) p(x|z)^(1/β).
  func temperedEvidence(_ beta: Double) -> Double {
    logSumExp(joint.prior.indices.map { log(joint.prior[$0]) + joint.logLikelihood($0) / beta })
  }
}

/// The penalised objective, its best q, and the parts of a divergence from the posterior.
struct Penalty: Sendable {
  /// E_q[log p(x|z)] − β KL(q‖p(z)).
  var objective: @Sendable ([Double], PenaltyProblem, Double) -> Double = { q, problem, beta in
    let expected = q.indices.reduce(0) { $0 + q[$1] * problem.joint.logLikelihood($1) }
    return expected - beta * kullbackLeibler(of: q, from: problem.joint.prior)
  }
  /// Its maximiser, q ∝ p(z) p(x|z)^(1/β).
  var best: @Sendable (PenaltyProblem, Double) -> [Double] = { problem, beta in
    let logs = problem.joint.prior.indices.map {
      log(problem.joint.prior[$0]) + problem.joint.logLikelihood($0) / beta
    }
    let total = logSumExp(logs)
    return logs.map { exp($0 - total) }
  }
  /// KL(q‖p(z|x)) as log p(x) − E_q[log p(x|z)] + KL(q‖p(z)).
  var divergenceByBayes: @Sendable (PenaltyProblem) -> Double = { problem in
    let evidence = ExactPosterior(of: problem.joint).logEvidence.value
    let expected = problem.q.indices.reduce(0) {
      $0 + problem.q[$1] * problem.joint.logLikelihood($1)
    }
    return evidence - expected + kullbackLeibler(of: problem.q, from: problem.joint.prior)
  }
}

extension Page {
  /// The divergence as a regulariser, and as the gap of the bound.
  static let penalty: Exercise<Penalty, PenaltyProblem> = Exercise(
    Sheet(
      id: "penalty", title: "What the term does", task: "", hints: [], example: PenaltyProblem(),
      draw: { try PenaltyProblem.random(&$0) }, lines: []),
    answer: Penalty(),
    derivation: [
      threeParts, bestValue, staysNearer, oneIsTheBound, lessThanOneIsNoBound,
    ],
    mistakes: [
      Mistake(
        "adds-the-divergence-to-the-reward", "E_q[log p(x|z)] + β KL(q‖p(z))", source: "E-012",
        changing {
          $0.objective = { q, problem, beta in
            let expected = q.indices.reduce(0) { $0 + q[$1] * problem.joint.logLikelihood($1) }
            return expected + beta * kullbackLeibler(of: q, from: problem.joint.prior)
          }
        }),
      Mistake(
        "tempers-the-prior", "q ∝ p(z)^(1/β) p(x|z): the other factor is tempered",
        changing {
          $0.best = { problem, beta in
            let logs = problem.joint.prior.indices.map {
              log(problem.joint.prior[$0]) / beta + problem.joint.logLikelihood($0)
            }
            let total = logSumExp(logs)
            return logs.map { exp($0 - total) }
          }
        }),
      Mistake(
        "returns-the-posterior-for-every-weight", "the best q of β = 1, whatever β is",
        changing {
          $0.best = { problem, _ in ExactPosterior(of: problem.joint).probabilities ?? problem.q }
        }),
      Mistake(
        "subtracts-the-divergence-once-more",
        "log p(x) − E_q[log p(x|z)] − KL(q‖p(z)), a divergence that can be negative",
        source: "E-011",
        changing { penalty in
          let right = penalty.divergenceByBayes
          penalty.divergenceByBayes = { problem in
            right(problem) - 2 * kullbackLeibler(of: problem.q, from: problem.joint.prior)
          }
        }),
    ])

  private static func changing(_ change: (inout Penalty) -> Void) -> Penalty {
    var penalty = Penalty()
    change(&penalty)
    return penalty
  }

  private static var threeParts: Line<Penalty, PenaltyProblem> {
    Line(
      "three-parts", "KL(q‖p(z|x)) = log p(x) − E_q[log p(x|z)] + KL(q‖p(z))",
      because: "Bayes' rule inside the logarithm: p(z|x) = p(x|z) p(z) / p(x)", claims: ["A-076"]
    ) { penalty, problem in
      let posterior = ExactPosterior(of: problem.joint).probabilities ?? problem.q
      return .equal(
        penalty.divergenceByBayes(problem), kullbackLeibler(of: problem.q, from: posterior),
        magnitude: 8)
    }
  }

  private static var bestValue: Line<Penalty, PenaltyProblem> {
    Line(
      "best-value", "max_q E_q[log p(x|z)] − β KL(q‖p(z)) = β log Σ_z p(z) p(x|z)^(1/β)",
      because: "the objective is −β KL(q‖q*) + β log Z with q* ∝ p(z) p(x|z)^(1/β)",
      claims: ["A-024"]
    ) { penalty, problem in
      let best = penalty.best(problem, problem.beta)
      return .equal(
        penalty.objective(best, problem, problem.beta),
        problem.beta * problem.temperedEvidence(problem.beta), terms: 128, magnitude: 12)
    }
  }

  private static var staysNearer: Line<Penalty, PenaltyProblem> {
    Line(
      "stays-nearer-the-prior", "KL(q*_β‖p(z)) ≤ KL(q*_1‖p(z))  for β > 1",
      because: "a dearer divergence is bought less: T(β) = β log Z_β has slope −KL(q*_β‖p)",
      claims: ["A-024"]
    ) { penalty, problem in
      // KL(q*_β‖p) = E_q*[log p(x|z)]/β − log Z_β, by another route than the table's divergence.
      func spent(_ beta: Double) -> Double {
        let z = problem.temperedEvidence(beta)
        let mean = problem.joint.prior.indices.reduce(0.0) { sum, k in
          let l = problem.joint.logLikelihood(k)
          return sum + problem.joint.prior[k] * exp(l / beta - z) * l
        }
        return mean / beta - z
      }
      func used(_ beta: Double) -> Double {
        kullbackLeibler(of: penalty.best(problem, beta), from: problem.joint.prior)
      }
      return .atMost(
        used(problem.beta), used(1), gap: spent(1) - spent(problem.beta), terms: 128, magnitude: 12)
    }
  }

  private static var oneIsTheBound: Line<Penalty, PenaltyProblem> {
    Line(
      "one-is-the-bound", "β = 1:  E_q[log p(x|z)] − KL(q‖p(z)) = ELBO(q)",
      because: "with weight one the prior's part completes log p(x, z)", claims: ["A-024"]
    ) { penalty, problem in
      .equal(
        penalty.objective(problem.q, problem, 1),
        exactELBO(of: problem.q, logJoints: problem.joint.logJoints).value, magnitude: 8)
    }
  }

  private static var lessThanOneIsNoBound: Line<Penalty, PenaltyProblem> {
    Line(
      "below-one-is-no-bound", "β = ½ at the posterior:  objective ≥ log p(x)",
      because: "it exceeds the tight bound by ½ KL(p(z|x)‖p(z)): a β-VAE with β < 1 has no bound",
      claims: ["A-046"]
    ) { penalty, problem in
      let posterior = ExactPosterior(of: problem.joint)
      let q = posterior.probabilities ?? problem.q
      return .atLeast(
        penalty.objective(q, problem, 0.5), posterior.logEvidence.value,
        gap: 0.5 * kullbackLeibler(of: q, from: problem.joint.prior), magnitude: 8)
    }
  }
}
