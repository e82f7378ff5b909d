import JSONText
import LessonKit
import Models

extension FromDrawsExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The potentials are unbiased and the answer is not. More draws of the same q(z) help, at the rate 1/S; \
      where the means are known, as for a Gaussian chain, no draw is needed.
      """,
    HandinPart(
      "potentials", "The mean over draws of log N(z_t; A_k z_(t−1), Q_k).",
      given: moves + [draws], returns: .matrix("a row for each t from 1 on, a number for each k"),
      \.potentials
    ) { program, right in
      { problem, draws in
        let wanted = try right(problem, draws)
        return program.matrix(.object(given(problem, draws, withChain: false))) { wanted }
      }
    },
    HandinPart(
      "switches", "q̂(r_t = k), from the potentials that draws imply.",
      given: chain + moves + [draws], returns: .matrix("a row for each t from 0 on"), \.switches
    ) { program, right in
      { problem, draws in
        let wanted = try right(problem, draws)
        return program.matrix(.object(given(problem, draws, withChain: true))) { wanted }
      }
    })

  private static let chain: [HandinArgument] = [
    .numbers("initial", "π_k, the distribution of r₀"),
    .matrix("transition", "B_jk, the probability of k after j, row j"),
  ]
  private static let moves: [HandinArgument] = [
    .numbers("dynamics", "A_k"), .numbers("noises", "Q_k, the variance that is added"),
  ]
  private static let draws = HandinArgument.matrix("draws", "z₀ … x_(T−1), a row a draw")

  private static func given(
    _ problem: DrawProblem, _ draws: [[Double]], withChain: Bool
  ) -> [(key: String, value: JSON)] {
    let system = problem.system.sequence.system
    let first: [(key: String, value: JSON)] = [
      ("initial", .given(system.initialState)),
      ("transition", .array(system.transition.map { .given($0) })),
    ]
    let rest: [(key: String, value: JSON)] = [
      ("dynamics", .given(problem.system.moves.map(\.dynamics))),
      ("noises", .given(problem.system.moves.map(\.noise))),
      ("draws", .array(draws.map { .given($0) })),
    ]
    return (withChain ? first : []) + rest
  }
}
