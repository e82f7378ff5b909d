import JSONText
import LessonKit

extension MessagesExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      A node adds up what it is told and needs nothing else: that is why one program serves every conjugate \
      model. The means come out exact on a chain of normals; the variances do not, as no message \
      says how neighbours move together.
      """,
    HandinPart(
      "to_child", "E[t(x)] = (E[x], E[x²]), from the natural parameters of a normal belief.",
      given: [.numbers("natural", "η = (m/v, −1/2v)")], returns: .numbers("E[x] and E[x²]"),
      \.toChild
    ) { program, right in
      { natural in
        let wanted = try right(natural)
        return program.numbers(["natural": .given(natural)]) { wanted }
      }
    },
    HandinPart(
      "to_parent", "The message from x_(t+1) to x_t, two numbers that are added to η of q(x_t).",
      given: chain + [place], returns: .numbers("what stands at x_t and at x_t²"), \.toParent
    ) { program, right in
      { problem, t in
        let wanted = try right(problem, t)
        return program.numbers(.object(given(problem) + [("t", .given(t))])) { wanted }
      }
    },
    HandinPart(
      "target", "The natural parameters that all messages to x_t add up to.",
      given: chain + [place], returns: .numbers("two natural parameters"), \.target
    ) { program, right in
      { problem, t in
        let wanted = try right(problem, t)
        return program.numbers(.object(given(problem) + [("t", .given(t))])) { wanted }
      }
    },
    HandinPart(
      "fixed_point", "Means and variances of all q(x_t) when nothing moves any more.",
      given: chain, returns: .matrix("two lists: the means, the variances"), \.fixedPoint
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        let rows = program.matrix(.object(given(problem))) { [wanted.means, wanted.variances] }
        return (rows[0], rows[1])
      }
    },
    HandinPart(
      "co_parent",
      "The mean of q(Y) after one update, in Y ~ N(0, 1), X_i ~ N(Y + C_i, 1), where all X_i and C_i are known.",
      given: [
        .numbers("children", "X_1 and X_2"), .numbers("co_parents", "C_1 and C_2"),
      ], returns: .number("E[Y]"), \.coParent
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        return program.number([
          "children": .given(problem.children), "co_parents": .given(problem.coParents),
        ]) { wanted }
      }
    })

  private static let place = HandinArgument.integer("t", "the place of x_t, from 0")

  private static let chain: [HandinArgument] = [
    .number("dynamics", "a; x_0 ~ N(0, 1) and x_t ~ N(a x_(t−1), 1/τ)"),
    .number("dynamics_precision", "τ"),
    .number("observation_precision", "u; y_t ~ N(x_t, 1/u)"), .numbers("observations", "y_t"),
    .numbers("means", "E[x_t] of the beliefs as they are"), .numbers("variances", "Var[x_t]"),
  ]

  private static func given(_ problem: MessagesProblem) -> [(key: String, value: JSON)] {
    [
      ("dynamics", .given(problem.dynamics)),
      ("dynamics_precision", .given(problem.dynamicsPrecision)),
      ("observation_precision", .given(problem.observationPrecision)),
      ("observations", .given(problem.observations)), ("means", .given(problem.means)),
      ("variances", .given(problem.variances)),
    ]
  }
}
