import JSONText
import LessonKit
import Models

extension SweepExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The bound rises by KL(q_j‖q̃_j) at each update, a number that costs nothing to print. All at once looks \
      like the same lines and is faster on many cores, but no divergence is owed to anybody: it \
      may fall, and it may swing between two states for ever.
      """,
    HandinPart(
      "sweep", "Sets each factor to its target in turn, and returns all factors after each update.",
      given: JointTable.arguments,
      returns: .matrix(
        "a row an update: all factors after it, one behind the other, the first latent first"),
      \.sweep
    ) { program, right in
      { start, table in
        let rows = program.matrix(table.given(start)) {
          right(start, table).map { Array($0.joined()) }
        }
        return rows.map { split($0, table.sizes) }
      }
    },
    HandinPart(
      "all_at_once", "Sets every factor to its target, each from the old values of the others.",
      given: JointTable.arguments, returns: .matrix("a list of probabilities a latent"),
      \.allAtOnce
    ) { program, right in
      { factors, table in program.matrix(table.given(factors)) { right(factors, table) } }
    },
    HandinPart(
      "elbo", "ELBO(q) = E_q[log p(x, z)] + Σ_i H(q_i) of a product q.",
      given: JointTable.arguments, returns: .number("the bound"), \.elbo
    ) { program, right in
      { factors, table in program.number(table.given(factors)) { right(factors, table) } }
    })

  /// The factors of latents with so many values, from one list of all of them.
  private static func split(_ row: [Double], _ sizes: [Int]) -> [[Double]] {
    var rest = row[...]
    return sizes.map { size in
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
  }
}
