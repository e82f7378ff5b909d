import Exact
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `log-marginal-gradient`: ∇ log p(x) of a hidden Markov model.
///
/// Derivatives are with respect to the logarithms of the probabilities, each taken as free: the
/// rows need not go on summing to one.
protocol LogMarginalGradient: Sendable {
  /// ∂ log p(x) / ∂ log initial[k].
  func initial(_ sequence: HiddenMarkovSequence) -> [Double]
  /// ∂ log p(x) / ∂ log transition[i][j].
  func transition(_ sequence: HiddenMarkovSequence) -> [[Double]]
  /// ∂ log p(x) / ∂ log emission[k][v].
  func emission(_ sequence: HiddenMarkovSequence) -> [[Double]]
}

extension Sheet where Subject == any LogMarginalGradient, Model == HiddenMarkovSequence {
  /// Write the gradient of the log marginal.
  static let logMarginalGradient = Sheet(
    id: "log-marginal-gradient",
    title: "The gradient is an expectation",
    task: """
      Write the gradient of log p(x) with respect to the log probabilities of a hidden Markov \
      model: its first states, its transitions, its emissions. No derivative needs to be taken: \
      ∇ log p(x) = E[∇ log p(z, x) | x], and log p(z, x) is a sum with one term for every event. \
      `ForwardBackward(sequence.potentials).posterior` has the marginals.
      """,
    hints: [
      "log p(z, x) contains log transition[i][j] once for every time j follows i in z.",
      "So its derivative is a count, and the gradient of log p(x) is the count to be expected given x.",
      "initial: p(z_1 = k | x). transition: Σ_t p(z_t = i, z_{t+1} = j | x).",
      "emission[k][v]: Σ over the steps t with x_t = v of p(z_t = k | x).",
    ],
    example: .threeStates,
    draw: { cases in try .random(steps: 1...4, &cases) },
    lines: [
      firstStates, transitions, emissions, differentiationAgrees, totals,
    ])

  static var firstStates: Line<any LogMarginalGradient, HiddenMarkovSequence> {
    Line(
      "first-states", "∂ log p(x)/∂ log initial_k = p(z_1 = k | x)",
      because: "∇ log Σ_z p = Σ_z ∇p / Σ_z p = Σ_z p(z|x) ∇ log p(z, x)", claims: ["A-242"]
    ) { gradient, sequence in
      let paths = HiddenMarkovPosterior.enumerated(of: sequence).expectedCounts
      return .equal(gradient.initial(sequence), paths.initial, magnitude: 1)
    }
  }

  static var transitions: Line<any LogMarginalGradient, HiddenMarkovSequence> {
    Line(
      "transitions", "∂ log p(x)/∂ log a_ij = Σ_t p(z_t = i, z_{t+1} = j | x)",
      because: "log p(z, x) holds log a_ij once for every step from i to j", claims: ["A-242"]
    ) { gradient, sequence in
      let paths = HiddenMarkovPosterior.enumerated(of: sequence).expectedCounts
      return .equal(
        Array(gradient.transition(sequence).joined()), Array(paths.transition.joined()),
        magnitude: 4)
    }
  }

  static var emissions: Line<any LogMarginalGradient, HiddenMarkovSequence> {
    Line(
      "emissions", "∂ log p(x)/∂ log b_k(v) = Σ_{t: x_t = v} p(z_t = k | x)",
      because: "log p(z, x) holds log b_k(v) once for every v that k emits", claims: ["A-242"]
    ) { gradient, sequence in
      let paths = HiddenMarkovPosterior.enumerated(of: sequence).expectedCounts
      return .equal(
        Array(gradient.emission(sequence).joined()), Array(paths.emission.joined()), magnitude: 4)
    }
  }

  static var differentiationAgrees: Line<any LogMarginalGradient, HiddenMarkovSequence> {
    Line(
      "differentiation-agrees", "E[counts | x] = reverse-mode derivative of the forward code",
      because: "the chain rule, run backwards through the recursion, is the backward recursion",
      claims: ["A-243"]
    ) { gradient, sequence in
      let found =
        gradient.initial(sequence) + gradient.transition(sequence).joined()
        + gradient.emission(sequence).joined()
      return .equal(found, HiddenMarkovCounts.differentiated(sequence).flattened, magnitude: 4)
    }
  }

  static var totals: Line<any LogMarginalGradient, HiddenMarkovSequence> {
    Line(
      "totals", "Σ_k = 1 first state,  Σ_ij = T − 1 steps,  Σ_kv = T emissions",
      because: "every path has as many events as every other"
    ) { gradient, sequence in
      let sums = [
        gradient.initial(sequence).reduce(0, +),
        gradient.transition(sequence).joined().reduce(0, +),
        gradient.emission(sequence).joined().reduce(0, +),
      ]
      return .equal(
        sums, [1, Double(sequence.length - 1), Double(sequence.length)], magnitude: 4)
    }
  }
}
