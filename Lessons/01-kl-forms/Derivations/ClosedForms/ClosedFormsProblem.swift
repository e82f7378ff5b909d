import GSL
import LessonKit
import Probability

extension ClosedFormsDerivation {
  /// Two laws of each family.
  struct Problem: Sendable {
    /// λ of the counts, waiting times and gamma laws; half of it are the normal variances.
    let rates: (q: Double, p: Double)
    /// The means of the normal laws.
    let means: (q: Double, p: Double)
    /// The shapes of the gamma laws.
    let shapes: (q: Double, p: Double)

    /// Rates 2.5 and 4, means .5 and −.3, shapes 2.5 and 1.5.
    static let example = Problem(rates: (2.5, 4), means: (0.5, -0.3), shapes: (2.5, 1.5))

    /// Laws that differ in every parameter; p has the larger rate.
    static func random(_ cases: inout Cases) throws -> Problem {
      let rate = try cases.real(from: 0.5, to: 5)
      let shape = try cases.real(from: 1, to: 5)
      return Problem(
        rates: (rate, rate * (1.2 + (try cases.real(from: 0, to: 1.5)))),
        means: (try cases.real(from: 0.1, to: 2), -(try cases.real(from: 0.1, to: 2))),
        shapes: (shape + 0.5 + (try cases.real(from: 0, to: 2)), shape))
    }

    var poisson: (q: PoissonLaw, p: PoissonLaw) {
      (PoissonLaw(rate: rates.q), PoissonLaw(rate: rates.p))
    }
    var exponential: (q: ExponentialLaw, p: ExponentialLaw) {
      (ExponentialLaw(rate: rates.q), ExponentialLaw(rate: rates.p))
    }
    var normal: (q: NormalLaw, p: NormalLaw) {
      (
        NormalLaw(mean: means.q, variance: rates.q / 2),
        NormalLaw(mean: means.p, variance: rates.p / 2)
      )
    }
    var gamma: (q: GammaLaw, p: GammaLaw) {
      (GammaLaw(shape: shapes.q, rate: rates.q), GammaLaw(shape: shapes.p, rate: rates.p))
    }
  }
}

extension ClosedFormsDerivation.Problem: Shown {
  /// Rates, shapes, means and variances.
  var givens: [Given] {
    [
      Given("λ_q", rates.q), Given("λ_p", rates.p), Given("m_q", means.q), Given("m_p", means.p),
      Given("v_q", normal.q.variance), Given("v_p", normal.p.variance), Given("α_q", shapes.q),
      Given("α_p", shapes.p),
    ]
  }

  /// KL(q‖p) of the Poisson laws, summed over the counts 0…150; beyond them less than 1e-80 is left.
  func seriesOfPoisson() throws -> ExactValue {
    let (q, p) = poisson
    return try (0...150).sum { count in
      let logQ = try q.exactLogProbability(count)
      return logQ.exponential * (logQ - (try p.exactLogProbability(count)))
    }
  }
}

extension GammaLaw {
  /// η = (a − 1, −β), A = log Γ(a) − a log β, E[t] = (ψ(a) − log β, a/β).
  func exact() throws -> ExactFamilyMember {
    let (a, b) = (ExactValue(shape), ExactValue(rate))
    return ExactFamilyMember(
      natural: [a - 1, -b],
      logPartition: ExactValue(try SpecialFunctions.logGamma(shape)) - a * b.logarithm,
      means: [ExactValue(try SpecialFunctions.digamma(shape)) - b.logarithm, a / b])
  }
}
