import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Independent bits q and their prior p.
struct FactorisedPair: Sendable {
  /// The bits of q.
  let q: BernoulliFactors
  /// The bits of the prior.
  let p: BernoulliFactors

  /// Two lists of bits of the same length.
  init(q: BernoulliFactors, p: BernoulliFactors) {
    self.q = q
    self.p = p
  }
}

/// The signature of exercise `factorised-divergence`.
protocol FactorisedDivergence: Sendable {
  /// KL(q‖p) of independent bits, without visiting their 2^D states.
  func kullbackLeibler(of q: BernoulliFactors, from p: BernoulliFactors) -> Double
}

extension Sheet where Subject == any FactorisedDivergence, Model == FactorisedPair {
  /// Write the divergence of independent bits.
  static let factorisedDivergence = Sheet(
    id: "factorised-divergence",
    title: "D sums in place of 2^D terms",
    task: """
      Write `kullbackLeibler(of: q, from: p)` for independent bits as a sum over bits. It is \
      the term that NVIL and every VAE subtract.
      """,
    hints: [
      "log q(z) − log p(z) is a sum over bits, and E_q of a sum is a sum of E_q.",
      "Each bit is a table of two states: on with b_d, off with 1 − b_d. Both cost something.",
      "Σ_d b_d log(b_d/a_d) + (1 − b_d) log((1 − b_d)/(1 − a_d)). A sum, not a mean.",
    ],
    example: FactorisedPair(
      q: BernoulliFactors([0.35, 0.6]), p: BernoulliFactors([0.3, 0.3])),
    draw: { cases in
      let count = try cases.integer(2...4)
      let p = try cases.probabilities(count)
      // Each bit of q differs from the prior's: the odds are tilted by more than one.
      var q: [Double] = []
      for a in p {
        let tilt = 1 + 0.25 * Double(try cases.integer(1...12))
        q.append(a * tilt / (1 - a + a * tilt))
      }
      return FactorisedPair(q: BernoulliFactors(q), p: BernoulliFactors(p))
    },
    lines: [isTheEnumeratedSum, isABregmanDivergence, addsUpBitByBit, singleBit])

  static var isTheEnumeratedSum: Line<any FactorisedDivergence, FactorisedPair> {
    Line(
      "enumerated", "Σ_d KL(b_d‖a_d) = Σ_z q(z) log q(z)/p(z)",
      because: "both laws factorise, so the log-ratio is a sum over bits", claims: ["A-272"]
    ) { form, pair in
      .equal(
        form.kullbackLeibler(of: pair.q, from: pair.p),
        kullbackLeibler(
          of: factorised(pair.q.probabilities), from: factorised(pair.p.probabilities)),
        terms: 128, magnitude: 4)
    }
  }

  static var isABregmanDivergence: Line<any FactorisedDivergence, FactorisedPair> {
    Line(
      "bregman", "KL = Σ_d A(η_p) − A(η_q) − (η_p − η_q) A′(η_q)",
      because: "one exponential family: A(η) = log(1 + e^η) and A′ = b", claims: ["A-263"]
    ) { form, pair in
      let sum = zip(pair.q.probabilities, pair.p.probabilities).reduce(0) { sum, bits in
        let (q, p) = (log(bits.0 / (1 - bits.0)), log(bits.1 / (1 - bits.1)))
        return sum + (softplus(p) - softplus(q) - (p - q) * bits.0)
      }
      return .equal(
        form.kullbackLeibler(of: pair.q, from: pair.p), sum, terms: 128, magnitude: 8)
    }
  }

  static var addsUpBitByBit: Line<any FactorisedDivergence, FactorisedPair> {
    Line(
      "additive", "KL(q·q‖p·p) = 2 KL(q‖p)",
      because: "two independent copies are twice as hard to confuse"
    ) { form, pair in
      let q = BernoulliFactors(pair.q.probabilities + pair.q.probabilities)
      let p = BernoulliFactors(pair.p.probabilities + pair.p.probabilities)
      return .equal(
        form.kullbackLeibler(of: q, from: p),
        2 * form.kullbackLeibler(of: pair.q, from: pair.p), terms: 128, magnitude: 4)
    }
  }

  static var singleBit: Line<any FactorisedDivergence, FactorisedPair> {
    Line(
      "single-bit", "D = 1:  KL = b log(b/a) + (1 − b) log((1−b)/(1−a))",
      because: "a bit is a table of two states", claims: ["A-272"]
    ) { form, pair in
      let (b, a) = (pair.q.probabilities[0], pair.p.probabilities[0])
      return .equal(
        form.kullbackLeibler(of: BernoulliFactors([b]), from: BernoulliFactors([a])),
        crossEntropy(of: [b, 1 - b], from: [a, 1 - a]) - entropy(of: [b, 1 - b]), magnitude: 4)
    }
  }
}
