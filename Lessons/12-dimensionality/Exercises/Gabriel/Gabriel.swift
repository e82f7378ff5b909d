import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension GabrielExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MatrixProblem>(
    id: "gabriel", title: "A block from the three others",
    task: """
      Write `predict`, what B, C and D say of A with rank k; `errors`, the summed squares with each entry of X held out \
      once, for k = 0, 1, 2; and `choose`, the rank that is taken.
      """,
    hints: [
      "D = Σ_j s_j u_j v_jᵀ; keep the k largest parts and invert these alone.",
      "What is done to X before an entry is held out has seen that entry.",
      "Of equal errors take the smaller rank.",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Three things can go wrong: the rank is too low, D divides by noise, or a dimension is not in D at \
      all. One line for each:
      """)

  static let answer = Parts(
    predict: { try BlockHoldOut.prediction(of: $0, rank: $1) },
    errors: { try BlockHoldOut().errors(of: Matrix($0)) },
    choose: { Double(leastRank($0)) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "inverts-all", "takes the pseudo-inverse of D itself, whatever k is", \.predict
    ) { blocks, _ in
      blocks.b.times(try SingularParts(of: blocks.d).inverse(rank: 99)).times(blocks.c)
    },
    Mistake("keeps-the-smallest", "keeps the k smallest parts of D", \.predict) { blocks, rank in
      let parts = try SingularParts(of: blocks.d)
      let all = parts.inverse(rank: 99)
      let kept = all - parts.inverse(rank: parts.values.count - rank)
      return blocks.b.times(kept).times(blocks.c)
    },
    Mistake("forgets-to-turn", "U S⁻¹ Vᵀ in the place of V S⁻¹ Uᵀ", \.predict) { blocks, rank in
      let inverse = try SingularParts(of: blocks.d).inverse(rank: rank)
      return blocks.b.times(inverse.transposed()).times(blocks.c)
    },
    Mistake("multiplies-by-s", "V S Uᵀ: the transpose for the inverse", \.predict) { blocks, rank in
      let part = try SingularParts(of: blocks.d).nearest(rank: rank)
      return blocks.b.times(part.transposed()).times(blocks.c)
    },
    Mistake(
      "centres-first", "subtracts the column means of X, the held-out entries among them",
      source: "standardising before splitting, the leak that Kaufman and others 2012 describe",
      \.errors,
      from: { right in
        { x in
          let means = x[0].indices.map { j in x.reduce(0) { $0 + $1[j] } / Double(x.count) }
          return try right(x.map { row in zip(row, means).map { $0 - $1 } })
        }
      }),
    Mistake(
      "leaves-the-block-in", "takes the parts of all of X: the error of the fit", \.errors
    ) { x in
      let parts = try SingularParts(of: Matrix(x))
      return (0..<3).map { rank in
        (Matrix(x) - parts.nearest(rank: rank)).array.reduce(0) { $0 + $1 * $1 }
      }
    },
    Mistake("one-block-only", "holds out the first entry and no other", \.errors) { x in
      let blocks = try FourBlocks(of: Matrix(x), rows: [0], columns: [0])
      return try (0..<3).map { rank in
        let miss = x[0][0] - (try BlockHoldOut.prediction(of: blocks, rank: rank)[0, 0])
        return miss * miss
      }
    },
    Mistake("takes-the-last", "of equal errors the largest rank", \.choose) { errors in
      Double(errors.indices.min { (errors[$0], -$0) < (errors[$1], -$1) } ?? 0)
    },
    Mistake("looks-for-an-elbow", "the rank after the largest drop", \.choose) { errors in
      let drops = zip(errors, errors.dropFirst()).map { $0 - $1 }
      return Double(1 + (drops.indices.max { drops[$0] < drops[$1] } ?? 0))
    },
  ]
}
