import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `forward`: the evidence of a sequence, one step at a time.
protocol ForwardRecursion: Sendable {
  /// α_t(k) = log p(x_1 … x_t, z_t = k), a row for each step.
  func messages(_ sequence: HiddenMarkovSequence) -> [[Double]]
  /// log p(x_1 … x_T).
  func logEvidence(_ sequence: HiddenMarkovSequence) -> Double
}

extension Sheet where Subject == any ForwardRecursion, Model == HiddenMarkovSequence {
  /// Write the forward recursion.
  static let forward = Sheet(
    id: "forward",
    title: "All paths, one step at a time",
    task: """
      Write the forward recursion of a hidden Markov model. `messages` returns, for every step t \
      and state k, the log of p(x_1 … x_t, z_t = k); `logEvidence` returns log p(x_1 … x_T). \
      There are K^T paths, but no path needs to be looked at: K² sums a step are enough. \
      Probabilities may be far below the smallest double.
      """,
    hints: [
      "The first message has no past: p(x_1, z_1 = k) = initial[k] · emission[k][x_1].",
      "To be in state k at t, you were somewhere at t − 1: sum over where, not over paths.",
      "α_t(k) = log emission[k][x_t] + log Σ_j exp(α_{t−1}(j) + log transition[j][k]).",
      "logEvidence is logSumExp of the last message; logSumExp keeps tiny numbers apart.",
    ],
    example: .threeStates,
    draw: { cases in try .random(steps: 1...4, &cases) },
    lines: [
      evidenceIsTheSumOverPaths, messagesArePrefixes, oneStepIsAMixture, sumsToOne,
      survivesTinyProbabilities,
    ])

  static var evidenceIsTheSumOverPaths: Line<any ForwardRecursion, HiddenMarkovSequence> {
    Line(
      "sum-over-paths", "log p(x) = log Σ_{z_1…z_T} p(z, x)",
      because: "every path ends somewhere, and every message sums the paths that end there",
      claims: ["A-231"]
    ) { recursion, sequence in
      let paths = HiddenMarkovPosterior.enumerated(of: sequence)
      return .equal(recursion.logEvidence(sequence), paths.logEvidence.value, magnitude: 10)
    }
  }

  static var messagesArePrefixes: Line<any ForwardRecursion, HiddenMarkovSequence> {
    Line(
      "messages-are-prefixes", "α_t(k) = log Σ_{z_1…z_{t−1}} p(z_1…z_t = k, x_1…x_t)",
      because: "what comes after t has been summed out to one"
    ) { recursion, sequence in
      let messages = recursion.messages(sequence)
      var prefixes: [Double] = []
      for length in 1...sequence.length {
        let prefix = try sequence.model.observing(Array(sequence.observations.prefix(length)))
        let paths = HiddenMarkovPosterior.enumerated(of: prefix)
        let last = paths.stateMarginals?.last ?? []
        prefixes += last.map { log($0) + paths.logEvidence.value }
      }
      return .equal(Array(messages.joined()), prefixes, magnitude: 10)
    }
  }

  static var oneStepIsAMixture: Line<any ForwardRecursion, HiddenMarkovSequence> {
    Line(
      "one-step", "T = 1:  p(x_1) = Σ_k initial_k emission_k(x_1)",
      because: "with nothing before and nothing after, the model is a mixture"
    ) { recursion, sequence in
      let first = sequence.observations[0]
      let model = sequence.model
      let mixture = zip(model.initial, model.emission).reduce(0) { $0 + $1.0 * $1.1[first] }
      return .equal(
        exp(recursion.logEvidence(try model.observing([first]))), mixture, magnitude: 1)
    }
  }

  static var sumsToOne: Line<any ForwardRecursion, HiddenMarkovSequence> {
    Line(
      "sums-to-one", "Σ_x p(x) = 1 over all sequences of three steps",
      because: "the evidence is the law of the observations"
    ) { recursion, sequence in
      let symbols = sequence.model.symbolCount
      var total = CompensatedSum()
      for number in 0..<(symbols * symbols * symbols) {
        let word = [number % symbols, number / symbols % symbols, number / symbols / symbols]
        total.add(exp(recursion.logEvidence(try sequence.model.observing(word))))
      }
      return .equal(total.value, 1, magnitude: 1)
    }
  }

  static var survivesTinyProbabilities: Line<any ForwardRecursion, HiddenMarkovSequence> {
    Line(
      "tiny-probabilities", "log p(x) is right where p(x) < 10⁻³⁰⁸",
      because: "in log space a product of a thousand small factors is a sum"
    ) { recursion, sequence in
      let tiny = try withRareSymbol(sequence)
      let paths = HiddenMarkovPosterior.enumerated(of: tiny)
      return .equal(recursion.logEvidence(tiny), paths.logEvidence.value)
    }
  }
}

/// The same chain observing three times a symbol of probability about 10⁻¹⁶⁰.
private func withRareSymbol(_ sequence: HiddenMarkovSequence) throws -> HiddenMarkovSequence {
  let model = sequence.model
  let emission = model.emission.map { [$0[0] * 1e-160, 1 - $0[0] * 1e-160] }
  let rare = try HiddenMarkovModel(
    initial: model.initial, transition: model.transition, emission: emission)
  return try rare.observing([0, 0, 0])
}
