import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `any-family`: q may be anything that can be averaged over, and pays for it in the gap.
enum AnyFamilyDerivation {
  /// The bound for two families on the line, and the penalty of an encoder split in two.
  struct Parts: Sendable {
    /// The ELBO of N(m, v), in closed form.
    var normal: @Sendable (_ model: LinearGaussian, _ mean: Double, _ variance: Double) -> Double
    /// The ELBO of a Laplace law, density e^(−|z − location|/scale) / 2 scale, in closed form.
    var laplace: @Sendable (_ model: LinearGaussian, _ location: Double, _ scale: Double) -> Double
    /// I_q(x; z) + KL(Q(z)‖p(z)).
    var encoderPenalty: @Sendable (FamilyProblem) -> Double
  }

  typealias Check = LessonKit.Check<Parts, FamilyProblem>

  static let checks: [Check] = [
    normalMinusGap, normalIsBelow, laplaceGap, bestNormal, penaltySplits, normalGap,
    aggregateIsNotEnough, blindEncoder,
  ]
}

// MARK: Two families on the line

extension AnyFamilyDerivation {
  static let normalMinusGap = Check(
    "normal-minus-gap", "ELBO(N(m, v)) = log p(x) − KL(N(m, v)‖N(x/2, ½))",
    because: "the posterior of this model is N(x/2, ½)", as: .step
  ) { parts, problem in
    .equal(
      parts.normal(problem.model, problem.location, problem.scale),
      problem.model.exactLogEvidence
        - problem.model.exactGap(mean: problem.location, variance: problem.scale))
  }

  static let normalIsBelow = Check(
    "normal-is-below", "log p(x) − KL(N(m, v)‖N(x/2, ½)) ≤ log p(x)",
    because: "a divergence is never negative", as: .step
  ) { parts, problem in
    .atMost(
      problem.model.exactLogEvidence
        - problem.model.exactGap(mean: problem.location, variance: problem.scale),
      problem.model.exactLogEvidence,
      gap: problem.model.exactLogEvidence.value
        - parts.normal(problem.model, problem.location, problem.scale))
  }

  static let bestNormal = Check(
    "best-normal", "ELBO(N(x/2, ½)) = log p(x)",
    because: "the posterior is N(x/2, ½), a member of the family, so the bound is tight",
    claims: ["A-075"], changing: { [Given("m", $0.model.observed / 2), Given("v", 0.5)] }
  ) { parts, problem in
    .equal(
      parts.normal(problem.model, problem.model.observed / 2, 0.5),
      problem.model.exactLogEvidence)
  }

  static let normalGap = Check(
    "normal-gap", "ELBO(N(m, v)) ≤ log p(x)",
    because: "the gap is KL(N(m, v)‖N(x/2, ½)), zero at the posterior alone", claims: ["A-075"]
  ) { parts, problem in
    .atMost(
      parts.normal(problem.model, problem.location, problem.scale),
      problem.model.exactLogEvidence,
      gap: problem.model.exactGap(mean: problem.location, variance: problem.scale))
  }

  static let laplaceGap = Check(
    "laplace-gap", "ELBO(Laplace(m, s)) ≤ log p(x)",
    because:
      "the gap is the integral of q(z) log(q(z)/p(z|x)), by an adaptive rule on either side of m",
    claims: ["A-022"], as: .consequence
  ) { parts, problem in
    let (location, scale) = (problem.location, problem.scale)
    let posterior = NormalLaw(mean: problem.model.observed / 2, variance: 0.5)
    // Forty scales out, e^−40 is left; the kink at the location splits the line.
    let ends = [location - 40 * scale, location, location + 40 * scale]
    let gap = try zip(ends, ends.dropFirst()).reduce(0) { sum, side in
      sum
        + (try Quadrature.adaptive(from: side.0, to: side.1, absolute: 1e-13) { z in
          let logQ = -abs(z - location) / scale - log(2 * scale)
          return exp(logQ) * (logQ - posterior.logDensity(z))
        }.value)
    }
    return .atMost(
      parts.laplace(problem.model, location, scale), problem.model.exactLogEvidence, gap: gap,
      rounding: .of(
        terms: 8192,
        because: "each half is asked for to 1e-12 of itself, and the gap is less than the bound"))
  }
}

// MARK: An encoder's penalty

extension AnyFamilyDerivation {
  static let penaltySplits = Check(
    "penalty-splits", "I_q(x; z) + KL(Q(z)‖p(z)) = E_x KL(q(z|x)‖p(z))",
    because: "log q(z|x)/p(z) = log q(z|x)/Q(z) + log Q(z)/p(z)", claims: ["A-065"],
    as: .consequence
  ) { parts, problem in
    .equal(parts.encoderPenalty(problem), problem.exactPenalty)
  }

  static let blindEncoder = Check(
    "blind-encoder", "q(z|x) = Q(z) for every x:  E_x KL(q(z|x)‖p(z)) = KL(Q(z)‖p(z))",
    because:
      "a code that does not look at x carries no information, and only the aggregate is pulled",
    claims: ["A-065"], changing: { [Given("q(z|x)", [$0.encoder[0], $0.encoder[0]])] }
  ) { parts, problem in
    var blind = problem
    blind.encoder = problem.encoder.map { _ in problem.encoder[0] }
    let aggregate = problem.encoder[0]
    return .equal(
      parts.encoderPenalty(blind),
      exactCrossEntropy(of: aggregate, from: problem.prior) - exactEntropy(of: aggregate))
  }

  static let aggregateIsNotEnough = Check(
    "aggregate-is-not-enough", "p(z) = Q(z):  E_x KL(q(z|x)‖p(z)) = I_q(x; z)",
    because: "each q(z|x) is pulled, even where their mixture already is the prior",
    claims: [.against("A-065")], changing: { [Given("p(z)", $0.aggregate)] }
  ) { parts, problem in
    var matched = problem
    matched.prior = problem.aggregate
    let information = zip(problem.inputs, problem.encoder).sum { input, row in
      ExactValue(input) * (exactCrossEntropy(of: row, from: matched.prior) - exactEntropy(of: row))
    }
    return .equal(parts.encoderPenalty(matched), information)
  }
}
