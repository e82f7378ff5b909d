import JSONText
import LessonKit
import Probability

extension NaturalGradientExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 5,
    debrief: """
      A gradient through an inner optimum needs no loop to be differentiated: at a fixed point one linear system tells \
      how everything moves. What the published program drops is this term, and it is zero only \
      where the recognition network agrees with the decoder.
      """,
    HandinPart(
      "truncated", "η₀ + t̄ − η, the natural gradient with q(x_n) and q(z_n) held.",
      given: ClusterProblem.laws + ClusterProblem.locals,
      returns: .numbers(coordinates), \.truncated
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        return program.numbers(.object(problem.givenLaws + (try problem.givenLocals))) { wanted }
      }
    },
    HandinPart(
      "local_term",
      "∂t̄/∂ε where every potential is ψ_n + ε (ψ*_n − ψ_n), while q(x_n) and q(z_n) both follow.",
      given: tilted, returns: .numbers(coordinates), \.localTerm
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        return program.numbers(try given(problem)) { wanted }
      }
    },
    HandinPart(
      "potential_gradient",
      "(∂ELBO/∂h_n, ∂ELBO/∂J_n) of every point: the rates of E[x_n] and of −½ E[x_n²] along ψ*_n − ψ_n.",
      given: tilted, returns: .numbers("h_1, J_1, h_2, J_2, …: two numbers a point"),
      \.potentialGradient
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        return program.numbers(try given(problem)) { wanted }
      }
    })

  private static let coordinates =
    "first one number a cluster, the counts of q(π); then four a cluster, those of r x, r, r x² and r"

  private static let tilted =
    MixtureParameters.arguments + ClusterProblem.locals + ClusterProblem.said + [
      HandinArgument.matrix("asked", "(h*_n, J*_n) of ψ*_n, what the decoder says, a row a point")
    ]

  private static func given(_ problem: ClusterProblem) throws -> JSON {
    .object(
      problem.globals.given() + (try problem.givenLocals) + problem.givenPotentials
        + [("asked", QuadraticPotential.rows(problem.asked))])
  }
}
