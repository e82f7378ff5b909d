import LessonKit
import Probability
import Verification

/// Derivation `joint-and-conditional`: tables, with a class that is sometimes seen.
enum JointAndConditionalDerivation {
  /// What is done with tables of joint probabilities.
  struct Parts: Sendable {
    /// Σ_y p(x, y), a row of the joint an x.
    var marginal: @Sendable (_ joint: [[Double]]) -> [Double]
    /// p(y | x), a row an x.
    var conditional: @Sendable (_ joint: [[Double]]) -> [[Double]]
    /// Σ_k w_k p_k(x).
    var mix: @Sendable (_ weights: [Double], _ tables: [[Double]]) throws -> [Double]
    /// p(x_1, x_2 both on) for bits that are on with probabilities p_1z and p_2z given z.
    var bothOn: @Sendable (_ weights: [Double], _ bits: [[Double]]) throws -> Double
    /// p(x_1 … x_n | y) of a sequence of words under one table.
    var sequence: @Sendable (_ table: [Double], _ words: [Int]) -> Double
    /// p(y | x) = Σ_z p(z|x) p(y|x, z) for one x, from its weights and a row of p(y|x, z) a z.
    var predict: @Sendable (_ weights: [Double], _ rows: [[Double]]) -> [Double]
    /// p(y | x*) from p(y) and a row of p(x|y) a class.
    var classify: @Sendable (_ prior: [Double], _ rows: [[Double]], _ word: Int) throws -> [Double]
    /// log-likelihood of one labelled datum (word, class) and one unlabelled word.
    var semiSupervised:
      @Sendable (
        _ prior: [Double], _ rows: [[Double]], _ labelled: (word: Int, label: Int),
        _ unlabelled: Int
      ) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    sameMarginal, otherConditional, pairsTell, otherMixture, votes, coins, oneClassOfCoins,
    unigrams,
    orderDoesNotMatter, predictions, weightsOnly, componentsOnly, classifier, labelled,
  ]
}

// MARK: What p(x) leaves open

extension JointAndConditionalDerivation {
  static let sameMarginal = Check(
    "same-marginal", "Σ_y p′(x, y) = Σ_y p(x, y)",
    because: "a sum does not remember the order of its terms", claims: ["A-058", "A-072"],
    as: .consequence
  ) { parts, problem in .equal(parts.marginal(problem.turned), problem.exactWords) }

  static let otherConditional = Check(
    "other-conditional", "p′(y|x) ≠ p(y|x), though p′(x) = p(x)",
    because: "learning p(x) is not learning p(y|x); pairs y = 0, 1 for x = 0, 1, 2",
    claims: ["A-058", "A-072"],
    as: .consequence
  ) { parts, problem in
    let rows = zip(problem.exactJoint, problem.exactWords)
    let original = rows.flatMap { row, x in [row[0] / x, row[1] / x] }
    let differences = rows.flatMap { row, x in [(row[1] - row[0]) / x, (row[0] - row[1]) / x] }
    // The differences average to p(y=1) − p(y=2) under p(x), so one of them is at least that large.
    return .different(
      parts.conditional(problem.turned).flatMap { $0 }, original, by: differences,
      atLeast: 0.5 - problem.prior[0])
  }

  /// L of a pair (x, y) and a lone x′, as in `semi-supervised`.
  static let pairsTell = Check(
    "pairs-tell", "L′ − L = log p′(y|x) − log p(y|x),  L = log p(x, y) + log p(x′)",
    because: "a lone x′ has the same probability under both joints: only a pair tells them apart",
    claims: ["A-058"],
    as: .specialCase
  ) { parts, problem in
    let (word, other) = (problem.word, 2 - problem.word)
    // p′(y), and p′(x|y), a row a class.
    let prior = [0, 1].map { y in problem.turned.reduce(0) { $0 + $1[y] } }
    let rows = [0, 1].map { y in problem.turned.map { $0[y] / prior[y] } }
    let found = try [0, 1].map { label in
      try parts.semiSupervised(prior, rows, (word: word, label: label), other)
        - parts.semiSupervised(problem.prior, problem.rows, (word: word, label: label), other)
    }
    let pair = problem.exactJoint[word]
    let step = (pair[1] / pair[0]).logarithm
    return .equal(found, [step, -step], rounding: .of(size: 8, because: "four logarithms cancel"))
  }

  /// c and d lie on the line through the two tables, on either side of the mixture.
  static let otherMixture = Check(
    "other-mixture", "v c(x) + (1−v) d(x) = π a(x) + (1−π) b(x),  (v; c, d) ≠ (π; a, b)",
    because:
      "a point between two tables lies between many pairs: unsupervised is under-specified",
    claims: ["A-059"],
    as: .aside
  ) { parts, problem in
    let (v, a, b) = (problem.otherWeights, problem.rows[0], problem.rows[1])
    let words = problem.exactWords
    let tables = [0.2 * v[1], -0.2 * v[0]].map { step in
      words.indices.map { words[$0].value + step * (a[$0] - b[$0]) }
    }
    return .equal(try parts.mix(v, tables), words)
  }
}

// MARK: Independent given z

extension JointAndConditionalDerivation {
  static let votes = Check(
    "votes-covary", "P(both) = P(x_1) P(x_2) + Cov_z(p_1z, p_2z)",
    because: "two votes, independent given who votes, tell of each other through who it is",
    claims: ["A-068"],
    as: .aside
  ) { parts, problem in
    .equal(
      try parts.bothOn(problem.prior, problem.bits),
      problem.exactlyOn(0) * problem.exactlyOn(1) + problem.exactCovariance)
  }

