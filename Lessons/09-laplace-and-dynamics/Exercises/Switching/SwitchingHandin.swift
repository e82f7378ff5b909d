import JSONText
import LessonKit
import Models
import Probability

extension SwitchingExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 4,
    debrief: """
      Two recursions that were exact for their own models, a Gaussian chain and a Markov chain, tell each other \
      means until nothing moves. What is lost is that z and r know of each other.
      """,
    HandinPart(
      "averaged", "What the mean over q(r_t) makes of the dynamics of one step.",
      given: moves + [.numbers("weights", "q(r_t = k)")],
      returns: .numbers(
        "M, U and D: the mean of log N(z_t; A_k z_(t−1), Q_k) is −(z_t − M z_(t−1))²/2U − D z_(t−1)²/2 + constant"
      ),
      \.averaged
    ) { program, right in
      { problem, weights in
        let wanted = try right(problem, weights)
        let given = given(problem, of: moves) + [(key: "weights", value: .given(weights))]
        let row = program.numbers(.object(given)) { [wanted.mean, wanted.variance, wanted.doubt] }
        return Averaged(mean: row[0], variance: row[1], doubt: row[2])
      }
    },
    HandinPart(
      "trajectories", "Means, variances and neighbours' covariances of the best q(z) for a q(r).",
      given: system + [start],
      returns: .matrix(
        "three lists: E[z_t], T numbers; Var[z_t], T; Cov(z_t, z_(t−1)), T − 1 from t = 1"),
      \.trajectories
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        let rows = program.matrix(.object(given(problem, of: system + [start]))) {
          [wanted.means, wanted.variances, wanted.neighbours]
        }
        return Moments(means: rows[0], variances: rows[1], neighbours: rows[2])
      }
    },
    HandinPart(
      "switches", "q(r_t = k) of the best q(r) for a q(z) that is given by its moments.",
      given: chain + moves + [
        .matrix("moments", "E[z_t]; Var[z_t]; Cov(z_t, z_(t−1)) from t = 1: three lists")
      ], returns: .matrix("q(r_t = k), a row a step"), \.switches
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        let exact = moments(try exact(problem).states)
        let rows = [exact.means, exact.variances, exact.neighbours]
        let given =
          given(problem, of: chain + moves) + [
            (key: "moments", value: .array(rows.map { .given($0) }))
          ]
        return program.matrix(.object(given)) { wanted }
      }
    },
    HandinPart(
      "bounds",
      "The ELBO after q(z) was set for the q(r) that is given, and after q(r) was set for that q(z).",
      given: system + [start], returns: .numbers("two numbers"), \.bounds
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        return program.numbers(.object(given(problem, of: system + [start]))) { wanted }
      }
    })

  private static let chain: [HandinArgument] = [
    .numbers("initial", "π_k, the distribution of r₀"),
    .matrix("transition", "B_jk, the probability of k after j, row j"),
  ]
  private static let moves: [HandinArgument] = [
    .numbers("dynamics", "A_k"), .numbers("noises", "Q_k, the variance that is added"),
  ]
  private static let system: [HandinArgument] =
    chain + moves + [
      .number("variance", "the variance of z₀, whose mean is 0"),
      .number("emission", "C of y_t = C z_t + noise"),
      .number("noise", "R, the variance of that noise"), .numbers("observations", "y_t"),
    ]
  private static let start = HandinArgument.matrix("start", "q(r_t = k), independent, a row a step")

  private static func given(
    _ problem: SwitchProblem, of arguments: [HandinArgument]
  ) -> [(key: String, value: JSON)] {
    let system = problem.sequence.system
    let all: [(key: String, value: JSON)] = [
      ("initial", .given(system.initialState)),
      ("transition", .array(system.transition.map { .given($0) })),
      ("dynamics", .given(problem.moves.map(\.dynamics))),
      ("noises", .given(problem.moves.map(\.noise))),
      ("variance", .given(problem.first.initialCovariance[0][0])),
      ("emission", .given(problem.first.emission[0][0])),
      ("noise", .given(problem.first.emissionNoise[0][0])),
      ("observations", .given(problem.outputs)),
      ("start", .array(problem.start.map { .given($0) })),
    ]
    return all.filter { member in arguments.contains { $0.name == member.key } }
  }
}
