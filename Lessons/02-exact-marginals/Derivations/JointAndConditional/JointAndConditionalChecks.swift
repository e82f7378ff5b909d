import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// What is done with tables of joint probabilities.
struct TableRules: Sendable {
  /// Σ_y p(x, y), a row of the joint an x.
  var marginal: @Sendable ([[Double]]) -> [Double] = { $0.map { $0.reduce(0, +) } }
  /// p(y | x), a row an x.
  var conditional: @Sendable ([[Double]]) -> [[Double]] = { joint in
    joint.map { row in ExactPosterior(logJoints: row.map { log($0) }).probabilities ?? [] }
  }
  /// Σ_k w_k p_k(x).
  var mix: @Sendable ([Double], [[Double]]) throws -> [Double] = { weights, tables in
    let mixture = try CategoricalMixture(weights: weights, probabilities: tables)
    return (0..<mixture.symbolCount).map { exp(exactLogEvidence(of: mixture, [$0]).value) }
  }
  /// p(x_1, x_2 both on) for bits that are on with probabilities p_1z and p_2z given z.
  var bothOn: @Sendable ([Double], [[Double]]) throws -> Double = { weights, bits in
    let mixture = try BernoulliMixture(weights: weights, probabilities: bits)
    return exp(exactLogEvidence(of: mixture, [[1, 1]]).value)
  }
  /// p(x_1 … x_n | y) of a sequence of words under one table.
  var sequence: @Sendable ([Double], [Int]) -> Double = { table, words in
    words.reduce(1) { $0 * table[$1] }
  }
  /// p(y | x) = Σ_z p(z|x) p(y|x, z) for one x, from its weights and a row of p(y|x, z) a z.
  var predict: @Sendable ([Double], [[Double]]) -> [Double] = { weights, rows in
    (rows.first ?? []).indices.map { y in zip(weights, rows).reduce(0) { $0 + $1.0 * $1.1[y] } }
  }
  /// p(y | x*) from p(y) and a row of p(x|y) a class.
  var classify: @Sendable ([Double], [[Double]], Int) throws -> [Double] = { prior, rows, word in
    let classes = try CategoricalMixture(weights: prior, probabilities: rows)
    return exactResponsibilities(of: classes, word) ?? []
  }
  /// log-likelihood of one labelled datum (word, class) and one unlabelled word.
  var semiSupervised:
    @Sendable ([Double], [[Double]], (word: Int, label: Int), Int) throws -> Double = {
      prior, rows, labelled, unlabelled in
      let classes = try CategoricalMixture(weights: prior, probabilities: rows)
      return log(prior[labelled.label]) + classes.logLikelihood(labelled.label, labelled.word)
        + exactLogEvidence(of: classes, [unlabelled]).value
    }

  fileprivate func changing(_ change: (inout TableRules) -> Void) -> TableRules {
    var rules = self
    change(&rules)
    return rules
  }
}

/// Two classes and two tables of three words, and bits that depend on the class.
struct TableProblem: Sendable {
  var prior = [0.4, 0.6]
  var rows = [[0.7, 0.2, 0.1], [0.2, 0.3, 0.5]]
  /// P(bit = 1 | class), a row a class.
  var bits = [[0.8, 0.7], [0.3, 0.2]]
  /// p(class | x) at a second input.
  var otherWeights = [0.75, 0.25]
  var word = 0

  static func random(_ cases: inout Cases) throws -> TableProblem {
    // The second word's probability differs between the classes by construction.
    func table(_ low: Double, _ high: Double) throws -> [Double] {
      let first = try cases.real(from: low, to: high)
      let second = (1 - first) * (try cases.real(from: 0.2, to: 0.8))
      return [first, second, 1 - first - second]
    }
    let prior = try cases.real(from: 0.2, to: 0.45)
    let other = try cases.real(from: 0.55, to: 0.9)
    return TableProblem(
      prior: [prior, 1 - prior], rows: [try table(0.6, 0.8), try table(0.1, 0.4)],
      bits: [try cases.reals(2, from: 0.6, to: 0.95), try cases.reals(2, from: 0.05, to: 0.4)],
      otherWeights: [other, 1 - other], word: try cases.integer(0...2))
  }

