import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `model`: the bound of an autoencoder whose decoder is a line.
enum ModelDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The bound of a code.
    var bound: @Sendable (_ model: LinearGaussian, _ code: GaussianCode) -> Double
    /// Its slope by the decoder's weight a.
    var slope: @Sendable (_ model: LinearGaussian, _ code: GaussianCode) -> Double
    /// What is decoded from the mean of the posterior.
    var again: @Sendable (_ model: LinearGaussian) -> Double
    /// E_q[log(1 + e^z)], what a decoder of one pixel asks for.
    var softplusMean: @Sendable (_ code: GaussianCode) -> Double
    /// The weight a that maximises log p of all data, v given.
    var likeliest: @Sendable (_ data: [Double], _ noise: Double) throws -> Double
    /// The weight a after many turns: the best q, then the best a.
    var inTurn: @Sendable (_ data: [Double], _ noise: Double) throws -> Double
    /// The weight a after many steps along the slopes by a and by q together.
    var jointly: @Sendable (_ data: [Double], _ noise: Double) -> Double
    /// The variance of an x that is drawn from the model.
    var variance: @Sendable (_ model: LinearGaussian) -> Double
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [
    evidence, below, terms, noise, closed, softplus, noPolynomial, slope, home, likeliest, onePlace,
    shrinks, drawn, silent, decoded,
  ]

  static let evidence = Check(
    "evidence", "log p(x) = E_q[f(z)] + KL(q‖p(z|x))",
    because: "p(x, z) = p(x) p(z|x), inside the logarithm", claims: ["A-041", "A-048", "A-128"],
    as: .step
  ) { parts, problem in
    .equal(
      parts.bound(problem.model, problem.code) + problem.gap, problem.logEvidence, rounding: wide)
  }

  static let below = Check(
    "below", "E_q[f(z)] + KL(q‖p(z|x)) ≥ E_q[f(z)]", because: "a divergence is never negative",
    claims: ["A-130"], as: .step
  ) { parts, problem in
    .atLeast(
      problem.logEvidence, parts.bound(problem.model, problem.code), gap: problem.gap,
      rounding: wide)
  }

  static let terms = Check(
    "terms", "E_q[f(z)] = E_q[log p(x|z)] − KL(q‖p(z))",
    because: "log p(x, z) = log p(x|z) + log p(z)", claims: ["A-129"], as: .step
  ) { parts, problem in
    .equal(
      parts.bound(problem.model, problem.code),
      problem.meanOverCodes(problem.model.logLikelihood) - problem.code.divergenceFromPrior,
      rounding: .of(terms: 128, size: 40, because: "81 densities times squares over a variance"))
  }

  static let noise = Check(
    "noise", "E_q[log p(x|z)] − KL(q‖p(z)) = E[log p(x|m + σ ε)] − KL(q‖p(z))",
    because: "z is that function of noise", claims: ["A-035"], as: .step
  ) { parts, problem in
    .equal(
      parts.bound(problem.model, problem.code),
      try problem.mean { [problem.model.logLikelihood(problem.code.latent($0))] }[0]
        - problem.code.divergenceFromPrior,
      rounding: wide)
  }

  static let closed = Check(
    "closed-form",
    "E[log p(x|m + σ ε)] − KL(q‖p(z)) = −½ (log 2 π v + ((x − a m)² + a² σ²)/v) − KL(q‖p(z))",
    because: "a parabola has a closed form; a softplus has none", claims: ["A-147"], as: .step
  ) { parts, problem in
    .equal(parts.bound(problem.model, problem.code), problem.elbo, rounding: wide)
  }

  static let softplus = Check(
    "softplus", "E_q[log(1 + e^z)] ≠ log 2 + σ²/8,  m = 0",
    because: "the mean of its parabola at 0; what the parabola leaves out has a mean of its own",
    claims: ["A-147"], as: .consequence, changing: { _ in [Given("m", 0)] }
  ) { parts, problem in
    let code = GaussianCode(mean: 0, logSd: problem.code.logSd)
    let variance = problem.deviation * problem.deviation
    // z/2 is odd, so the parabola is log 2 + z²/8 in the mean.
    let left = problem.meanOverDeviations {
      0.5 * (GSL.softplus($0) + GSL.softplus(-$0)) - log(2.0) - $0 * $0 / 8
    }
    return .different(
      parts.softplusMean(code), log(2.0) + variance / 8, by: left, atLeast: 1e-4,
      rounding: .of(terms: 128, size: 3, because: "81 densities times a softplus and a square"))
  }

  /// E_q of a polynomial is a polynomial in σ², and leaves any strip along a line in σ; this one stays in one.
  static let noPolynomial = Check(
    "no-polynomial", "σ/√(2 π) ≤ E_q[log(1 + e^z)] ≤ σ/√(2 π) + log 2,  m = 0",
    because: "log(1 + e^z) = max(0, z) + log(1 + e^−|z|): no parabola, nor any higher power",
    claims: ["A-147"], as: .specialCase,
    changing: { [Given("m", 0), Given("σ", 8 * $0.deviation)] }
  ) { parts, problem in
    let deviation = 8 * problem.deviation
    let mean = parts.softplusMean(GaussianCode(mean: 0, logSd: log(deviation)))
    let line = deviation / sqrt(2 * Double.pi)
    // E[log(1 + e^−|z|)], twice the half above 0; above 40 less than 1e-17 is left.
    let rest = try FixedRule.gaussLegendre(count: 64, from: 0, to: 40).sum { z in
      let height = exp(-0.5 * z * z / (deviation * deviation)) / (deviation * sqrt(2 * Double.pi))
      return 2 * height * GSL.softplus(-z)
    }
    return .atMost(
      [line, mean], [mean, line + log(2)], gap: [rest, log(2) - rest], rounding: wide)
  }

  static let slope = Check(
    "both-at-once", "∂ELBO/∂a = E_q[(x − a z) z/v]",
    because: "a stands in log p(x|z) only, so one objective serves both",
    claims: ["A-027", "A-175", "A-178"], as: .consequence
  ) { parts, problem in
    let model = problem.model
    let mean = try problem.mean { noise in
      let z = problem.code.latent(noise)
      return [(model.observed - model.slope * z) * z / model.noise]
    }
    return .equal([parts.slope(model, problem.code)], mean, rounding: wide)
  }

  static let home = Check(
    "at-home", "∂ELBO/∂a = ∂log p(x)/∂a if q(z) = p(z|x)",
    because: "the gap has its lowest point there, so its slope by a is zero",
    claims: ["A-146"], as: .consequence,
    changing: { problem in
      [
        Given("m", problem.atThePosterior.code.mean),
        Given("s", problem.atThePosterior.code.logSd),
      ]
    }
  ) { parts, problem in
    let (a, v, x) = (problem.model.slope, problem.model.noise, problem.model.observed)
    let total = a * a + v
    return .equal(
      parts.slope(problem.model, problem.atThePosterior.code),
      a * (x * x / total - 1) / total, rounding: wide)
  }

  static let likeliest = Check(
    "likeliest", "Σ_i log p(x_i) ≤ max_a Σ_i log p(x_i)",
    because:
      "x is N(0, a² + v): what is lost is 3 KL(N(0, c)‖N(0, a² + v)), c the mean of the x_i²",
    claims: ["A-080"], as: .specialCase, changing: { $0.severalGivens }
  ) { parts, problem in
    let (a, data) = (problem.model.slope, problem.several)
    let best = try parts.likeliest(data, 1)
    // c of the data, and c over what the model says it is.
    let square = data.reduce(0) { $0 + $1 * $1 } / 3
    let ratio = square / (a * a + 1)
    return .atMost(
      problem.logEvidenceOfSeveral(a), problem.logEvidenceOfSeveral(best),
      gap: 1.5 * (ratio - 1 - log(ratio)), rounding: wide)
  }

  static let onePlace = Check(
    "one-place", "a² = (1/3) Σ_i x_i² − v,  in turn and jointly",
    because: "q to its best and then a to its best, again and again, or steps along both slopes",
    claims: ["A-146"], as: .specialCase, changing: { $0.severalGivens }
  ) { parts, problem in
    let data = problem.several
    let ends = [try parts.inTurn(data, 1), parts.jointly(data, 1)].map { $0 * $0 }
    let square = data.reduce(0) { $0 + $1 * $1 } / 3
    return .equal(
      ends, [square - 1, square - 1],
      rounding: .of(
        terms: 1024, size: 4, because: "both go on until rounding moves the last places"))
  }

  static let shrinks = Check(
    "shrinks", "a E[z|x] = a² x/(a² + v)",
    because: "decoding the code gives x back, shrunk towards the prior", claims: ["A-064"],
    as: .consequence
  ) { parts, problem in
    let (a, v, x) = (problem.model.slope, problem.model.noise, problem.model.observed)
    return .equal(parts.again(problem.model), a * a * x / (a * a + v))
  }

  static let drawn = Check(
    "drawn", "Var[x] = a² + v", because: "z varies by 1, and the noise is added",
    claims: ["A-128"], as: .consequence
  ) { parts, problem in
    let (a, v) = (problem.model.slope, problem.model.noise)
    return .equal(parts.variance(problem.model), a * a + v)
  }

  static let silent = Check(
    "silent", "Var[x] → Var[a z] as v → 0",
    because: "without noise a decoded draw of the prior is a draw of the model", claims: ["A-063"],
    as: .specialCase, changing: { _ in [Given("v", [1e-6, 5e-7])] }
  ) { parts, problem in
    let (a, x) = (problem.model.slope, problem.model.observed)
    let steps = [1e-6, 5e-7]
    let variances = try steps.map { noise in
      parts.variance(try LinearGaussian(slope: a, noise: noise, observed: x))
    }
    // What is left is the noise itself, 1e-6 of numbers of up to 2.6.
    return .tends(variances, to: a * a, steps: steps, order: 1, departure: 1e-6)
  }

  static let decoded = Check(
    "decoded", "Var[x] ≠ Var[a z]", because: "a decoded draw is a mean without the noise",
    claims: [.against("A-063")], as: .specialCase
  ) { parts, problem in
    let (a, v) = (problem.model.slope, problem.model.noise)
    return .different(parts.variance(problem.model), a * a, by: v, atLeast: 0.1)
  }

  private static let wide = Rounding.of(size: 40, because: "squares of up to 6 over a variance")
}
