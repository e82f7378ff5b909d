import GSL
import LessonKit
import Probability
import Verification

/// x|z ~ N(z, 1), z ~ N(0, 1); an encoder table q(z|x) beside it.
struct FamilyProblem: Sendable {
  var x = 1.0
  var location = 0.5
  var scale = 0.6
  var inputs = [0.4, 0.6]
  var encoder = [[0.9, 0.1], [0.2, 0.8]]
  var prior = [0.5, 0.5]

  static func random(_ cases: inout Cases) throws -> FamilyProblem {
    FamilyProblem(
      x: try cases.real(from: -2, to: 2), location: try cases.real(from: -1, to: 1),
      scale: try cases.real(from: 0.3, to: 1), inputs: try cases.simplex(2),
      encoder: [try cases.simplex(3), try cases.simplex(3)], prior: try cases.simplex(3))
  }

  /// log p(x) = log N(x; 0, 2).
  var logEvidence: Double { NormalLaw(mean: 0, variance: 2).logDensity(x) }

  /// log p(x, z).
  func logJoint(_ z: Double) -> Double {
    NormalLaw(mean: 0, variance: 1).logDensity(z) + NormalLaw(mean: z, variance: 1).logDensity(x)
  }

  /// q(z) = Σ_x p(x) q(z|x).
  var aggregate: [Double] {
    prior.indices.map { z in zip(inputs, encoder).reduce(0) { $0 + $1.0 * $1.1[z] } }
  }
}

/// The bound for two families on the line, and the penalty of an encoder split in two.
struct FamilyBounds: Sendable {
  /// The ELBO of N(m, v), in closed form.
  var normal: @Sendable (FamilyProblem, Double, Double) -> Double = { problem, m, v in
    let expected = -0.5 * ((problem.x - m) * (problem.x - m) + v + log(2 * Double.pi))
    let divergence = NormalLaw(mean: m, variance: v)
      .kullbackLeibler(from: NormalLaw(mean: 0, variance: 1))
    return expected - divergence
  }
  /// The ELBO of a Laplace law, density e^(−|z − location|/scale) / 2 scale, in closed form.
  var laplace: @Sendable (FamilyProblem) -> Double = { problem in
    // E z = location, Var z = 2 scale², H = 1 + log(2 scale).
    let variance = 2 * problem.scale * problem.scale
    let second = problem.location * problem.location + variance
    let miss = (problem.x - problem.location) * (problem.x - problem.location) + variance
    return -0.5 * (second + miss) - log(2 * Double.pi) + 1 + log(2 * problem.scale)
  }
  /// I_q(x; z) + KL(q(z)‖p(z)).
  var encoderPenalty: @Sendable (FamilyProblem) -> Double = { problem in
    let aggregate = problem.aggregate
    let information = zip(problem.inputs, problem.encoder).reduce(0) { sum, row in
      sum + row.0 * kullbackLeibler(of: row.1, from: aggregate)
    }
    return information + kullbackLeibler(of: aggregate, from: problem.prior)
  }
}

extension Page {
  /// q may be anything that can be averaged over; what it is pays for itself in the gap.
  static let anyFamily: Exercise<FamilyBounds, FamilyProblem> = Exercise(
    Sheet(
      id: "any-family", title: "The family is yours to choose", task: "", hints: [],
      example: FamilyProblem(), draw: { try FamilyProblem.random(&$0) }, lines: []),
    answer: FamilyBounds(),
    derivation: [bestNormal, normalGap, laplaceGap, penaltySplits, aggregateIsNotEnough],
    mistakes: [
      Mistake(
        "squares-no-deviation", "log v for ½ log v in the entropy", source: "E-002",
        changing { bounds in
          let right = bounds.normal
          bounds.normal = { problem, m, v in right(problem, m, v) + 0.5 * log(v / 0.5) }
        }),
      Mistake(
        "evaluates-at-the-mean", "log p(x | E z) in place of E log p(x | z)",
        source: "pytorch/examples #419",
        changing { bounds in
          let right = bounds.normal
          bounds.normal = { problem, m, v in right(problem, m, v) + 0.5 * v }
        }),
      Mistake(
        "reads-the-scale-as-a-deviation", "Var z = scale² for a Laplace law, which is 2 scale²",
        changing { bounds in
          let right = bounds.laplace
          bounds.laplace = { right($0) + $0.scale * $0.scale }
        }),
      Mistake(
        "matches-the-aggregate-only", "KL(q(z)‖p(z)) without the information", source: "E-019",
        changing {
          $0.encoderPenalty = { kullbackLeibler(of: $0.aggregate, from: $0.prior) }
        }),
      Mistake(
        "forgets-how-often-each-input-comes", "an unweighted mean over the inputs",
        changing {
          $0.encoderPenalty = { problem in
            problem.encoder.reduce(0) { $0 + 0.5 * kullbackLeibler(of: $1, from: problem.prior) }
          }
        }),
    ])

