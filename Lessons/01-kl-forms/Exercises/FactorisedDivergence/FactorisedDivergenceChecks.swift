import LessonKit
import Models
import Probability
import Verification

/// Exercise `factorised-divergence`: independent bits.
enum FactorisedDivergenceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// KL(q‖p) of independent bits, without visiting their 2^D states.
    var kullbackLeibler: @Sendable (_ q: BernoulliFactors, _ p: BernoulliFactors) -> Double
  }

  /// Independent bits q and their prior p.
  struct Problem: Sendable {
    /// The bits of q.
    let q: BernoulliFactors
    /// The bits of the prior.
    let p: BernoulliFactors

    /// Two bits.
    static let example = Problem(
      q: BernoulliFactors([0.35, 0.6]), p: BernoulliFactors([0.3, 0.3]))

    /// Each bit of q differs from the prior's: the odds are tilted by more than one.
    static func random(_ cases: inout Cases) throws -> Problem {
      let p = try cases.probabilities(try cases.integer(2...4))
      var q: [Double] = []
      for a in p {
        let tilt = 1 + 0.25 * Double(try cases.integer(1...12))
        q.append(a * tilt / (1 - a + a * tilt))
      }
      return Problem(q: BernoulliFactors(q), p: BernoulliFactors(p))
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    isTheEnumeratedSum, isABregmanDivergence, addsUpBitByBit, singleBit,
  ]
}

extension FactorisedDivergenceExercise {
  static let isTheEnumeratedSum = Check(
    "enumerated", "Σ_d KL(b_d‖a_d) = Σ_z q(z) log q(z)/p(z)",
    because: "both laws factorise, so the log-ratio is a sum over bits", claims: ["A-272"]
  ) { parts, problem in
    .equal(
      parts.kullbackLeibler(problem.q, problem.p),
      exactDivergence(of: problem.q.allStates, from: problem.p.allStates))
  }

  static let isABregmanDivergence = Check(
    "bregman", "KL = Σ_d A(η_p) − A(η_q) − (η_p − η_q) A′(η_q)",
    because: "one exponential family: A(η) = log(1 + e^η) and A′ = b", claims: ["A-263"]
  ) { parts, problem in
    let sum = zip(problem.q.probabilities, problem.p.probabilities).sum { q, p in
      BernoulliLaw(q).exact.bregmanDivergence(from: BernoulliLaw(p).exact)
    }
    return .equal(parts.kullbackLeibler(problem.q, problem.p), sum)
  }

  static let addsUpBitByBit = Check(
    "additive", "KL(q·q‖p·p) = 2 KL(q‖p)",
    because: "two independent copies are twice as hard to confuse"
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
    "single-bit", "D = 1:  KL = b log(b/a) + (1 − b) log((1−b)/(1−a))",
    because: "a bit is a table of two states", claims: ["A-272"]
  ) { parts, problem in
    let (b, a) = (problem.q.probabilities[0], problem.p.probabilities[0])
    let off = (b: 1 - ExactValue(b), a: 1 - ExactValue(a))
    let first = ExactValue(b) * (ExactValue(b) / ExactValue(a)).logarithm
    return .equal(
      parts.kullbackLeibler(BernoulliFactors([b]), BernoulliFactors([a])),
      first + off.b * (off.b / off.a).logarithm)
  }
}

// MARK: Exact numbers

extension BernoulliFactors {
  /// Π_d b_d^z_d (1 − b_d)^(1 − z_d), state by state.
  fileprivate var allStates: [ExactValue] {
    (0..<(1 << count)).map { state in
      zip(latents(state, count: count), probabilities).reduce(1) { product, bit in
        product * (bit.0 == 1 ? ExactValue(bit.1) : 1 - ExactValue(bit.1))
      }
    }
  }

  /// The largest |b log(b/a)| over the bits and over on and off.
  fileprivate func largestTerm(from prior: BernoulliFactors) -> Double {
    let on = zip(probabilities, prior.probabilities).map { ($0, $1) }
    let terms = (on + on.map { (1 - $0, 1 - $1) }).map { b, a in
      exactDivergence(of: [b], from: [a]).value
    }
    return terms.map { abs($0) }.max() ?? 0
  }
}

extension BernoulliLaw {
  /// η = log b/(1 − b), A = log(1 + e^η), A′ = b.
  fileprivate var exact: ExactFamilyMember {
    let b = ExactValue(probability)
    let logOdds = (b / (1 - b)).logarithm
    return ExactFamilyMember(
      natural: [logOdds], logPartition: (1 + logOdds.exponential).logarithm, means: [b])
  }
}
