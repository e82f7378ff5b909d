import Approximate
import GSL
import LessonKit
import Probability

extension MetropolisExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MetropolisProblem>(
    id: "metropolis", title: "Accept or stay",
    task: """
      Write `acceptance`, the probability A_ij with which a proposal j is accepted from i, and `next`, one step \
      of the chain.
      """,
    hints: [
      "The flow from i to j is π_i Q_ij A_ij; it must be the flow from j to i.",
      "One of the two acceptances can be 1.",
      "A_ij = min(1, g_j Q_ji/(g_i Q_ij)). What is not accepted stays, and staying is a step.",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Both sides of the balance can be read off the table, and how fast the chain forgets can \
      be, too:
      """)

  static let answer = Parts(
    acceptance: { kernel($0).acceptance(from: $1, to: $2) },
    next: { try kernel($0).step(from: $1, &$2) })

  static func kernel(_ problem: MetropolisProblem) -> MetropolisKernel {
    MetropolisKernel(target: problem.target, proposal: problem.proposal)
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-hastings", "min(1, g_j/g_i), as if Q were symmetric", source: "openturns #1260",
      \.acceptance
    ) { problem, i, j in
      problem.proposal[i][j] > 0 ? min(1, problem.target[j] / problem.target[i]) : 0
    },
    Mistake(
      "proposals-upside-down", "Q_ij/Q_ji in the place of Q_ji/Q_ij", source: "edward #788",
      \.acceptance
    ) { problem, i, j in
      let q = problem.proposal
      guard q[i][j] > 0, q[j][i] > 0 else { return 0 }
      return min(1, problem.target[j] * q[i][j] / (problem.target[i] * q[j][i]))
    },
    Mistake(
      "compares-with-itself", "takes the new state for the old one too: accepts everything",
      source: "walnuts #27", \.acceptance
    ) { _, _, _ in 1 },
    Mistake(
      "takes-g-for-its-logarithm", "min(1, exp(g_j − g_i) Q_ji/Q_ij): g is no logarithm",
      \.acceptance
    ) { problem, i, j in
      let q = problem.proposal
      guard q[i][j] > 0 else { return 0 }
      return min(1, exp(problem.target[j] - problem.target[i]) * q[j][i] / q[i][j])
    },
    Mistake(
      "barker", "g_j Q_ji/(g_i Q_ij + g_j Q_ji): π stays, fewer proposals are accepted",
      source: "Barker 1965: a kernel of its own", \.acceptance
    ) { problem, i, j in
      let (there, back) = (
        problem.target[i] * problem.proposal[i][j], problem.target[j] * problem.proposal[j][i]
      )
      return there > 0 ? back / (there + back) : 0
    },
    Mistake(
      "drops-the-rejected", "writes down accepted proposals alone", source: "hamiltorch #5", \.next
    ) { problem, state, choices in
      let moves = problem.proposal[state].enumerated().map {
        $0.element * kernel(problem).acceptance(from: state, to: $0.offset)
      }
      return try choices.choose(moves.map { $0 / moves.reduce(0, +) })
    },
  ]
}