  /// p(y) p(x|y), a row a word: the joint of word and class.
  var joint: [[Double]] {
    rows[0].indices.map { x in prior.indices.map { prior[$0] * rows[$0][x] } }
  }
  /// The same row sums with each row turned round: another joint with the same p(x).
  var turned: [[Double]] { joint.map { Array($0.reversed()) } }
  /// Σ_y p(y) p(x|y).
  var words: [Double] { rows[0].indices.map { prior[0] * rows[0][$0] + prior[1] * rows[1][$0] } }
  /// Cov(p_1z, p_2z) over z.
  var covariance: Double {
    prior[0] * prior[1] * (bits[0][0] - bits[1][0]) * (bits[0][1] - bits[1][1])
  }
  /// P(bit d = 1).
  func on(_ bit: Int) -> Double { prior[0] * bits[0][bit] + prior[1] * bits[1][bit] }
}

extension Page {
  /// Joint, marginal and conditional tables, with a class that is sometimes seen.
  static let tables: Exercise<TableRules, TableProblem> = Exercise(
    Sheet(
      id: "joint-and-conditional", title: "What a marginal does not tell", task: "", hints: [],
      example: TableProblem(), draw: { try TableProblem.random(&$0) }, lines: []),
    answer: TableRules(),
    derivation: [
      sameMarginal, otherConditional, otherMixture, votes, coins, oneClassOfCoins, unigrams,
      orderDoesNotMatter, predictions, weightsOnly, componentsOnly, classifier, labelled,
    ],
    mistakes: tableMistakes)

  private static let tableMistakes: [Mistake<TableRules>] = [
    Mistake(
      "sums-the-other-index", "column sums where row sums were asked for",
      TableRules().changing { rules in
        rules.marginal = { joint in
          (joint.first ?? []).indices.map { column in joint.reduce(0) { $0 + $1[column] } }
        }
      }),
    Mistake(
      "joint-for-conditional", "p(x, y) under the name of p(y|x)",
      TableRules().changing { $0.conditional = { $0 } }),
    Mistake(
      "mixes-alike", "the plain mean of the tables, without their weights",
      TableRules().changing { rules in
        rules.mix = { _, tables in
          (tables.first ?? []).indices.map { x in
            tables.reduce(0) { $0 + $1[x] } / Double(tables.count)
          }
        }
      }),
    Mistake(
      "independent-coins", "P(x_1) P(x_2): naive Bayes without its class", source: "E-020",
      TableRules().changing { rules in
        rules.bothOn = { weights, bits in
          (0...1).reduce(1) { product, d in
            product * weights.indices.reduce(0) { $0 + weights[$1] * bits[$1][d] }
          }
        }
      }),
    Mistake(
      "bag-of-words", "multiplies by the number of orders of the words",
      TableRules().changing { rules in
        rules.sequence = { table, words in
          let different = words.filter { $0 != words[0] }.count
          return words.reduce(Double(different + 1)) { $0 * table[$1] }
        }
      }),
    Mistake(
      "forgets-repeated-words", "each word of the document once: a set and no sequence",
      TableRules().changing {
        $0.sequence = { table, words in
          Set(words).sorted().reduce(1) { $0 * table[$1] }
        }
      }),
    Mistake(
      "weights-by-position", "each later word counts half as much as the one before",
      TableRules().changing {
        $0.sequence = { table, words in
          words.enumerated().reduce(1) { $0 * pow(table[$1.element], pow(0.5, Double($1.offset))) }
        }
      }),
    Mistake(
      "best-component-only", "p(y|x, z*) of the likeliest z* in place of the sum over z",
      TableRules().changing { rules in
        rules.predict = { weights, rows in rows[weights[0] >= weights[1] ? 0 : 1] }
      }),
    Mistake(
      "drops-the-gate", "Σ_z p(y|x, z) p(z) with flat p(z), whatever x says of z",
      TableRules().changing { rules in
        rules.predict = { weights, rows in
          rows[0].indices.map { y in
            rows.reduce(0) { $0 + $1[y] } / Double(weights.count)
          }
        }
      }),
    Mistake(
      "weights-summed-twice", "Σ_z p(z|x)² p(y|x, z)",
      TableRules().changing { rules in
        rules.predict = { weights, rows in
          rows[0].indices.map { y in zip(weights, rows).reduce(0) { $0 + $1.0 * $1.0 * $1.1[y] } }
        }
      }),
    Mistake(
      "likelihood-for-class", "p(x*|y), normalised, without p(y)",
      TableRules().changing { rules in
        rules.classify = { _, rows, word in
          let total = rows.reduce(0) { $0 + $1[word] }
          return rows.map { $0[word] / total }
        }
      }),
    Mistake(
      "conditional-likelihood", "p(x|y) of labelled data, whose labels cost nothing",
      TableRules().changing { rules in
        rules.semiSupervised = { prior, rows, labelled, unlabelled in
          let classes = try CategoricalMixture(weights: prior, probabilities: rows)
          return classes.logLikelihood(labelled.label, labelled.word)
            + exactLogEvidence(of: classes, [unlabelled]).value
        }
      }),
  ]
}

