import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The evidence of a translation under the two oldest models of word alignment.
struct AlignmentFunctions: Sendable {
  /// log p(x) of model 1: every position as likely as any other.
  var modelOne: @Sendable (WordAlignment) -> Double = { pair in
    pair.words.reduce(0) { total, word in
      let sum = pair.translation.reduce(0) { $0 + $1[word] }
      return total + log(sum / Double(pair.positionCount))
    }
  }
  /// log p(x) of the chain, in which the next position depends on the last one.
  var chain: @Sendable (WordAlignment) -> Double = {
    logEvidence(of: $0.hiddenMarkovSequence).value
  }
}

extension Page {
  /// IBM model 1 and the chain of Vogel, Ney and Tillmann.
  static let wordAlignment: Exercise<AlignmentFunctions, WordAlignment> = Exercise(
    Sheet(
      id: "word-alignment", title: "Where does a translated word come from?", task: "", hints: [],
      example: .threeByThree,
      draw: { cases in
        try .random(positions: cases.integer(2...3), words: 3, vocabulary: 3, &cases)
      },
      lines: [modelOneFactorises, chainIsHiddenMarkov, equalJumps]),
    answer: AlignmentFunctions(),
    mistakes: [
      Mistake(
        "sum-of-products", "Σ_i Π_j: all words of the sentence from one position",
        AlignmentFunctions(modelOne: { pair in
          logSumExp(
            pair.translation.map { row in
              pair.words.reduce(-log(Double(pair.positionCount))) { $0 + log(row[$1]) }
            })
        })),
      Mistake(
        "one-choice-for-all", "divides by I once, not once a word",
        AlignmentFunctions(modelOne: { pair in
          AlignmentFunctions().modelOne(pair)
            + Double(pair.words.count - 1) * log(Double(pair.positionCount))
        })),
      Mistake(
        "jumps-backwards", "weighs the jump from i to k by its opposite, i − k",
        AlignmentFunctions(chain: { pair in
          chainEvidence(pair, jumps: pair.jumps.reversed())
        })),
      Mistake(
        "starts-at-the-first-position", "the first word always comes from position 0",
        AlignmentFunctions(chain: { pair in
          let rest = ForwardBackward(pair.hiddenMarkovSequence.potentials)
          return rest.forward[0][0] + rest.backward[0][0] + log(Double(pair.positionCount))
        })),
    ])

  private static let modelOneFactorises: Line<AlignmentFunctions, WordAlignment> = Line(
    "model-one", "Π_j (1/I) Σ_i t_i(x_j) = Σ_{a ∈ Iᴶ} Π_j t_{a_j}(x_j)/I",
    because: "no factor mentions two words: the sum over alignments can be taken word by word",
    claims: ["A-219"]
  ) { functions, pair in
    .equal(functions.modelOne(pair), alignments(of: pair, pair.logJointOfModelOne), magnitude: 10)
  }

  private static let chainIsHiddenMarkov: Line<AlignmentFunctions, WordAlignment> = Line(
    "alignment-chain", "forward over positions = Σ_a p(a_1) Π_j p(a_j|a_{j−1}) Π_j t_{a_j}(x_j)",
    because: "a position that depends on the one before is a hidden state", claims: ["A-220"]
  ) { functions, pair in
    .equal(
      functions.chain(pair), alignments(of: pair, pair.hiddenMarkovSequence.logJoint),
      magnitude: 10)
  }

  private static let equalJumps: Line<AlignmentFunctions, WordAlignment> = Line(
    "equal-jumps", "all jumps equally likely:  the chain is model 1",
    because: "then no position remembers the one before", claims: ["A-219", "A-220"]
  ) { functions, pair in
    let level = try WordAlignment(
      translation: pair.translation, jumps: pair.jumps.map { _ in 1 }, words: pair.words)
    return .equal(functions.chain(level), functions.modelOne(level), magnitude: 10)
  }

  /// log Σ_a p(x, a) over all I^J alignments.
  private static func alignments(
    of pair: WordAlignment, _ logJoint: ([Int]) -> Double
  ) -> Double {
    enumeratedPosterior(
      states: pair.positionCount, length: pair.words.count, logJoint: logJoint
    ).logPartition.value
  }

  private static func chainEvidence(_ pair: WordAlignment, jumps: [Double]) -> Double {
    guard
      let other = try? WordAlignment(
        translation: pair.translation, jumps: jumps, words: pair.words)
    else { return .nan }
    return AlignmentFunctions().chain(other)
  }
}