  private static func changing(_ change: (inout FamilyBounds) -> Void) -> FamilyBounds {
    var bounds = FamilyBounds()
    change(&bounds)
    return bounds
  }

  private static var bestNormal: Line<FamilyBounds, FamilyProblem> {
    Line(
      "best-normal", "ELBO(N(x/2, ½)) = log p(x)",
      because: "the posterior is N(x/2, ½), a member of the family, so the bound is tight",
      claims: ["A-075"]
    ) { bounds, problem in
      .equal(bounds.normal(problem, problem.x / 2, 0.5), problem.logEvidence, magnitude: 8)
    }
  }

  private static var normalGap: Line<FamilyBounds, FamilyProblem> {
    Line(
      "normal-gap", "ELBO(N(m, v)) ≤ log p(x)",
      because: "the gap is KL(N(m, v)‖N(x/2, ½)), zero at the posterior alone", claims: ["A-075"]
    ) { bounds, problem in
      let q = NormalLaw(mean: problem.location, variance: problem.scale)
      let posterior = NormalLaw(mean: problem.x / 2, variance: 0.5)
      return .atMost(
        bounds.normal(problem, problem.location, problem.scale), problem.logEvidence,
        gap: q.kullbackLeibler(from: posterior), magnitude: 16)
    }
  }

  private static var laplaceGap: Line<FamilyBounds, FamilyProblem> {
    Line(
      "laplace-gap", "ELBO(Laplace(m, s)) ≤ log p(x)",
      because: "the gap is the integral of q log q/p(z|x), by an adaptive rule on either side of m",
      claims: ["A-022"]
    ) { bounds, problem in
      let posterior = NormalLaw(mean: problem.x / 2, variance: 0.5)
      func logDensity(_ z: Double) -> Double {
        -abs(z - problem.location) / problem.scale - log(2 * problem.scale)
      }
      // Forty scales out, e^−40 is left; the kink at the location splits the line.
      let reach = 40 * problem.scale
      var gap = 0.0
      for (low, high) in [
        (problem.location - reach, problem.location), (problem.location, problem.location + reach),
      ] {
        gap += try Quadrature.adaptive(from: low, to: high, absolute: 1e-12, relative: 1e-10) { z in
          exp(logDensity(z)) * (logDensity(z) - posterior.logDensity(z))
        }.value
      }
      // The rule's tolerance is 1e-10 relative, of a gap that stays below the magnitude.
      return .atMost(
        bounds.laplace(problem), problem.logEvidence, gap: gap, terms: 120_000, magnitude: 16)
    }
  }

  private static var penaltySplits: Line<FamilyBounds, FamilyProblem> {
    Line(
      "penalty-splits", "I_q(x; z) + KL(q(z)‖p(z)) = E_x KL(q(z|x)‖p(z))",
      because: "log q(z|x)/p(z) = log q(z|x)/q(z) + log q(z)/p(z)", claims: ["A-065"]
    ) { bounds, problem in
      let expected = zip(problem.inputs, problem.encoder).reduce(0) { sum, row in
        sum + row.0 * kullbackLeibler(of: row.1, from: problem.prior)
      }
      return .equal(bounds.encoderPenalty(problem), expected, terms: 128, magnitude: 4)
    }
  }

  private static var aggregateIsNotEnough: Line<FamilyBounds, FamilyProblem> {
    Line(
      "aggregate-is-not-enough", "q(z) = p(z):  penalty = I_q(x; z)",
      because: "each q(z|x) is pulled, even where their mixture already is the prior",
      claims: ["A-065"]
    ) { bounds, problem in
      var matched = problem
      matched.prior = problem.aggregate
      let information = zip(problem.inputs, problem.encoder).reduce(0) { sum, row in
        sum + row.0 * (crossEntropy(of: row.1, from: matched.prior) - entropy(of: row.1))
      }
      return .equal(bounds.encoderPenalty(matched), information, terms: 128, magnitude: 4)
    }
  }
}
