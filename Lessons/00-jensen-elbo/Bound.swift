import Approximate
import Assignments
import GSL
import LessonKit
import Models
import Probability

extension Lesson00 {
  /// The bound, its answer, and the ways to get it wrong.
  static let bound: Exercise<any BoundForm, BoundProblem> = Exercise(
    .bound,
    answer: JointForm(),
    mistakes: [
      Mistake("forgets-the-entropy", "E_q[log p(x, z)] without −E_q[log q]", ForgetsTheEntropy()),
      Mistake(
        "forgets-the-prior", "uses log p(x | z) in place of log p(x, z)",
        source: "UvA DL2 notebook, displayed ELBO gradient", ForgetsThePrior()),
      Mistake(
        "adds-the-divergence", "E_q[log p(x | z)] + KL(q‖p(z))", source: "E-012",
        AddsTheDivergence()),
    ])
}

/// ELBO(q) = Σ_z q(z) [log p(x, z) − log q(z)], as the library computes it.
private struct JointForm: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    Approximate.elbo(of: problem.q, problem.joint).value
  }
}

private struct ForgetsTheEntropy: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    problem.q.indices.reduce(0) { $0 + problem.q[$1] * problem.joint.logJoint($1) }
  }
}

private struct ForgetsThePrior: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    problem.q.indices.reduce(0) {
      $0 + problem.q[$1] * (problem.joint.logLikelihood($1) - log(problem.q[$1]))
    }
  }
}

private struct AddsTheDivergence: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    problem.q.indices.reduce(0) {
      $0 + problem.q[$1]
        * (problem.joint.logLikelihood($1) + log(problem.q[$1] / problem.joint.prior[$1]))
    }
  }
}
