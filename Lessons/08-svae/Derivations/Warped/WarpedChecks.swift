import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Derivation `warped`: one observation through a curve, everything known but x and z.
enum WarpedDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// log p(y) of a linear decoder y = w x + noise of variance c, in closed form.
    var linearEvidence: @Sendable (CurveProblem, _ slope: Double) throws -> Double
    /// r_k at the local optimum for the potential.
    var responsibilities: @Sendable (CurveProblem) throws -> [Double]
    /// The ELBO there; E_q[log p(y|x)] is given.
    var elbo: @Sendable (CurveProblem, _ fit: (NormalLaw) throws -> Double) throws -> Double
    /// The skewness of a cluster N(μ, σ²) that was squared.
    var skewness: @Sendable (_ cluster: NormalLaw) -> Double
  }

  typealias Check = LessonKit.Check<Parts, CurveProblem>

  static let checks: [Check] = [linear, exactWhenLinear, fixedPoint, below, skewed]
}

extension WarpedDerivation {
  static let linear = Check(
    "linear", "log p(y) = log Σ_k π_k N(y; w μ_k, w² σ_k² + c),  f(x) = w x",
    because: "a line maps a Gaussian to a Gaussian: the model is a plain mixture",
    claims: ["A-133"], as: .step, changing: { _ in [Given("w", 1.3)] }
  ) { parts, problem in
    .equal(try parts.linearEvidence(problem, 1.3), try problem.with(.line(1.3)).logEvidence())
  }

  static let exactWhenLinear = Check(
    "exact-when-linear", "ELBO = log p(y),  K = 1, f(x) = w x, ψ = ψ*",
    because: "one cluster and the decoder's own potential: q(x) is the posterior",
    claims: ["A-133", "A-135"], as: .specialCase,
    changing: { problem in
      [
        Given("π_k", [1.0]), Given("f(x)", words: "1.3 x"),
        Given("h", 1.3 * problem.observed / problem.decoder.variance),
        Given("J", 1.69 / problem.decoder.variance),
      ]
    }
  ) { parts, problem in
    let variance = problem.decoder.variance
    let line = CurveProblem(
      weights: [1], clusters: [problem.clusters[0]],
      decoder: CurveDecoder(.line(1.3), checkedVariance: variance), observed: problem.observed,
      linear: 1.3 * problem.observed / variance, precision: 1.69 / variance, factor: problem.factor)
    return .equal(
      try parts.elbo(line) { try line.fit(under: $0).value }, try line.logEvidence(),
      rounding: .of(
        terms: 1 << 10, size: 20, because: "a fit of some ten nats is added to an entropy"))
  }

  static let fixedPoint = Check(
    "fixed-point", "log (r₁/r₂) = log (π₁/π₂) + E_q[log N(x; μ₁, σ₁²)] − E_q[log N(x; μ₂, σ₂²)]",
    because: "the potential says where x is, and the clusters divide it", claims: ["A-134"],
    as: .step
  ) { parts, problem in
    let r = try parts.responsibilities(problem)
    let (precision, linear) = zip(r, problem.clusters).reduce(
      (problem.precision, problem.linear)
    ) { ($0.0 + $1.0 / $1.1.variance, $0.1 + $1.0 * $1.1.mean / $1.1.variance) }
    let q = NormalLaw(mean: linear / precision, variance: 1 / precision)
    let logs = try problem.clusters.map { law in
      try CurveProblem.mean(under: q) { law.logDensity($0) }
    }
    return .equal(
      log(r[0]) - log(r[1]),
      QuadratureValue(
        log(problem.weights[0]) - log(problem.weights[1]) + logs[0].value - logs[1].value,
        errorBound: logs[0].errorBound + logs[1].errorBound),
      rounding: .of(
        terms: 1 << 10, size: 10, because: "r may be small, and its logarithm is compared"))
  }

  static let below = Check(
    "below", "ELBO ≤ log p(y),  by KL(q(x, z)‖p(x, z|y))",
    because: "the curve is in the bound; the potential only chooses q",
    claims: ["A-133", "A-134", "A-135"], as: .step
  ) { parts, problem in
    let evidence = try problem.logEvidence()
    let elbo = try parts.elbo(problem) { try problem.fit(under: $0).value }
    return .atMost(
      elbo, evidence, gap: evidence.value - (try exactELBO(problem)),
      rounding: .of(terms: 1 << 12, size: 60, because: "fits of some ten nats are added"))
  }

  static let skewed = Check(
    "skewed", "E[(f − E[f])³]/Var[f]^(3/2) = 2 √2 σ (3 μ² + σ²)/(2 μ² + σ²)^(3/2),  f = x²/2",
    because: "a Gaussian cluster that is squared is not Gaussian: its third moment is not zero",
    claims: ["A-137"], as: .consequence
  ) { parts, problem in
    let law = problem.clusters[1]
    func moment(_ power: Int, around centre: Double) throws -> QuadratureValue {
      try CurveProblem.mean(under: law) { x in
        let away = 0.5 * x * x - centre
        return (0..<power).reduce(1) { product, _ in product * away }
      }
    }
    let mean = try moment(1, around: 0).value
    let (second, third) = (try moment(2, around: mean), try moment(3, around: mean))
    let scale = second.value * sqrt(second.value)
    return .equal(
      parts.skewness(law), QuadratureValue(third.value / scale, errorBound: 1e-12))
  }

  /// The ELBO at the fixed point of sweeps, with means from quadrature.
  private static func exactELBO(_ problem: CurveProblem) throws -> Double {
    var r = problem.weights
    var q = problem.factor
    for _ in 0..<4000 {
      let sums = zip(r, problem.clusters).reduce((problem.precision, problem.linear)) {
        ($0.0 + $1.0 / $1.1.variance, $0.1 + $1.0 * $1.1.mean / $1.1.variance)
      }
      let moved = NormalLaw(mean: sums.1 / sums.0, variance: 1 / sums.0)
      let logs = zip(problem.weights, problem.clusters).map { weight, law in
        log(weight) - 0.5
          * (log(2 * Double.pi * law.variance)
            + ((moved.mean - law.mean) * (moved.mean - law.mean) + moved.variance) / law.variance)
      }
      let total = logSumExp(logs)
      r = logs.map { exp($0 - total) }
      let still = abs(moved.mean - q.mean) < 1e-16
      q = moved
      if still { break }
    }
    let terms = zip(zip(r, problem.weights), problem.clusters).map { pair, law in
      let square = (q.mean - law.mean) * (q.mean - law.mean) + q.variance
      return pair.0
        * (log(pair.1 / pair.0) - 0.5 * (log(2 * Double.pi * law.variance) + square / law.variance))
    }
    return terms.reduce(0, +) + 0.5 * (1 + log(2 * Double.pi * q.variance))
      + (try problem.fit(under: q).value)
  }
}
