import GSL
import LessonKit

extension JointAndConditionalDerivation {
  static let mistakes: [Mistake<Parts>] = tableMistakes + documentMistakes + classMistakes
}

// MARK: With tables

extension JointAndConditionalDerivation {
  private static let tableMistakes: [Mistake<Parts>] = [
    Mistake("sums-the-other-index", "column sums where row sums were asked for", \.marginal) {
      joint in
      (joint.first ?? []).indices.map { column in joint.reduce(0) { $0 + $1[column] } }
    },
    Mistake("joint-for-conditional", "p(x, y) under the name of p(y|x)", \.conditional, { $0 }),
    Mistake("mixes-alike", "the plain mean of the tables, without their weights", \.mix) {
      _, tables in
      (tables.first ?? []).indices.map { x in
        tables.reduce(0) { $0 + $1[x] } / Double(tables.count)
      }
    },
    Mistake(
      "independent-coins", "P(x_1) P(x_2): naive Bayes without its class", source: "E-020",
      \.bothOn
    ) { weights, bits in
      (0...1).reduce(1) { product, d in
        product * weights.indices.reduce(0) { $0 + weights[$1] * bits[$1][d] }
      }
    },
    Mistake(
      "one-bias-for-all-bits", "P(x_1|y)²: the second bit has the probability of the first",
      \.bothOn
    ) { weights, bits in
      weights.indices.reduce(0) { $0 + weights[$1] * bits[$1][0] * bits[$1][0] }
    },
  ]
}

// MARK: With documents

extension JointAndConditionalDerivation {
  private static let documentMistakes: [Mistake<Parts>] = [
    Mistake("bag-of-words", "multiplies by the number of orders of the words", \.sequence) {
      table, words in
      let different = words.filter { $0 != words[0] }.count
      return words.reduce(Double(different + 1)) { $0 * table[$1] }
    },
    Mistake(
      "forgets-repeated-words", "each word of the document once: a set and no sequence",
      \.sequence
    ) { table, words in Set(words).sorted().reduce(1) { $0 * table[$1] } },
    Mistake(
      "weights-by-position", "each later word counts half as much as the one before", \.sequence
    ) { table, words in
      words.enumerated().reduce(1) { $0 * pow(table[$1.element], pow(0.5, Double($1.offset))) }
    },
  ]
}

// MARK: With predictors and labels

extension JointAndConditionalDerivation {
  private static let classMistakes: [Mistake<Parts>] = [
    Mistake(
      "best-component-only", "p(y|x, z*) of the likeliest z* in place of the sum over z",
      \.predict
    ) { weights, rows in rows[weights[0] >= weights[1] ? 0 : 1] },
    Mistake(
      "drops-the-gate", "Σ_z p(y|x, z) p(z) with flat p(z), whatever x says of z", \.predict,
      from: { right in
        { weights, rows in right(weights.map { _ in 1 / Double(weights.count) }, rows) }
      }),
    Mistake(
      "weights-summed-twice", "Σ_z p(z|x)² p(y|x, z)", \.predict,
      from: { right in { weights, rows in right(weights.map { $0 * $0 }, rows) } }),
    Mistake(
      "likelihood-for-class", "p(x*|y), normalised, without p(y)", \.classify
    ) { _, rows, word in
      let total = rows.reduce(0) { $0 + $1[word] }
      return rows.map { $0[word] / total }
    },
    Mistake(
      "conditional-likelihood", "p(x|y) of labelled data, whose labels cost nothing",
      \.semiSupervised,
      from: { right in
        { prior, rows, labelled, unlabelled in
          try right(prior, rows, labelled, unlabelled) - log(prior[labelled.label])
        }
      }),
    Mistake(
      "missing-label-is-zero",
      "a label that was not seen is stored as 0 and read as the first class",
      \.semiSupervised
    ) { prior, rows, labelled, unlabelled in
      log(prior[labelled.label] * rows[labelled.label][labelled.word])
        + log(prior[0] * rows[0][unlabelled])
    },
  ]
}