  static let coins = Check(
    "not-independent-coins", "two classes:  P(x_1, x_2) ≠ P(x_1) P(x_2)",
    because: "pixels are independent given the class, not without it", claims: [.against("A-060")],
    as: .aside
  ) { parts, problem in
    .different(
      try parts.bothOn(problem.prior, problem.bits),
      problem.exactlyOn(0) * problem.exactlyOn(1), by: problem.exactCovariance,
      atLeast: 0.15 * 0.2 * 0.2)
  }

  static let oneClassOfCoins = Check(
    "one-class-of-coins", "one class:  P(x_1, x_2) = P(x_1) P(x_2)",
    because: "with nothing to share there is nothing to learn from a neighbour",
    claims: ["A-060"],
    as: .specialCase
  ) { parts, problem in
    let both = try parts.bothOn([1, 0], problem.bits)
    let mixed = try parts.mix([1, 0], problem.rows)
    let product = ExactValue(problem.bits[0][0]) * ExactValue(problem.bits[0][1])
    return .equal([both] + mixed, [product] + problem.exactRows[0])
  }

  static let unigrams = Check(
    "unigrams-sum-to-one", "Σ_{x_1 x_2 x_3} Π_i θ_y(x_i) = (Σ_x θ_y(x))³ = 1",
    because: "words drawn one by one: p(x|y) is a distribution over sequences", claims: ["A-212"],
    as: .aside
  ) { parts, problem in
    let totals = problem.rows.map { table in
      (0..<27).reduce(0) { $0 + parts.sequence(table, [$1 % 3, $1 / 3 % 3, $1 / 9]) }
    }
    return .equal(totals, [1.0, 1.0])
  }

  static let orderDoesNotMatter = Check(
    "only-counts-matter", "p((x, 0, 1, 1)|y) = p((1, 1, 0, x)|y) = θ(0) θ(1)² θ(x)",
    because: "a product does not remember the order of its factors", claims: ["A-212"],
    as: .aside
  ) { parts, problem in
    let words = [[problem.word, 0, 1, 1], [1, 1, 0, problem.word]]
    let table = problem.exactRows[0]
    let product = table[0] * table[1] * table[1] * table[problem.word]
    return .equal(words.map { parts.sequence(problem.rows[0], $0) }, [product, product])
  }
}

// MARK: With predictors and labels

extension JointAndConditionalDerivation {
  static let predictions = Check(
    "conditional-mixture", "Σ_z p(z|x) p(y|x, z) = p(y|x), and Σ_y p(y|x) = 1",
    because: "a mixture for every x: weights and components may both look at it",
    claims: ["A-206"],
    as: .aside
  ) { parts, problem in
    let found = parts.predict(problem.otherWeights, problem.rows)
    let w = ExactValue(problem.otherWeights[0])
    let direct = zip(problem.exactRows[0], problem.exactRows[1]).map { $1 + w * ($0 - $1) }
    return .equal(found + [found.reduce(0, +)], direct + [1])
  }

  static let weightsOnly = Check(
    "x-moves-the-weights", "p(y|z) free of x:  p(y|x) − p(y|x′) = Δw · (p(y|z_1) − p(y|z_2))",
    because: "the first restriction: components are shared, and a gate chooses among them",
    claims: ["A-206"],
    as: .aside
  ) { parts, problem in
    let first = parts.predict(problem.prior, problem.rows)
    let second = parts.predict(problem.otherWeights, problem.rows)
    let step = ExactValue(problem.prior[0]) - ExactValue(problem.otherWeights[0])
    return .equal(
      zip(first, second).map { $0 - $1 },
      zip(problem.exactRows[0], problem.exactRows[1]).map { step * ($0 - $1) },
      rounding: twoPredictions)
  }

  static let componentsOnly = Check(
    "x-moves-the-components",
    "p(z) free of x:  p(y|x) − p(y|x′) = Σ_z p(z) (p(y|x, z) − p(y|x′, z))",
    because: "the second restriction: fixed weights, and each component looks at x by itself",
    claims: ["A-206"],
    as: .aside
  ) { parts, problem in
    // At x′ every component's table is turned round.
    let first = parts.predict(problem.prior, problem.rows)
    let second = parts.predict(problem.prior, problem.rows.map { $0.reversed() })
    let outcomes = problem.rows[0].indices
    let expected = outcomes.map { y in
      zip(problem.exactPrior, problem.exactRows).sum { prior, row in
        prior * (row[y] - row[outcomes.count - 1 - y])
      }
    }
    return .equal(zip(first, second).map { $0 - $1 }, expected, rounding: twoPredictions)
  }

  private static let twoPredictions = Rounding.of(
    size: 1, because: "two predictions are subtracted, each of them up to one")

  static let classifier = Check(
    "generative-classifier", "p(y|x*) = p(y) p(x*|y) / Σ_y′ p(y′) p(x*|y′)",
    because: "Bayes' rule: a class is a component that somebody named", claims: ["A-210"],
    as: .aside
  ) { parts, problem in
    .equal(
      try parts.classify(problem.prior, problem.rows, problem.word),
      exactShares(problem.exactJoint[problem.word]))
  }

  static let labelled = Check(
    "semi-supervised", "L = log p(y) p(x|y) + log Σ_y′ p(y′) p(x′|y′)",
    because: "what was seen is a factor, what was not is summed out", claims: ["A-209"],
    as: .aside
  ) { parts, problem in
    let other = 2 - problem.word
    let found = try [0, 1].map { label in
      try parts.semiSupervised(
        problem.prior, problem.rows, (word: problem.word, label: label), other)
    }
    return .equal(
      found,
      problem.exactJoint[problem.word].map { ($0 * problem.exactWords[other]).logarithm })
  }
}