// MARK: What p(x) leaves open

extension Page {
  private typealias TableLine = Line<TableRules, TableProblem>

  private static var sameMarginal: TableLine {
    Line(
      "same-marginal", "Σ_y p′(x, y) = Σ_y p(x, y),  p′(x, y) with each row turned round",
      because: "a sum does not remember the order of its terms", claims: ["A-058", "A-072"]
    ) { rules, problem in .equal(rules.marginal(problem.turned), problem.words) }
  }

  private static var otherConditional: TableLine {
    Line(
      "other-conditional", "p′(y|x) ≠ p(y|x), though p′(x) = p(x)",
      because: "learning p(x) is not learning p(y|x): the latent must be modelled",
      claims: ["A-058", "A-072"]
    ) { rules, problem in
      let (one, other) = (problem.joint, problem.turned)
      let found = rules.conditional(one).flatMap { $0 }
      let direct = zip(other, problem.words).flatMap { row, x in row.map { $0 / x } }
      let differences = zip(one, problem.words).flatMap { row, x in
        [(row[0] - row[1]) / x, (row[1] - row[0]) / x]
      }
      // The differences average to p(y=1) − p(y=2) under p(x), so one of them is at least that large.
      return .different(found, direct, by: differences, atLeast: 0.5 - problem.prior[0])
    }
  }

  /// c and d lie on the line through the two tables, on either side of the mixture.
  private static var otherMixture: TableLine {
    Line(
      "other-mixture", "v c(x) + (1−v) d(x) = π a(x) + (1−π) b(x),  (v; c, d) ≠ (π; a, b)",
      because:
        "a point between two tables lies between many pairs: unsupervised is under-specified",
      claims: ["A-059"]
    ) { rules, problem in
      let (v, a, b) = (problem.otherWeights, problem.rows[0], problem.rows[1])
      let tables = [0.2 * v[1], -0.2 * v[0]].map { step in
        problem.words.indices.map { problem.words[$0] + step * (a[$0] - b[$0]) }
      }
      return .equal(try rules.mix(v, tables), problem.words, terms: 128)
    }
  }
}

// MARK: Independent given z

extension Page {
  private static var votes: TableLine {
    Line(
      "votes-covary", "P(both) = P(x_1) P(x_2) + Cov_z(p_1z, p_2z)",
      because: "two votes, independent given who votes, tell of each other through who it is",
      claims: ["A-068"]
    ) { rules, problem in
      .equal(
        try rules.bothOn(problem.prior, problem.bits),
        problem.on(0) * problem.on(1) + problem.covariance)
    }
  }

  private static var coins: TableLine {
    Line(
      "not-independent-coins", "two classes:  P(x_1, x_2) ≠ P(x_1) P(x_2)",
      because: "pixels are independent given the class, not without it", claims: ["A-060"]
    ) { rules, problem in
      .different(
        try rules.bothOn(problem.prior, problem.bits), problem.on(0) * problem.on(1),
        by: problem.covariance, atLeast: 0.15 * 0.2 * 0.2)
    }
  }

  private static var oneClassOfCoins: TableLine {
    Line(
      "one-class-of-coins", "one class:  P(x_1, x_2) = P(x_1) P(x_2)",
      because: "with nothing to share there is nothing to learn from a neighbour",
      claims: ["A-060"]
    ) { rules, problem in
      let both = try rules.bothOn([1, 0], problem.bits)
      let mixed = try rules.mix([1, 0], problem.rows)
      return .equal(
        [both] + mixed, [problem.bits[0][0] * problem.bits[0][1]] + problem.rows[0])
    }
  }

