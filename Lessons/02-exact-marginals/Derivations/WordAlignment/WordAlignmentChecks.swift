import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `word-alignment`: IBM model 1 and the chain of Vogel, Ney and Tillmann.
enum WordAlignmentDerivation {
  /// The evidence of a translation under the two oldest models of word alignment.
  struct Parts: Sendable {
    /// log p(x) of model 1: every position as likely as any other.
    var modelOne: @Sendable (WordAlignment) throws -> Double
    /// log p(x) of the chain, in which the next position depends on the last one.
    var chain: @Sendable (WordAlignment) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, WordAlignment>

  static let checks: [Check] = [modelOneFactorises, chainIsHiddenMarkov, equalJumps]

  static let modelOneFactorises = Check(
    "model-one", "log Π_j (1/I) Σ_i b_i(x_j) = log Σ_z Π_j b_{z_j}(x_j)/I",
    because: "no factor mentions two words: the sum over alignments can be taken word by word",
    claims: ["A-219"],
    as: .consequence
  ) { parts, pair in
    .equal(try parts.modelOne(pair), logSum(over: pair, of: pair.logJointOfModelOne))
  }

  static let chainIsHiddenMarkov = Check(
    "alignment-chain", "log Σ_i e^{α_J(i)} = log Σ_z p(z_1) Π_j p(z_j|z_{j−1}) Π_j b_{z_j}(x_j)",
    because: "α is the forward message over places: a place that depends on the one before is "
      + "a hidden state", claims: ["A-220"], as: .consequence
  ) { parts, pair in
    .equal(try parts.chain(pair), logSum(over: pair, of: pair.hiddenMarkovSequence.logJoint))
  }

  static let equalJumps = Check(
    "equal-jumps", "all jumps equally likely:  the chain is model 1",
    because: "then no position remembers the one before", claims: ["A-219", "A-220"],
    as: .specialCase,
    changing: { problem in [Given("jumps", problem.jumps.map { _ in 1.0 })] }
  ) { parts, pair in
    let level = try WordAlignment(
      translation: pair.translation, jumps: pair.jumps.map { _ in 1 }, words: pair.words)
    return .equal(try parts.chain(level), try parts.modelOne(level))
  }

  /// log Σ_z p(x, z) over all I^J alignments.
  private static func logSum(
    over pair: WordAlignment, of logJoint: ([Int]) -> Double
  ) -> ExactValue {
    enumeratedPosterior(
      states: pair.positionCount, length: pair.words.count, logJoint: logJoint
    ).logPartition
  }
}
