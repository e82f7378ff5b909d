import Exact
import GSL
import LessonKit
import Models
import Probability

extension LogMarginalGradientExercise {
  /// What is asked, the library's expected counts, and the ways to get them wrong.
  static let exercise = Exercise<Parts, HiddenMarkovSequence>(
    id: "log-marginal-gradient",
    title: "The gradient is an expectation",
    task: """
      Write the gradient of log p(x) with respect to the log probabilities of a hidden Markov \
      model: its first states, its transitions, its emissions. No derivative needs to be taken: \
      ∇ log p(x) = E[∇ log p(z, x) | x], and log p(z, x) is a sum with one term for every event. \
      What has to be written is a backward recursion beside the forward one, and three sums.
      """,
    hints: [
      "log p(z, x) contains log p(j | i) once for every time j follows i in z.",
      "So its derivative is a count, and the gradient of log p(x) is the count to be expected given x.",
      "First states: p(z_1 = k | x). Transitions: Σ_t p(z_t = i, z_{t+1} = j | x).",
      "Emissions of v by k: Σ over the steps t with x_t = v of p(z_t = k | x).",
      "β_t(i) = Σ_j p(j | i) p(x_{t+1} | j) β_{t+1}(j), β_T = 1; p(z_t = k | x) = α_t(k) β_t(k) / p(x), with α as probabilities.",
    ],
    example: .threeStates,
    draw: { try .random(steps: 1...4, &$0) },
    checks: checks,
    answer: Parts(
      initial: { HiddenMarkovPosterior(of: $0).expectedCounts.initial },
      transition: { HiddenMarkovPosterior(of: $0).expectedCounts.transition },
      emission: { HiddenMarkovPosterior(of: $0).expectedCounts.emission }),
    mistakes: mistakes, handin: handin)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "filters-in-place-of-smoothing", "p(z_t | x_1…x_t): the forward message alone", \.initial
    ) { filteredStates($0)[0] }
    .and(\.emission, { emissionCounts($0, filteredStates($0)) }),
    Mistake(
      "counts-the-best-path", "counts along the best path: hard EM, not the gradient", \.initial
    ) { bestStates($0)[0] }
    .and(\.transition, bestSteps)
    .and(\.emission, { emissionCounts($0, bestStates($0)) }),
    Mistake(
      "forgets-the-evidence", "weighs steps by p(z, x), not divided by p(x)", \.transition
    ) { sequence in
      let posterior = HiddenMarkovPosterior(of: sequence)
      let evidence = exp(posterior.logEvidence.value)
      return posterior.expectedCounts.transition.map { $0.map { $0 * evidence } }
    },
    Mistake(
      "by-the-probability", "∂/∂ initial in place of ∂/∂ log initial", \.initial,
      from: { right in
        { sequence in zip(right(sequence), sequence.model.initial).map { $0 / $1 } }
      }),
    Mistake(
      "counts-under-the-prior", "E[counts] without x: what the sleep phase sees", \.initial
    ) { $0.model.initial },
    Mistake("emission-of-the-next-step", "pairs p(z_t | x) with x_{t+1}", \.emission) { sequence in
      emissionCounts(sequence, HiddenMarkovPosterior(of: sequence).stateMarginals ?? []) {
        min($0 + 1, sequence.length - 1)
      }
    },
  ]

  /// Σ over the steps of how much each state counts, put where its observation belongs.
  private static func emissionCounts(
    _ sequence: HiddenMarkovSequence, _ states: [[Double]], step: (Int) -> Int = { $0 }
  ) -> [[Double]] {
    var counts = sequence.model.emission.map { $0.map { _ in 0.0 } }
    for (place, shares) in states.enumerated() {
      let symbol = sequence.observations[step(place)]
      for (state, share) in shares.enumerated() { counts[state][symbol] += share }
    }
    return counts
  }

  /// The likeliest path, a one for each state that it visits.
  private static func bestStates(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    (sequence.potentials.bestPath ?? []).map { best in
      sequence.model.initial.indices.map { $0 == best ? 1 : 0 }
    }
  }

  /// How often the likeliest path goes from each state to each other.
  @Sendable private static func bestSteps(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    let visited = bestStates(sequence)
    return sequence.model.transition.indices.map { i in
      sequence.model.transition.indices.map { j in
        zip(visited, visited.dropFirst()).reduce(0) { $0 + $1.0[i] * $1.1[j] }
      }
    }
  }
}