  private static var unigrams: TableLine {
    Line(
      "unigrams-sum-to-one", "Σ_{x_1 x_2 x_3} Π_i θ_y(x_i) = (Σ_x θ_y(x))³ = 1",
      because: "words drawn one by one: p(x|y) is a law on sequences", claims: ["A-212"]
    ) { rules, problem in
      let totals = problem.rows.map { table in
        (0..<27).reduce(0) { $0 + rules.sequence(table, [$1 % 3, $1 / 3 % 3, $1 / 9]) }
      }
      return .equal(totals, [1, 1])
    }
  }

  private static var orderDoesNotMatter: TableLine {
    Line(
      "only-counts-matter", "p((x, 0, 1, 1)|y) = p((1, 1, 0, x)|y) = θ(0) θ(1)² θ(x)",
      because: "a product does not remember the order of its factors", claims: ["A-212"]
    ) { rules, problem in
      let table = problem.rows[0]
      let found = [[problem.word, 0, 1, 1], [1, 1, 0, problem.word]].map {
        rules.sequence(table, $0)
      }
      let product = table[0] * table[1] * table[1] * table[problem.word]
      return .equal(found, [product, product])
    }
  }
}

// MARK: With predictors and labels

extension Page {
  private static var predictions: TableLine {
    Line(
      "conditional-mixture", "Σ_z p(z|x) p(y|x, z) = p(y|x), and Σ_y p(y|x) = 1",
      because: "a mixture for every x: weights and components may both look at it",
      claims: ["A-206"]
    ) { rules, problem in
      let found = rules.predict(problem.otherWeights, problem.rows)
      let w = problem.otherWeights[0]
      let direct = zip(problem.rows[0], problem.rows[1]).map { $1 + w * ($0 - $1) }
      return .equal(found + [found.reduce(0, +)], direct + [1])
    }
  }

  private static var weightsOnly: TableLine {
    Line(
      "x-moves-the-weights", "p(y|z) free of x:  p(y|x) − p(y|x′) = Δw · (p(y|z_1) − p(y|z_2))",
      because: "the first restriction: components are shared, and a gate chooses among them",
      claims: ["A-206"]
    ) { rules, problem in
      let first = rules.predict(problem.prior, problem.rows)
      let second = rules.predict(problem.otherWeights, problem.rows)
      let step = problem.prior[0] - problem.otherWeights[0]
      return .equal(
        zip(first, second).map { $0 - $1 },
        zip(problem.rows[0], problem.rows[1]).map { step * ($0 - $1) }, magnitude: 1)
    }
  }

  private static var componentsOnly: TableLine {
    Line(
      "x-moves-the-components",
      "p(z) free of x:  p(y|x) − p(y|x′) = Σ_z p(z) (p(y|x, z) − p(y|x′, z))",
      because: "the second restriction: fixed weights, and each component looks at x by itself",
      claims: ["A-206"]
    ) { rules, problem in
      // At x′ every component's table is turned round.
      let (a, b, outcomes) = (problem.rows[0], problem.rows[1], problem.rows[0].indices)
      let first = rules.predict(problem.prior, [a, b])
      let second = rules.predict(problem.prior, [a.reversed(), b.reversed()])
      return .equal(
        zip(first, second).map { $0 - $1 },
        outcomes.map { y in
          let other = outcomes.count - 1 - y
          return problem.prior[0] * (a[y] - a[other]) + problem.prior[1] * (b[y] - b[other])
        }, magnitude: 1)
    }
  }

  private static var classifier: TableLine {
    Line(
      "generative-classifier", "p(y|x*) = p(y) p(x*|y) / Σ_y′ p(y′) p(x*|y′)",
      because: "Bayes' rule: a class is a component that somebody named", claims: ["A-210"]
    ) { rules, problem in
      let found = try rules.classify(problem.prior, problem.rows, problem.word)
      return .equal(found, problem.joint[problem.word].map { $0 / problem.words[problem.word] })
    }
  }

  private static var labelled: TableLine {
    Line(
      "semi-supervised", "L = log p(y) p(x|y) + log Σ_y′ p(y′) p(x′|y′)",
      because: "what was seen is a factor, what was not is summed out", claims: ["A-209"]
    ) { rules, problem in
      let found = try [0, 1].map { label in
        try rules.semiSupervised(
          problem.prior, problem.rows, (word: problem.word, label: label), 2 - problem.word)
      }
      let unlabelled = problem.words[2 - problem.word]
      return .equal(
        found, problem.joint[problem.word].map { log($0 * unlabelled) }, magnitude: 10)
    }
  }
}
