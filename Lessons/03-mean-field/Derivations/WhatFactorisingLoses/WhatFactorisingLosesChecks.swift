import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `what-factorising-loses`: what a product can say about two bits that hang together.
enum WhatFactorisingLosesDerivation {
  /// What is judged: what is done with a posterior over two bits.
  struct Parts: Sendable {
    /// ELBO(q) for any q over the four states.
    var elbo: @Sendable ([Double], TwoBits) throws -> Double
    /// The product that the ELBO likes best, its ones.
    var exclusiveFit: @Sendable (TwoBits) throws -> [Double]
    /// The product that minimises KL(p‖q), its ones.
    var inclusiveFit: @Sendable (TwoBits) throws -> [Double]
    /// q(z₁) q(z₂|z₁), set state by state.
    var autoregressive: @Sendable (TwoBits) throws -> [Double]
    /// The factor of z₁ given that of z₂, its ones.
    var firstGivenSecond: @Sendable (Double, TwoBits) throws -> Double
    /// The covariance of the two bits under weights that need not sum to one.
    var covariance: @Sendable ([[Double]]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, TwoBits>

  static let checks: [Check] = [
    autoregressiveIsExact, bestProductFallsShort, numbersOfAProduct, othersFallShort,
    boundPlusDivergence,
    marginalsFitInclusively, coupledCouples, separateStaysSeparate, ordersReverse, gridAgrees,
    knownStatesFallShort, pointMassIsKnown,
  ]
}

// MARK: The bound and the divergence

extension WhatFactorisingLosesDerivation {
  static let boundPlusDivergence = Check(
    "bound-plus-divergence", "ELBO(q) = log p(x) − KL(q‖p(z|x))",
    because: "any q: what the bound gains, its divergence loses",
    claims: ["A-019", "A-258"], as: .step
  ) { parts, bits in
    let q = product(bits.q)
    return .equal(
      try parts.elbo(q, bits), bits.logEvidence - exactDivergence(of: q, from: bits.posterior),
      rounding: bits.rounding)
  }

  static let ordersReverse = Check(
    "orders-reverse", "ELBO(q) − ELBO(q′) = KL(q′‖p) − KL(q‖p)",
    because: "the constant drops out: whoever maximises the one minimises the other",
    claims: ["A-106", "A-258"]
  ) { parts, bits in
    let (q, other) = (product(bits.q), product(bits.other))
    let p = bits.posterior
    return .equal(
      try parts.elbo(q, bits) - parts.elbo(other, bits),
      exactDivergence(of: other, from: p) - exactDivergence(of: q, from: p),
      rounding: .of(
        size: bits.flat.map { -log($0) }.max() ?? 0,
        because: "two bounds are subtracted, each a mean of log joints"))
  }

  static let gridAgrees = Check(
    "grid-agrees", "argmax ELBO = argmin KL(q‖p(z|x)) on a grid of products",
    because: "both are looked for by brute force, among 81 products",
    claims: ["A-019", "A-106", "A-102"]
  ) { parts, bits in
    let p = bits.posterior
    var highest = (value: -Double.infinity, ones: [0.0, 0.0])
    var nearest = (value: Double.infinity, ones: [0.0, 0.0])
    for i in 1...9 {
      for j in 1...9 {
        let ones = [Double(i) / 10, Double(j) / 10]
        let q = product(ones)
        let elbo = try parts.elbo(q, bits)
        // A tie is no disagreement: a new best must be better by more than rounding.
        if elbo > highest.value + 1e-12 { highest = (elbo, ones) }
        let divergence = exactDivergence(of: q, from: p).value
        if divergence < nearest.value - 1e-12 { nearest = (divergence, ones) }
      }
    }
    return .equal(highest.ones, nearest.ones)
  }
}

// MARK: The best product, and a q that is none

extension WhatFactorisingLosesDerivation {
  static let bestProductFallsShort = Check(
    "best-product-falls-short", "ELBO(q₁(z₁) q₂(z₂|z₁)) ≥ max_{q₁q₂} ELBO(q₁ q₂)",
    because: "p(z|x) is no product: the nearest one leaves a gap",
    claims: ["A-020", "A-103"], as: .step
  ) { parts, bits in
    let best = try parts.exclusiveFit(bits)
    // Independent: the end of the climb as roots of one equation in q₁.
    let nearest = try nearestProduct(to: bits.logJoints)
    return .atLeast(
      try parts.elbo(parts.autoregressive(bits), bits), try parts.elbo(product(best), bits),
      gap: exactDivergence(of: product(nearest), from: bits.posterior), rounding: bits.rounding)
  }

  static let numbersOfAProduct = Check(
    "numbers-of-a-product", "#λ = D,  D = 2",
    because: "one number a factor makes all 2^D probabilities of q; p(z|x) has 2^D − 1 of its own",
    claims: ["A-264"], as: .specialCase
  ) { parts, bits in .equalCounts(try parts.exclusiveFit(bits).count, bits.q.count) }

