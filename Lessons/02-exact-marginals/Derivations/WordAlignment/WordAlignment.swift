import Exact
import GSL
import LessonKit
import Probability
import Models

extension WordAlignmentDerivation {
  /// A mixture for every word, a hidden Markov model for the sentence, and the ways to get them wrong.
  static let derivation = Derivation<Parts, WordAlignment>(
    id: "word-alignment",
    title: "Where does a translated word come from?",
    example: .threeByThree,
    draw: { try .random(positions: $0.integer(2...3), words: 3, vocabulary: 3, &$0) },
    checks: checks,
    answer: Parts(
      modelOne: { pair in
        let positions = try CategoricalMixture(
          weights: pair.translation.map { _ in 1 / Double(pair.positionCount) },
          probabilities: pair.translation)
        return exactLogEvidence(of: positions, pair.words).value
      },
      chain: { logEvidence(of: $0.hiddenMarkovSequence).value }),
    mistakes: mistakes,
    afterChain: """
      Here places are drawn without memory in the first line. In the second the first place is \
      any of the three, each with the same probability, and a jump from place i to place i′ has a \
      probability in proportion to its weight: jumps has the weights of i′ − i = −2, −1, 0, 1, 2.
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "sum-of-products", "Σ_i Π_j: all words of the sentence from one position", \.modelOne
    ) { pair in
      logSumExp(
        pair.translation.map { row in
          pair.words.reduce(-log(Double(pair.positionCount))) { $0 + log(row[$1]) }
        })
    },
    Mistake(
      "one-choice-for-all", "divides by I once, not once a word", \.modelOne,
      from: { right in
        { pair in
          try right(pair) + Double(pair.words.count - 1) * log(Double(pair.positionCount))
        }
      }),
    Mistake(
      "jumps-backwards", "weighs the jump from i to k by its opposite, i − k", \.chain,
      from: { right in
        { pair in
          try right(
            WordAlignment(
              translation: pair.translation, jumps: pair.jumps.reversed(), words: pair.words))
        }
      }),
    Mistake(
      "starts-at-the-first-position", "the first word always comes from position 0", \.chain
    ) { pair in
      let rest = ForwardBackward(pair.hiddenMarkovSequence.potentials)
      return rest.forward[0][0] + rest.backward[0][0] + log(Double(pair.positionCount))
    },
  ]
}
