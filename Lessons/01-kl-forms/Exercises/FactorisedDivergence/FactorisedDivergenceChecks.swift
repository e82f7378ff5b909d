import LessonKit
import Models
import Probability
import Verification

/// Exercise `factorised-divergence`: independent bits.
enum FactorisedDivergenceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// log q(z) − log p(z) of a state, as a sum over bits.
    var logRatio: @Sendable (_ z: [Double], _ q: BernoulliFactors, _ p: BernoulliFactors) -> Double
    /// KL(q‖p) of independent bits, without visiting their 2^D states.
    var kullbackLeibler: @Sendable (_ q: BernoulliFactors, _ p: BernoulliFactors) -> Double
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    ratioSplits, eachTermSeesOneBit, singleBit, isABregmanDivergence, isTheEnumeratedSum,
    addsUpBitByBit,
  ]
}

// MARK: The derivation

extension FactorisedDivergenceExercise {
  static let ratioSplits = Check(
    "ratio-splits", "Σ_z q(z) log(q(z)/p(z)) = Σ_z q(z) Σ_i log(q_i(z_i)/p_i(z_i))",
    because: "both distributions are products over bits, so the log-ratio is a sum", as: .step
  ) { parts, problem in
    let count = problem.q.count
    let sum = zip(0..., problem.q.allStates).reduce(0) { sum, state in
      sum + state.1.value * parts.logRatio(latents(state.0, count: count), problem.q, problem.p)
    }
    return .equal(
      problem.enumerated, sum,
      rounding: .of(
        size: problem.q.largestTerm(from: problem.p), because: "the terms of a bit have two signs"))
  }

  static let eachTermSeesOneBit = Check(
    "each-term-sees-one-bit", "Σ_z q(z) Σ_i log(q_i(z_i)/p_i(z_i)) = Σ_i KL(q_i‖p_i)",
    because: "of each term only bit i is left: the other bits add up to one", as: .step
  ) { parts, problem in
    let count = problem.q.count
    let bits = zip(problem.q.probabilities, problem.p.probabilities).map { pair in
      let (b, a) = (ExactValue(pair.0), ExactValue(pair.1))
      return (on: (b / a).logarithm, off: ((1 - b) / (1 - a)).logarithm)
    }
    let sum = zip(0..., problem.q.allStates).sum { state, probability in
      probability * zip(latents(state, count: count), bits).sum { $0 == 1 ? $1.on : $1.off }
    }
    return .equal(sum, parts.kullbackLeibler(problem.q, problem.p))
  }
}

// MARK: Forms of it

extension FactorisedDivergenceExercise {
  static let isTheEnumeratedSum = Check(
    "enumerated", "Σ_i KL(q_i‖p_i) = Σ_z q(z) log(q(z)/p(z))",
    because: "both distributions factorise, so the log-ratio is a sum over bits", claims: ["A-272"]
  ) { parts, problem in
    .equal(
      parts.kullbackLeibler(problem.q, problem.p),
      exactDivergence(of: problem.q.allStates, from: problem.p.allStates))
  }

  static let isABregmanDivergence = Check(
    "bregman", "KL(q‖p) = Σ_i [A(η_ip) − A(η_iq) − (η_ip − η_iq) A′(η_iq)]",
    because: "one family, η = log(b/(1 − b)): A(η) = log(1 + e^η) and A′(η) = b", claims: ["A-263"]
  ) { parts, problem in
    let sum = zip(problem.q.probabilities, problem.p.probabilities).sum { q, p in
      BernoulliLaw(q).exact.bregmanDivergence(from: BernoulliLaw(p).exact)
    }
    return .equal(parts.kullbackLeibler(problem.q, problem.p), sum)
  }

  static let addsUpBitByBit = Check(
    "additive", "KL(q·q‖p·p) = 2 KL(q‖p)",
    because: "the same bits twice, independent of each other, cost twice as much",
    changing: { problem in
      [
        Given("b", problem.q.probabilities + problem.q.probabilities),
        Given("a", problem.p.probabilities + problem.p.probabilities),
      ]
    }
  ) { parts, problem in
    let q = BernoulliFactors(problem.q.probabilities + problem.q.probabilities)
    let p = BernoulliFactors(problem.p.probabilities + problem.p.probabilities)
    return .equal(
      parts.kullbackLeibler(q, p), 2 * parts.kullbackLeibler(problem.q, problem.p),
      rounding: .of(
        size: problem.q.largestTerm(from: problem.p),
        because: "the terms b log(b/a) of a bit have two signs, and may be larger than their sum"))
  }

  static let singleBit = Check(
    "single-bit", "D = 1:  KL = b log(b/a) + (1 − b) log((1 − b)/(1 − a))",
    because: "a bit is a table of two states", claims: ["A-272"],
    changing: { problem in
      [Given("b", [problem.q.probabilities[0]]), Given("a", [problem.p.probabilities[0]])]
    }
  ) { parts, problem in
    let (b, a) = (problem.q.probabilities[0], problem.p.probabilities[0])
    let off = (b: 1 - ExactValue(b), a: 1 - ExactValue(a))
    let first = ExactValue(b) * (ExactValue(b) / ExactValue(a)).logarithm
    return .equal(
      parts.kullbackLeibler(BernoulliFactors([b]), BernoulliFactors([a])),
      first + off.b * (off.b / off.a).logarithm)
  }
}
