import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension NaturalGradientExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, NaturalGradientProblem>(
    id: "natural-gradient",
    title: "The term through the local optimum",
    task: """
      Write `local_term`: how the expected statistics t̄ move when every potential moves from ψ_n towards what \
      the decoder says, ψ*_n, while both q(x_n) and q(z_n) follow. Beside it stand `truncated`, η₀ + t̄ − η, and \
      `potential_gradient`, the gradient of the ELBO by each (h_n, J_n).
      """,
    hints: [
      "q(x_n) moves with the tilt Δ_n and with r_nk; r_nk moves with q(x_n). Write both, and solve.",
      "With B = diag(r) − r rᵀ the rate of r is B·(the rates of E_q(x)[message_k]).",
      "r_nk E[x_n²] has two factors that move.",
    ],
    example: try .threePoints(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      truncated: { try SurrogateExercise.bound($0).truncatedNaturalGradient },
      localTerm: { try SurrogateExercise.bound($0).localTerm(asked: $0.asked) },
      whole: { try SurrogateExercise.bound($0).naturalGradient(asked: $0.asked) },
      potentialGradient: { problem in
        flat(try SurrogateExercise.bound(problem).potentialGradient(asked: problem.asked))
      }),
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      The same term, in its other form, is the gradient of the network. And where the potentials \
      are right it is zero, so that no test sees whether it is there:
      """)

  private static func flat(_ gradients: [QuadraticPotential]) -> [Double] {
    gradients.flatMap { [$0.linear[0], $0.precision[0, 0]] }
  }
}

// MARK: The ways to get it wrong

extension NaturalGradientExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "drops-the-local-term", "takes η₀ + t̄ − η for the whole natural gradient",
      source: "mattjj/svae, svae.py, which says so in a comment", \.localTerm,
      from: { _ in { problem in problem.globals.naturalParameters.map { _ in 0 } } }),
    Mistake(
      "truncated-for-whole", "steps along η₀ + t̄ − η", \.whole,
      { try SurrogateExercise.bound($0).truncatedNaturalGradient }),
    Mistake(
      "tilts-to-the-decoder", "moves the potentials by ψ*_n, not by ψ*_n − ψ_n", \.localTerm,
      { problem in
        let bound = try SurrogateExercise.bound(problem)
        return try bound.local.response(to: problem.asked).statistics
      }),
    Mistake(
      "tilts-the-wrong-way", "moves them by ψ_n − ψ*_n", \.localTerm,
      from: { right in { problem in try right(problem).map { -$0 } } }),
    Mistake(
      "holds-the-assignments", "lets q(x_n) follow and holds q(z_n)",
      source: "one sweep of the backward pass in place of its fixed point", \.localTerm,
      { problem in
        let bound = try SurrogateExercise.bound(problem)
        return heldAssignments(problem, bound)
      }),
    Mistake(
      "forgets-the-prior", "takes t̄ − η: no term η₀", \.truncated,
      from: { right in
        { problem in
          zip(try right(problem), problem.mixture.parameters.naturalParameters).map { $0 - $1 }
        }
      }),
    Mistake(
      "squares-of-means", "adds r_nk E[x_n]² where r_nk E[x_n²] belongs", \.truncated,
      from: { right in
        { problem in
          let local = try SurrogateExercise.bound(problem).local
          var gradient = try right(problem)
          for (state, row) in zip(local.states, local.responsibilities) {
            for (k, r) in row.enumerated() {
              gradient[row.count + 4 * k + 2] -= r * state.covariance[0, 0]
            }
          }
          return gradient
        }
      }),
    Mistake(
      "takes-the-surrogates-gradient",
      "gives the network ∂S/∂h_n and ∂S/∂J_n, the moments of q(x_n)",
      \.potentialGradient,
      { problem in
        try SurrogateExercise.bound(problem).local.states.flatMap {
          [$0.mean[0], -0.5 * $0.secondMoment[0, 0]]
        }
      }),
  ]

  /// ∂t̄/∂ε with r_nk fixed.
  private static func heldAssignments(
    _ problem: ClusterProblem, _ bound: StructuredBound<LatentMixture>
  ) -> [Double] {
    let count = problem.mixture.componentCount
    var rates = [Double](repeating: 0, count: 5 * count)
    for (n, tilt) in bound.tilts(problem.asked).enumerated() {
      let moved = bound.local.states[n].response(to: tilt)
      for (k, r) in bound.local.responsibilities[n].enumerated() {
        rates[count + 4 * k] += r * moved.mean[0]
        rates[count + 4 * k + 2] += r * moved.secondMoment[0, 0]
      }
    }
    return rates
  }
}
