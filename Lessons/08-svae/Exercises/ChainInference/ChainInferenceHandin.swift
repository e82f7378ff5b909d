import JSONText
import LessonKit
import Models
import Probability

extension ChainInferenceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 4,
    debrief: """
      The clusters have gone and nothing else has changed: add potentials, infer, sum statistics. The whole \
      smoother is one tridiagonal matrix; messages are how it is inverted in linear time.
      """,
    HandinPart(
      "moments", "Means, variances and neighbours' covariances of q(x_0 … x_(T−1)).",
      given: sequence,
      returns: .matrix(
        "three lists: E[x_t], T numbers; Var[x_t], T; Cov(x_t, x_(t−1)), T − 1 from t = 1"),
      \.moments
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        let rows = program.matrix(.object(given(problem))) {
          [wanted.means, wanted.variances, wanted.neighbours]
        }
        return Moments(means: rows[0], variances: rows[1], neighbours: rows[2])
      }
    },
    HandinPart(
      "statistics",
      "t̄ = (Σ E[x_t x_(t−1)], Σ E[x_(t−1)²], Σ E[x_t²], the number of steps), sums over t = 1 … T − 1.",
      given: sequence, returns: .numbers("four numbers"), \.statistics
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        return program.numbers(.object(given(problem))) { wanted }
      }
    },
    HandinPart(
      "local_term", "∂t̄/∂ε where every potential is ψ_t + ε (ψ*_t − ψ_t).",
      given: sequence + [
        .matrix("asked", "(h*_t, J*_t) of ψ*_t, what the decoder says, a row a step")
      ],
      returns: .numbers("four numbers, in the order of t̄"), \.localTerm
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        let asked = [(key: "asked", value: QuadraticPotential.rows(problem.asked))]
        return program.numbers(.object(given(problem) + asked)) { wanted }
      }
    })

  private static let sequence: [HandinArgument] = [
    .number("initial_mean", "the mean of x_0"), .number("initial_variance", "its variance"),
    .numbers(
      "dynamics",
      "(l, κ, ν, Λ) of q(a, Q): Q ~ inverse Wishart(ν, Λ), a | Q ~ N(l, Q/κ), and x_t ~ N(a x_(t−1), Q)"
    ),
    .matrix("potentials", "(h_t, J_t) of ψ_t(x) = h_t x − ½ J_t x², a row a step"),
  ]

  private static func given(_ problem: ChainProblem) -> [(key: String, value: JSON)] {
    let (dynamics, law) = (problem.dynamics, problem.globals)
    return [
      ("initial_mean", .given(dynamics.initialMean[0])),
      ("initial_variance", .given(dynamics.initialCovariance[0][0])),
      ("dynamics", .given([law.mean[0][0], law.kappa[0][0], law.dof, law.scale[0][0]])),
      ("potentials", QuadraticPotential.rows(problem.potentials)),
    ]
  }
}