  static let othersFallShort = Check(
    "other-products-fall-shorter", "max_{q₁q₂} ELBO(q₁ q₂) ≥ ELBO(q)",
    because: "q is one of these products", as: .step
  ) { parts, bits in
    let nearest = try nearestProduct(to: bits.logJoints)
    let p = bits.posterior
    return .atLeast(
      try parts.elbo(product(parts.exclusiveFit(bits)), bits),
      try parts.elbo(product(bits.q), bits),
      gap: exactDivergence(of: product(bits.q), from: p)
        - exactDivergence(of: product(nearest), from: p),
      rounding: bits.rounding)
  }

  static let autoregressiveIsExact = Check(
    "autoregressive-is-exact", "log p(x) = ELBO(q₁(z₁) q₂(z₂|z₁))",
    because: "the chain rule can write any distribution of two bits",
    claims: ["A-103", "A-265"], as: .step
  ) { parts, bits in
    .equal(
      bits.logEvidence, try parts.elbo(parts.autoregressive(bits), bits), rounding: bits.rounding)
  }

  static let marginalsFitInclusively = Check(
    "marginals-fit-inclusively", "KL(p‖q₁q₂) ≥ KL(p‖p₁p₂)",
    because: "p is p(z|x), p_1 and p_2 its marginals; the difference is Σ_j KL(p_j‖q_j)",
    as: .consequence
  ) { parts, bits in
    func divergence(from ones: [Double]) -> ExactValue {
      exactDivergence(of: bits.posterior, from: product(ones).map { ExactValue($0) })
    }
    let gap = zip(bits.marginals, bits.q).sum { p, q -> ExactValue in
      exactDivergence(of: [1 - p, p], from: [1 - ExactValue(q), ExactValue(q)])
    }
    return .atLeast(
      divergence(from: bits.q), divergence(from: try parts.inclusiveFit(bits)), gap: gap)
  }
}

// MARK: What couples

extension WhatFactorisingLosesDerivation {
  static let separateStaysSeparate = Check(
    "shared-normaliser-couples-nothing",
    "p(x|z) = f(z₁) g(z₂):  P(1,1) = P(z₁=1) P(z₂=1) given x",
    because: "p(x) sums over all four states, and yet nothing depends on anything",
    claims: [.against("A-267")],
    changing: { bits in
      [
        Given("P(z=1)", bits.priors), Given("f(z₁)", bits.separate[0]),
        Given("g(z₂)", bits.separate[1]),
      ]
    }
  ) { parts, bits in
    let weights = bits.separateCauses
    let ones = zip(bits.priors, bits.separate).map { prior, likelihood -> ExactValue in
      let on = ExactValue(prior) * ExactValue(likelihood[1])
      return on / (on + (1 - ExactValue(prior)) * ExactValue(likelihood[0]))
    }
    let both = ExactValue(weights[1][1]) / weights.joined().sum { ExactValue($0) }
    return .equal(both - ExactValue(parts.covariance(weights)), ones[0] * ones[1])
  }

  static let coupledCouples = Check(
    "coupled-likelihood-couples", "p(x|z) no product:  Cov(z₁, z₂ | x) ≠ 0",
    because: "Cov = P₁₁P₀₀ − P₁₀P₀₁; here without clouds: the grass alone couples the causes",
    claims: [.inPlaceOf("A-267")], as: .consequence,
    changing: { [Given("P(z=1)", $0.priors), Given("p(x|z)", $0.coupled)] }
  ) { parts, bits in
    let weights = bits.coupledCauses
    let total = weights.joined().sum { ExactValue($0) }
    let p = weights.joined().map { ExactValue($0) / total }
    return .different(
      parts.covariance(weights), 0.0, by: p[3] * p[0] - p[2] * p[1], atLeast: 1e-4,
      rounding: .of(size: 1, because: "a covariance is a difference of probabilities"))
  }
}

// MARK: A state is not a mean over states

extension WhatFactorisingLosesDerivation {
  static let knownStatesFallShort = Check(
    "states-are-not-known", "q₁ for the likelier z₂ ≠ exp E_{q₂}[log p], normalised",
    because: "one state of z₂ is not the average over both: the log-odds differ",
    claims: [.against("A-017")]
  ) { parts, bits in
    let first = try parts.firstGivenSecond(bits.q[1], bits)
    let odds = (0...1).map {
      (ExactValue(bits.joint[1][$0]) / ExactValue(bits.joint[0][$0])).logarithm
    }
    // q₂ < ½ in every problem but the example, where the likelier state is the other one.
    let second = ExactValue(bits.q[1])
    let known = odds[second.value > 0.5 ? 1 : 0]
    let averaged = (1 - second) * odds[0] + second * odds[1]
    return .different(log(first / (1 - first)), known, by: averaged - known, atLeast: 1e-3)
  }

  static let pointMassIsKnown = Check(
    "point-mass-is-known", "q₂ = (1, 0):  q₁ = p(z₁ | z₂ = 0, x)",
    because: "under a point mass the average is that one state", claims: ["A-017"]
  ) { parts, bits in
    let column = bits.joint.map { ExactValue($0[0]) }
    return .equal(try parts.firstGivenSecond(0, bits), column[1] / (column[0] + column[1]))
  }
}
