import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `forward`: the evidence of a sequence, one step at a time.
enum ForwardExercise {
  /// What is written.
  struct Parts: Sendable {
    /// α_t(k) = log p(x_1 … x_t, z_t = k), a row for each step.
    var messages: @Sendable (HiddenMarkovSequence) -> [[Double]]
    /// log p(x_1 … x_T).
    var logEvidence: @Sendable (HiddenMarkovSequence) -> Double
  }

  typealias Check = LessonKit.Check<Parts, HiddenMarkovSequence>

  static let checks: [Check] = [
    evidenceIsTheSumOverPaths, lastMessageHoldsAll, messagesArePrefixes, oneMoreStep,
    oneStepIsAMixture, sumsToOne, survivesTinyProbabilities,
  ]

  static let evidenceIsTheSumOverPaths = Check(
    "sum-over-paths", "log p(x) = log Σ_{z_1…z_T} p(z, x)",
    because: "one path it was: a sum of K^T terms",
    claims: ["A-231"],
    as: .step
  ) { parts, sequence in
    .equal(parts.logEvidence(sequence), HiddenMarkovPosterior.enumerated(of: sequence).logEvidence)
  }

  static let messagesArePrefixes = Check(
    "messages-are-prefixes", "α_t(k) = log Σ_{z_1…z_{t−1}} p(z_1…z_t = k, x_1…x_t)",
    because: "what comes after t has been summed out to one",
    as: .step
  ) { parts, sequence in
    .equal(Array(parts.messages(sequence).joined()), try prefixes(sequence))
  }

  static let lastMessageHoldsAll = Check(
    "last-message", "log Σ_{z_1…z_T} p(z, x) = log Σ_k e^{α_T(k)}",
    because: "sort the paths by the state k in which they end", as: .step
  ) { parts, sequence in
    let messages = parts.messages(sequence)
    return .equal(
      HiddenMarkovPosterior.enumerated(of: sequence).logEvidence, logSumExp(messages.last ?? []))
  }

  static let oneMoreStep = Check(
    "one-more-step",
    "log Σ_{z_1…z_{t−1}} p(z_1…z_t = k, x_1…x_t) = log b_k(x_t) + log Σ_j e^{α_{t−1}(j)} a_jk",
    because: "paths that meet in state j at t − 1 go on alike; p(z_1 = k) stands for Σ_j at t = 1",
    as: .step
  ) { parts, sequence in
    let (model, messages) = (sequence.model, parts.messages(sequence))
    let steps = messages.indices.flatMap { t in
      model.initial.indices.map { k -> Double in
        let emission = log(model.emission[k][sequence.observations[t]])
        guard t > 0 else { return log(model.initial[k]) + emission }
        let ways = zip(messages[t - 1], model.transition).map { $0 + log($1[k]) }
        return emission + logSumExp(ways)
      }
    }
    return .equal(try prefixes(sequence), steps)
  }

  /// log p(x_1 … x_t, z_t = k), path by path, for every t and k.
  private static func prefixes(_ sequence: HiddenMarkovSequence) throws -> [ExactValue] {
    try (1...sequence.length).flatMap { length in
      let prefix = try sequence.model.observing(Array(sequence.observations.prefix(length)))
      let paths = HiddenMarkovPosterior.enumerated(of: prefix)
      return (paths.stateMarginals?.last ?? []).map {
        paths.logEvidence + ExactValue($0).logarithm
      }
    }
  }

  static let oneStepIsAMixture = Check(
    "one-step", "T = 1:  p(x_1) = Σ_k initial_k emission_k(x_1)",
    because: "with nothing before and nothing after, the model is a mixture",
    as: .specialCase,
    changing: { problem in [Given("x", [problem.observations[0]])] }
  ) { parts, sequence in
    let (model, first) = (sequence.model, sequence.observations[0])
    let mixture = zip(model.initial, model.emission).sum { initial, emission in
      ExactValue(initial) * ExactValue(emission[first])
    }
    return .equal(exp(parts.logEvidence(try model.observing([first]))), mixture)
  }

  static let sumsToOne = Check(
    "sums-to-one", "Σ_x p(x) = 1 over all sequences of three steps",
    because: "the evidence is the distribution of the observations",
    as: .specialCase
  ) { parts, sequence in
    let symbols = sequence.model.symbolCount
    var total = 0.0
    for number in 0..<(symbols * symbols * symbols) {
      let word = [number % symbols, number / symbols % symbols, number / symbols / symbols]
      total += exp(parts.logEvidence(try sequence.model.observing(word)))
    }
    return .equal(total, 1.0)
  }

  static let survivesTinyProbabilities = Check(
    "tiny-probabilities", "log p(x) is right where p(x) < 10⁻³⁰⁸",
    because: "in log space a product of a thousand small factors is a sum",
    as: .specialCase
  ) { parts, sequence in
    let tiny = try withRareSymbol(sequence.model)
    return .equal(parts.logEvidence(tiny), HiddenMarkovPosterior.enumerated(of: tiny).logEvidence)
  }

  /// The same chain observing three times a symbol of probability about 10⁻¹⁶⁰.
  private static func withRareSymbol(_ model: HiddenMarkovModel) throws -> HiddenMarkovSequence {
    let emission = model.emission.map { [$0[0] * 1e-160, 1 - $0[0] * 1e-160] }
    return try HiddenMarkovModel(
      initial: model.initial, transition: model.transition, emission: emission
    ).observing([0, 0, 0])
  }
}
