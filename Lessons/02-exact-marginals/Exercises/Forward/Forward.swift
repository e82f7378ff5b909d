import Exact
import GSL
import LessonKit
import Models
import Probability

extension ForwardExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, HiddenMarkovSequence>(
    id: "forward",
    title: "All paths, one step at a time",
    task: """
      Write the forward recursion of a hidden Markov model. `messages` returns, for every step t \
      and state k, the log of p(x_1 … x_t, z_t = k); `log_evidence` returns log p(x_1 … x_T). \
      There are K^T paths, but no path needs to be looked at: K sums of K terms a step are enough. \
      Probabilities may be far below the smallest double.
      """,
    hints: [
      "The first message has no past: p(x_1, z_1 = k) = p(z_1 = k) p(x_1 | z_1 = k).",
      "To be in state k at t, you were somewhere at t − 1: sum over where, not over paths.",
      "α_t(k) = log p(x_t | k) + log Σ_j e^{α_{t−1}(j) + log p(k | j)}.",
      "log p(x) = log Σ_k e^{α_T(k)}. Take the largest term out of each sum before exponentiating.",
    ],
    example: .threeStates,
    draw: { try .random(steps: 1...4, &$0) },
    checks: checks,
    answer: Parts(
      messages: { forwardMessages($0.potentials) },
      logEvidence: { Exact.logEvidence(of: $0).value }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      Each state has one number at each step, and what came before it has been put together \
      there. The code is the second chain, once in each pass of its loop:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "transposed-transition", "sums over transition[k][j] in place of transition[j][k]",
      \.messages, transposed
    ).and(\.logEvidence, madeOf: lastMessage),
    Mistake(
      "emission-one-step-late", "pairs state z_t with observation x_{t−1}", \.messages, late
    ).and(\.logEvidence, madeOf: lastMessage),
    Mistake(
      "forgets-the-initial-law", "starts every state with probability 1/K", \.messages, uniform
    ).and(\.logEvidence, madeOf: lastMessage),
    Mistake(
      "best-predecessor", "keeps the best way into a state in place of the sum of all ways",
      \.messages, best
    ).and(\.logEvidence, madeOf: lastMessage),
    Mistake("stops-one-step-early", "reads the evidence off α_{T−1}", \.logEvidence) { sequence in
      logSumExp(forwardMessages(sequence.potentials)[max(0, sequence.length - 2)])
    },
    Mistake(
      "returns-the-filter", "messages normalised at every step: p(z_t | x_1…x_t)", \.messages
    ) { sequence in
      forwardMessages(sequence.potentials).map { message in
        let total = logSumExp(message)
        return message.map { $0 - total }
      }
    },
    Mistake(
      "plain-probabilities", "multiplies probabilities and takes the logarithm at the end",
      source: "xqding/Importance_Weighted_Autoencoders #3, a sum of exponentials without its shift",
      \.messages, plain
    ).and(\.logEvidence, madeOf: lastMessage),
  ]
}

// MARK: Wrong messages

extension ForwardExercise {
  private typealias Messages = @Sendable (HiddenMarkovSequence) -> [[Double]]

  /// log Σ_k exp(α_T(k)), whatever the messages are.
  @Sendable private static func lastMessage(
    of parts: Parts
  ) -> @Sendable (HiddenMarkovSequence) -> Double {
    { logSumExp(parts.messages($0).last ?? []) }
  }

  /// The recursion over other log weights.
  private static func messages(
    _ sequence: HiddenMarkovSequence, _ logWeight: (ChainPart, Double) -> Double
  ) -> [[Double]] {
    sequence.potentials.forward { LogSum(logWeight: logWeight($0, $1)) }.map { $0.map(\.log) }
  }

  private static let transposed: Messages = { sequence in
    messages(sequence) { part, right in
      guard case .step(let from, let to, _) = part else { return right }
      return log(sequence.model.transition[to][from])
    }
  }

  private static let late: Messages = { sequence in
    messages(sequence) { part, right in
      guard case .state(let state, let place) = part, place > 0 else { return right }
      return log(sequence.model.emission[state][sequence.observations[place - 1]])
    }
  }

  private static let uniform: Messages = { sequence in
    messages(sequence) { part, right in
      guard case .state(let state, 0) = part else { return right }
      let model = sequence.model
      return log(model.emission[state][sequence.observations[0]] / Double(model.stateCount))
    }
  }

  private static let best: Messages = { sequence in
    sequence.potentials.forward { LogMax(logWeight: $1) }.map { $0.map(\.log) }
  }

  private static let plain: Messages = { sequence in
    sequence.potentials.forward { Product(logWeight: $1) }.map { $0.map { log($0.probability) } }
  }

  /// Probabilities as they are, which underflow.
  private struct Product: Semiring {
    let probability: Double

    init(_ probability: Double) { self.probability = probability }
    init(logWeight: Double) { self.init(exp(logWeight)) }

    static let zero = Product(0)
    static let one = Product(1)
    static func + (left: Product, right: Product) -> Product {
      Product(left.probability + right.probability)
    }
    static func * (left: Product, right: Product) -> Product {
      Product(left.probability * right.probability)
    }
  }
}
