import JSONText
import LessonKit
import Models

extension CoordinateUpdateExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The log goes inside the mean: the target is the geometric mean of the joint over the other factors, \
      normalised. That is why it needs no conjugacy, and why it never puts mass where the others' \
      states make the joint zero.
      """,
    HandinPart(
      "expected",
      "E_{i≠j}[log p(x, z)] for each value of latent j: the mean over the other factors.",
      given: [latent] + JointTable.arguments,
      returns: .numbers("one number a value of latent j"), \.expected
    ) { program, right in
      { latent, factors, table in
        program.numbers(table.given(factors, latent: latent)) { right(latent, factors, table) }
      }
    },
    HandinPart(
      "target",
      "q̃_j ∝ exp E_{i≠j}[log p(x, z)], the best factor of latent j while the others stay.",
      given: [latent] + JointTable.arguments,
      returns: .numbers("one probability a value of latent j; they sum to one"), \.target
    ) { program, right in
      { latent, factors, table in
        program.numbers(table.given(factors, latent: latent)) { right(latent, factors, table) }
      }
    },
    HandinPart(
      "elbo", "ELBO(q) = E_q[log p(x, z)] + Σ_i H(q_i) of a product q.",
      given: JointTable.arguments, returns: .number("the bound"), \.elbo
    ) { program, right in
      { factors, table in program.number(table.given(factors)) { right(factors, table) } }
    })

  private static let latent = HandinArgument.integer("latent", "j, the latent to set, from 0")
}

// MARK: A table and a product, as data

extension JointTable {
  /// How a table and the factors of a product are handed over.
  static let arguments: [HandinArgument] = [
    .matrix("factors", "q_i(z_i), a list of probabilities a latent i"),
    .numbers("sizes", "the number of values of each latent"),
    .numbers(
      "log_joint", "log p(x, z) of each state z, the last latent fastest; −inf where p is 0"),
  ]

  /// The factors of a product and this table.
  func given(_ factors: [[Double]]) -> JSON {
    ["factors": .given(factors), "sizes": countsOfValues, "log_joint": .given(logValues)]
  }

  /// The same, with the latent that is to be set.
  func given(_ factors: [[Double]], latent: Int) -> JSON {
    [
      "latent": .given(latent), "factors": .given(factors), "sizes": countsOfValues,
      "log_joint": .given(logValues),
    ]
  }

  private var countsOfValues: JSON { .array(sizes.map { .given($0) }) }
}
