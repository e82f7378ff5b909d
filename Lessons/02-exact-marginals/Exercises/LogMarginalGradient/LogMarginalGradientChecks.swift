import Exact
import LessonKit
import Models
import Probability
import Verification

/// Exercise `log-marginal-gradient`: ∇ log p(x) of a hidden Markov model.
///
/// Derivatives are with respect to the logarithms of the probabilities, each taken as free: the
/// rows need not go on summing to one.
enum LogMarginalGradientExercise {
  /// What is written.
  struct Parts: Sendable {
    /// ∂ log p(x) / ∂ log initial[k].
    var initial: @Sendable (HiddenMarkovSequence) -> [Double]
    /// ∂ log p(x) / ∂ log transition[i][j].
    var transition: @Sendable (HiddenMarkovSequence) -> [[Double]]
    /// ∂ log p(x) / ∂ log emission[k][v].
    var emission: @Sendable (HiddenMarkovSequence) -> [[Double]]
  }

  typealias Check = LessonKit.Check<Parts, HiddenMarkovSequence>

  static let checks: [Check] = [firstStates, transitions, emissions, differentiationAgrees, totals]

  static let firstStates = Check(
    "first-states", "∂ log p(x)/∂ log initial_k = p(z_1 = k | x)",
    because: "∇ log Σ_z p = Σ_z ∇p / Σ_z p = Σ_z p(z|x) ∇ log p(z, x)", claims: ["A-242"],
    as: .consequence
  ) { parts, sequence in
    .equal(parts.initial(sequence), overAllPaths(sequence).initial)
  }

  static let transitions = Check(
    "transitions", "∂ log p(x)/∂ log a_ij = Σ_t p(z_t = i, z_{t+1} = j | x)",
    because: "log p(z, x) holds log a_ij once for every step from i to j", claims: ["A-242"],
    as: .consequence
  ) { parts, sequence in
    .equal(
      Array(parts.transition(sequence).joined()), Array(overAllPaths(sequence).transition.joined()))
  }

  static let emissions = Check(
    "emissions", "∂ log p(x)/∂ log b_k(v) = Σ_{t: x_t = v} p(z_t = k | x)",
    because: "log p(z, x) holds log b_k(v) once for every v that k emits", claims: ["A-242"],
    as: .aside
  ) { parts, sequence in
    .equal(
      Array(parts.emission(sequence).joined()), Array(overAllPaths(sequence).emission.joined()))
  }

  static let differentiationAgrees = Check(
    "differentiation-agrees", "E[counts | x] = reverse-mode derivative of the forward code",
    because: "the chain rule, run backwards through the recursion, is the backward recursion",
    claims: ["A-243"],
    as: .consequence
  ) { parts, sequence in
    let found =
      parts.initial(sequence) + parts.transition(sequence).joined()
      + parts.emission(sequence).joined()
    return .equal(found, HiddenMarkovCounts.differentiated(sequence).flattened)
  }

  static let totals = Check(
    "totals", "Σ_k = 1 first state,  Σ_ij = T − 1 steps,  Σ_kv = T emissions",
    because: "every path has as many events as every other",
    as: .specialCase
  ) { parts, sequence in
    let sums = [
      parts.initial(sequence).reduce(0, +),
      parts.transition(sequence).joined().reduce(0, +),
      parts.emission(sequence).joined().reduce(0, +),
    ]
    return .equal(sums, [1, Double(sequence.length - 1), Double(sequence.length)])
  }

  /// E[counts | x], path by path.
  private static func overAllPaths(_ sequence: HiddenMarkovSequence) -> HiddenMarkovCounts {
    HiddenMarkovPosterior.enumerated(of: sequence).expectedCounts
  }
}
