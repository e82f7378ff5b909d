import GSL
import LessonKit
import Models
import Probability
import Verification

extension Page {
  /// What a product can say about two bits that hang together.
  static let factorising: Exercise<Approximations, TwoBits> = Exercise(
    Sheet(
      id: "what-factorising-loses", title: "What factorising loses", task: "", hints: [],
      example: TwoBits(), draw: { try TwoBits.random(&$0) }, lines: []),
    answer: Approximations(),
    derivation: [
      boundPlusDivergence, ordersReverse, gridAgrees, bestProductFallsShort,
      autoregressiveIsExact, marginalsFitInclusively, separateStaysSeparate, coupledCouples,
      knownStatesFallShort, pointMassIsKnown,
    ],
    mistakes: factorisingMistakes)

  private static var boundPlusDivergence: Line<Approximations, TwoBits> {
    Line(
      "bound-plus-divergence", "ELBO(q) + KL(q‖p(h|x)) = log p(x),  any q",
      because: "log p(x) does not depend on q: what one gains the other loses",
      claims: ["A-019", "A-258", "A-102"]
    ) { fits, bits in
      let q = product(bits.q)
      return .equal(
        try fits.elbo(q, bits) + kullbackLeibler(of: q, from: bits.posterior), bits.logEvidence,
        magnitude: 8)
    }
  }

  private static var ordersReverse: Line<Approximations, TwoBits> {
    Line(
      "orders-reverse", "ELBO(q) − ELBO(q′) = KL(q′‖p) − KL(q‖p)",
      because: "the constant drops out: whoever maximises the one minimises the other",
      claims: ["A-106", "A-258"]
    ) { fits, bits in
      let (q, other) = (product(bits.q), product(bits.other))
      return .equal(
        try fits.elbo(q, bits) - fits.elbo(other, bits),
        kullbackLeibler(of: other, from: bits.posterior)
          - kullbackLeibler(of: q, from: bits.posterior), magnitude: 8)
    }
  }

  private static var gridAgrees: Line<Approximations, TwoBits> {
    Line(
      "grid-agrees", "argmax ELBO = argmin KL(q‖p(h|x)) on a grid of products",
      because: "both are looked for by brute force, among 81 products",
      claims: ["A-019", "A-106"]
    ) { fits, bits in
      var highest = (value: -Double.infinity, ones: [0.0, 0.0])
      var nearest = (value: Double.infinity, ones: [0.0, 0.0])
      for i in 1...9 {
        for j in 1...9 {
          let ones = [Double(i) / 10, Double(j) / 10]
          let q = product(ones)
          let elbo = try fits.elbo(q, bits)
          // A tie is no disagreement: a new best must be better by more than rounding.
          if elbo > highest.value + 1e-12 { highest = (elbo, ones) }
          let divergence = kullbackLeibler(of: q, from: bits.posterior)
          if divergence < nearest.value - 1e-12 { nearest = (divergence, ones) }
        }
      }
      return .equal(highest.ones, nearest.ones)
    }
  }

  private static var bestProductFallsShort: Line<Approximations, TwoBits> {
    Line(
      "best-product-falls-short", "max_{q₁q₂} ELBO ≤ log p(x)",
      because: "p(h|x) is no product; nearest to this one is (.841872, .676748), KL .364539",
      claims: ["A-020", "A-103"]
    ) { fits, bits in
      let best = try fits.exclusiveFit(bits)
      // Independent: the end of the climb as roots of one equation in q₁.
      let nearest = try bits.nearestProduct()
      return .atMost(
        try fits.elbo(product(best), bits), bits.logEvidence,
        gap: kullbackLeibler(of: product(nearest), from: bits.posterior), terms: 256, magnitude: 8)
    }
  }

  private static var autoregressiveIsExact: Line<Approximations, TwoBits> {
    Line(
      "autoregressive-is-exact", "q(h₁) q(h₂|h₁):  ELBO = log p(x)",
      because: "the chain rule can write any law; one more number buys the correlation",
      claims: ["A-103", "A-265"]
    ) { fits, bits in
      .equal(try fits.elbo(fits.autoregressive(bits), bits), bits.logEvidence, magnitude: 8)
    }
  }

  private static var marginalsFitInclusively: Line<Approximations, TwoBits> {
    Line(
      "marginals-fit-inclusively", "KL(p‖q₁q₂) ≥ KL(p‖p₁p₂)",
      because: "by Σ_j KL(p_j‖q_j): the other direction likes the exact marginals best"
    ) { fits, bits in
      let fit = try fits.inclusiveFit(bits)
      let p = bits.posterior
      let marginals = [p[2] + p[3], p[1] + p[3]]
      let gap = zip(marginals, bits.q).reduce(0) { sum, pair in
        sum + kullbackLeibler(of: [1 - pair.0, pair.0], from: [1 - pair.1, pair.1])
      }
      return .atLeast(
        kullbackLeibler(of: p, from: product(bits.q)), kullbackLeibler(of: p, from: product(fit)),
        gap: gap, magnitude: 8)
    }
  }

