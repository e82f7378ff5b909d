import LessonKit
import Models
import Probability
import Verification

/// Derivation `sums`: what is summed over in place of being drawn.
enum SumsDerivation {
  /// A run of an estimator on one of the problem's means.
  typealias Program = @Sendable (DiscreteProblem, inout CutUniforms) throws -> [Double]

  /// What is judged.
  struct Parts: Sendable {
    /// E[f s_d | all bits but d], at a draw of them.
    var local: Program
    /// Each bit forced on and off, on the noise of one run.
    var sharedNoise: Program
    /// The score function with bit 1 summed out.
    var partial: Program
    /// The score times the costs that a bit can move.
    var localSignals: Program
    /// The second derivative by each logit.
    var twice: Program
    /// A draw among the first two states and a draw among the others, with the least weight of the first.
    var remembered:
      @Sendable (DiscreteProblem, _ least: Double, inout CutUniforms) throws -> [Double]
    /// Two different states, with the others as a baseline or without.
    var unordered:
      @Sendable (DiscreteProblem, _ baseline: Bool, inout CutUniforms) throws -> [Double]
    /// Two states that came first, and the time at which the third would come.
    var arrivals: @Sendable (SumsProblem, _ pair: [Int], _ time: Double) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, SumsProblem>

  static let checks: [Check] = [
    local, localSpread, follows, followsSpread, oneSummed, ownCosts, twice, remembered, clipped,
    unordered, withBaseline, arrivals,
  ]
}

// MARK: Bits

extension SumsDerivation {
  static let local = Check(
    "local", "E[g] = ∇E_q[f],  g_d = E[f s_d | all bits but d]",
    because:
      "the mean of a conditional mean is the mean: bit d is summed, the others are as they were drawn",
    as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.local(problem.chain, &$0) }
    return .equal(found.means, problem.chainGradient)
  }

  static let localSpread = Check(
    "local-variance", "Var[g_d] = p_d² (1 − p_d)² Var[f(z_d = 1) − f(z_d = 0)],  J = 0",
    because:
      "two values of f with weights p_d and 1 − p_d, times scores 1 − p_d and −p_d: the bit itself adds nothing",
    as: .consequence, changing: { _ in [Given("J", 0.0)] }
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.local(problem.free, &$0) }
    return .equal(found.covariances, problem.effects)
  }

  static let follows = Check(
    "what-follows",
    "E[g] = ∇E_q[f],  g_d = p_d (1 − p_d) (f(run with z_d = 1) − f(run with z_d = 0))",
    because: "given the noise of what came before, p_d is a number, and p_d (1 − p_d) its slope",
    as: .consequence
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.sharedNoise(problem.chain, &$0) }
    return .equal(found.means, problem.chainGradient)
  }

  static let followsSpread = Check(
    "same-noise", "Var[g_1] = p_1² (1 − p_1)² Var[f(1, z_2(1, u)) − f(0, z_2(0, u))]",
    because:
      "z_2 is made anew on either side from the same u: it differs only for u between both p_2",
    as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.sharedNoise(problem.chain, &$0) }
    return .equal(found.covariances[0], problem.effectOnOneNoise)
  }

  static let oneSummed = Check(
    "one-summed", "Cov[g] = Cov[E[f s | z_2]],  bit 1 summed out",
    because: "the sum is a mean given z_2: Rao and Blackwell", as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.partial(problem.free, &$0) }
    let bits = problem.bits
    return .equal(
      found.means + found.covariances,
      bits.gradient(problem.value)
        + bits.covariances { b in
          [0, 1].map { d in
            [0.0, 1].sum { first in
              let c = [first, b[1]]
              return (first == 1 ? bits.p[0] : 1 - bits.p[0]) * problem.value(c)
                * bits.score(d, at: c)
            }
          }
        })
  }

  static let ownCosts = Check(
    "own-costs", "E[g] = ∇E_q[f],  g_1 = f_1(z) s_1,  J = 0",
    because: "f_2(z_2) does not know z_1, and the mean of s_1 is zero", as: .specialCase,
    changing: { _ in [Given("J", 0.0)] }
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.localSignals(problem.free, &$0) }
    let bits = problem.bits
    return .equal(
      found.means + found.covariances,
      bits.gradient(problem.value)
        + bits.covariances { b in
          [
            ExactValue(problem.both[Int(2 * b[0] + b[1])]) * bits.score(0, at: b),
            problem.value(b) * bits.score(1, at: b),
          ]
        })
  }

  static let twice = Check(
    "twice", "E[g_d] = p_d (1 − p_d) (1 − 2 p_d) E[f(z_d = 1) − f(z_d = 0)],  J = 0",
    because:
      "E_q[f] is linear in p_d, and this is the second slope of a sigmoid: DiCE differentiated twice",
    as: .aside, changing: { _ in [Given("J", 0.0)] }
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.twice(problem.free, &$0) }
    let bits = problem.bits
    return .equal(
      found.means,
      zip(bits.gradient(problem.value), bits.p).map { $0 * (1 - ExactValue(2) * $1) })
  }
}

// MARK: States

extension SumsDerivation {
  static let remembered = Check(
    "remembered", "E[g] = ∇E_q[f],  a draw of each of two parts, weighted by q of the part",
    because: "a mean over all is the mean of the means of the parts", as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.remembered(problem.states, 0, &$0) }
    return .equal(found.means, problem.stateGradient)
  }

  static let clipped = Check(
    "clipped", "E[g] = .95 E[f s | z ≤ 1] + .05 f(2) s(2),  least weight .95",
    because: "the least weight keeps the first part from being forgotten, and counts it too often",
    as: .aside
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.remembered(problem.states, 0.95, &$0) }
    return .equal(found.means, problem.clippedMean(least: 0.95))
  }

  static let unordered = Check(
    "unordered", "Cov[g] = Cov[E[f(z) s(z) | {z, z′}]],  z′ ≠ z drawn after z",
    because: "which of the two came first is summed over: what one draw says, given the set",
    as: .consequence
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.unordered(problem.states, false, &$0) }
    return .equal(found.means + found.covariances, problem.pairMoments)
  }

  static let withBaseline = Check(
    "unordered-baseline", "E[g] = ∇E_q[f],  the other state of the set as a baseline",
    because: "the weight q_j R_ij of the other state is what its own draw would have given it",
    as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.unordered(problem.states, true, &$0) }
    return .equal(found.means, problem.stateGradient)
  }

  static let arrivals = Check(
    "arrivals", "E[Σ_{i ∈ U} q_i/(1 − e^{−q_i t}) f_i s_i] = ∇E_q[f]",
    because: "given t, state i is in U with probability 1 − e^{−q_i t}: each is divided by it",
    as: .aside
  ) { parts, problem in
    .equal(
      try problem.meanOfPairs { try parts.arrivals(problem, $0, $1) }, problem.stateGradient,
      rounding: .of(
        terms: 4096, size: 8,
        because: "a time goes through a uniform number, and weights grow as 1/t near zero"))
  }
}