  private static var separateStaysSeparate: Line<Approximations, TwoBits> {
    Line(
      "shared-normaliser-couples-nothing",
      "p(x|h) = f(h₁) g(h₂):  P(1,1) = P(h₁=1) P(h₂=1) given x",
      because: "p(x) sums over all four states, and yet nothing depends on anything",
      claims: ["A-267"]
    ) { fits, bits in
      let weights = bits.separateCauses
      let ones = zip(bits.priors, bits.separate).map { prior, likelihood in
        prior * likelihood[1] / (prior * likelihood[1] + (1 - prior) * likelihood[0])
      }
      let both = weights[1][1] / weights.flatMap { $0 }.reduce(0, +)
      return .equal(both - fits.covariance(weights), ones[0] * ones[1], magnitude: 1)
    }
  }

  private static var coupledCouples: Line<Approximations, TwoBits> {
    Line(
      "coupled-likelihood-couples", "p(x|h) no product:  Cov(h₁, h₂ | x) ≠ 0",
      because: "Cov = P₁₁P₀₀ − P₁₀P₀₁: one cause explains the other away", claims: ["A-267"]
    ) { fits, bits in
      let weights = bits.coupledCauses
      let p = weights.flatMap { $0 }.map { $0 / weights.flatMap { $0 }.reduce(0, +) }
      return .different(
        fits.covariance(weights), 0, by: p[3] * p[0] - p[2] * p[1], atLeast: 1e-4, magnitude: 1)
    }
  }

  private static var knownStatesFallShort: Line<Approximations, TwoBits> {
    Line(
      "states-are-not-known", "q₁ for the likelier h₂ ≠ exp E_{q₂}[log p], normalised",
      because: "one state of h₂ is not the average over both: the log-odds differ",
      claims: ["A-017"]
    ) { fits, bits in
      let second = bits.q[1]
      let first = try fits.firstGivenSecond(second, bits)
      let odds = (0...1).map { log(bits.joint[1][$0] / bits.joint[0][$0]) }
      // q₂ < ½ in every model but the example, where the likelier state is the other one.
      let likelier = second > 0.5 ? 1 : 0
      let known = odds[likelier]
      let difference = (1 - second) * odds[0] + second * odds[1] - known
      return .different(
        log(first / (1 - first)), known, by: difference, atLeast: 1e-3, magnitude: 8)
    }
  }

  private static var pointMassIsKnown: Line<Approximations, TwoBits> {
    Line(
      "point-mass-is-known", "q₂ = (1, 0):  q₁ = p(h₁ | h₂ = 0, x)",
      because: "under a point mass the average is that one state", claims: ["A-017"]
    ) { fits, bits in
      let first = try fits.firstGivenSecond(0, bits)
      let column = bits.joint.map { $0[0] }
      return .equal(first, column[1] / (column[0] + column[1]))
    }
  }
}

extension TwoBits {
  /// The product nearest to the posterior in KL(q‖p), by a scan and Brent's method.
  ///
  /// With d(s) = log p(1, ·) − log p(0, ·) averaged over the other bit, a stationary point solves
  /// f(a) = logit a − d₁(σ(d₂(a))) = 0. Every sign change of f on a fine grid of a is refined.
  func nearestProduct() throws -> [Double] {
    let l = joint.map { $0.map(log) }
    func second(_ a: Double) -> Double {
      sigmoid((1 - a) * (l[0][1] - l[0][0]) + a * (l[1][1] - l[1][0]))
    }
    func slope(_ a: Double) -> Double {
      let b = second(a)
      return log(a / (1 - a)) - ((1 - b) * (l[1][0] - l[0][0]) + b * (l[1][1] - l[0][1]))
    }
    let places = (1...40).map { Double($0) / 41 }
    let ends = [1e-6] + places + [1 - 1e-6]
    var best = (divergence: Double.infinity, ones: [0.5, 0.5])
    for (low, high) in zip(ends, ends.dropFirst()) where slope(low) * slope(high) <= 0 {
      let a = try ScalarSearch.root(from: low, to: high, slope).point
      let divergence = kullbackLeibler(of: product([a, second(a)]), from: posterior)
      if divergence < best.divergence { best = (divergence, [a, second(a)]) }
    }
    return best.ones
  }
}
