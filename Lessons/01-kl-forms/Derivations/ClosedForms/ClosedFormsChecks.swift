import GSL
import LessonKit
import Probability
import Verification

/// One closed form a family, as functions of the two laws.
struct ClosedFormTable: Sendable {
  var poisson: @Sendable (PoissonLaw, PoissonLaw) -> Double = { $0.kullbackLeibler(from: $1) }
  var exponential: @Sendable (ExponentialLaw, ExponentialLaw) -> Double = {
    $0.kullbackLeibler(from: $1)
  }
  var normal: @Sendable (NormalLaw, NormalLaw) -> Double = { $0.kullbackLeibler(from: $1) }
  var gamma: @Sendable (GammaLaw, GammaLaw) throws -> Double = { try $0.kullbackLeibler(from: $1) }
}

/// Two laws of each family.
struct FamilyPairs: Sendable {
  var rates = (q: 2.5, p: 4.0)
  var means = (q: 0.5, p: -0.3)
  var shapes = (q: 2.5, p: 1.5)

  static func random(_ cases: inout Cases) throws -> FamilyPairs {
    let rate = try cases.real(from: 0.5, to: 5)
    let shape = try cases.real(from: 1, to: 5)
    return FamilyPairs(
      rates: (rate, rate * (1.2 + (try cases.real(from: 0, to: 1.5)))),
      means: (try cases.real(from: 0.1, to: 2), -(try cases.real(from: 0.1, to: 2))),
      shapes: (shape + 0.5 + (try cases.real(from: 0, to: 2)), shape))
  }

  var poisson: (PoissonLaw, PoissonLaw) { (PoissonLaw(rate: rates.q), PoissonLaw(rate: rates.p)) }
  var exponential: (ExponentialLaw, ExponentialLaw) {
    (ExponentialLaw(rate: rates.q), ExponentialLaw(rate: rates.p))
  }
  var normal: (NormalLaw, NormalLaw) {
    (
      NormalLaw(mean: means.q, variance: rates.q / 2),
      NormalLaw(mean: means.p, variance: rates.p / 2)
    )
  }
  var gamma: (GammaLaw, GammaLaw) {
    (GammaLaw(shape: shapes.q, rate: rates.q), GammaLaw(shape: shapes.p, rate: rates.p))
  }
}

extension Page {
  /// The closed forms of four families against series, quadrature and the Bregman form.
  static let closedForms: Exercise<ClosedFormTable, FamilyPairs> = Exercise(
    Sheet(
      id: "closed-forms", title: "Four families, two routes each", task: "", hints: [],
      example: FamilyPairs(), draw: { try FamilyPairs.random(&$0) }, lines: []),
    answer: ClosedFormTable(),
    derivation: [
      poissonSeries, exponentialIntegral, normalBregman, gammaBregman, gammaIntegral, gammaReduces,
    ],
    mistakes: [
      Mistake(
        "forgets-the-difference-of-rates", "λ_q log(λ_q/λ_p) without −λ_q + λ_p",
        changing { $0.poisson = { q, p in q.rate * log(q.rate / p.rate) } }),
      Mistake(
        "reads-a-rate-as-a-scale", "the exponential law's 1/λ put for λ",
        changing {
          $0.exponential = { q, p in
            ExponentialLaw(rate: 1 / q.rate).kullbackLeibler(from: ExponentialLaw(rate: 1 / p.rate))
          }
        }),
      Mistake(
        "reads-a-deviation-as-a-variance", "σ where σ² belongs", source: "E-002",
        changing {
          $0.normal = { q, p in
            NormalLaw(mean: q.mean, variance: sqrt(q.variance))
              .kullbackLeibler(from: NormalLaw(mean: p.mean, variance: sqrt(p.variance)))
          }
        }),
      Mistake(
        "takes-log-for-digamma", "E[log x] = log E[x], as if the log went inside",
        changing {
          $0.gamma = { q, p in
            // At equal shapes the slip does not show.
            let slip = log(q.shape) - (try SpecialFunctions.digamma(q.shape).value)
            return try q.kullbackLeibler(from: p) + (q.shape - p.shape) * slip
          }
        }),
      Mistake(
        "swaps-the-rates-of-a-gamma", "β_q for β_p and the other way round",
        changing {
          $0.gamma = { q, p in
            try GammaLaw(shape: q.shape, rate: p.rate)
              .kullbackLeibler(from: GammaLaw(shape: p.shape, rate: q.rate))
          }
        }),
    ])

  private static func changing(_ change: (inout ClosedFormTable) -> Void) -> ClosedFormTable {
    var table = ClosedFormTable()
    change(&table)
    return table
  }

  private static var poissonSeries: Line<ClosedFormTable, FamilyPairs> {
    Line(
      "poisson", "Poisson:  KL = λ_q log(λ_q/λ_p) − λ_q + λ_p",
      because: "summed over the counts 0…150, whose tail is below 1e-80", claims: ["A-263"]
    ) { table, pairs in
      let (q, p) = pairs.poisson
      var sum = CompensatedSum()
      for count in 0...150 {
        let logQ = try q.logDensity(Double(count))
        sum.add(exp(logQ) * (logQ - (try p.logDensity(Double(count)))))
      }
      // GSL's log-factorial is good to a few units in the last place of numbers up to 600.
      return .equal(table.poisson(q, p), sum.value, terms: 1024, magnitude: 20)
    }
  }

  private static var exponentialIntegral: Line<ClosedFormTable, FamilyPairs> {
    Line(
      "exponential", "Exponential:  KL = log(λ_q/λ_p) + λ_p/λ_q − 1",
      because: "the integral of q log(q/p) by an adaptive rule, within its own error estimate"
    ) { table, pairs in
      let (q, p) = pairs.exponential
      // Beyond 60 mean lifetimes less than 1e-24 is left.
      let integral = try Quadrature.adaptive(from: 0, to: 60 / q.rate, absolute: 1e-13) { x in
        exp(q.logDensity(x)) * (q.logDensity(x) - p.logDensity(x))
      }
      return .within(table.exponential(q, p), integral.value, bound: integral.error + 1e-14)
    }
  }

  private static var normalBregman: Line<ClosedFormTable, FamilyPairs> {
    Line(
      "normal", "Normal:  KL = A(η_p) − A(η_q) − (η_p − η_q)·∇A(η_q)",
      because: "t(x) = (x, x²), η = (m/v, −1/2v), A = m²/2v + ½ log 2πv", claims: ["A-263"]
    ) { table, pairs in
      let (q, p) = pairs.normal
      return .equal(
        table.normal(q, p), try q.bregmanDivergence(from: p), terms: 128, magnitude: 20)
    }
  }

  private static var gammaBregman: Line<ClosedFormTable, FamilyPairs> {
    Line(
      "gamma", "Gamma:  KL = A(η_p) − A(η_q) − (η_p − η_q)·∇A(η_q)",
      because: "t(x) = (log x, x): the mean of log x is ψ(a) − log β, not log(a/β)",
      claims: ["A-263"]
    ) { table, pairs in
      let (q, p) = pairs.gamma
      return .equal(
        try table.gamma(q, p), try q.bregmanDivergence(from: p), terms: 512, magnitude: 40)
    }
  }

  private static var gammaIntegral: Line<ClosedFormTable, FamilyPairs> {
    Line(
      "gamma-integral", "Gamma:  KL = ∫ q(x) log(q(x)/p(x)) dx",
      because: "an adaptive rule, within its own error estimate: no closed form on this side",
      claims: ["A-263"]
    ) { table, pairs in
      let (q, p) = pairs.gamma
      // In u = log x the integrand has no end where a power is not smooth. Shapes lie between 1.5
      // and 8: below e^−45 and beyond (8 + 80)/β less than 1e-24 is left.
      let integral = try Quadrature.adaptive(
        from: -45, to: log((q.shape + 80) / q.rate), absolute: 1e-13
      ) { u in
        let logQ = try q.logDensity(exp(u))
        return exp(logQ + u) * (logQ - (try p.logDensity(exp(u))))
      }
      // The closed form adds five terms of at most 20.
      return .within(
        try table.gamma(q, p), integral.value,
        bound: integral.error + 64 * Double.ulpOfOne * 20)
    }
  }

  private static var gammaReduces: Line<ClosedFormTable, FamilyPairs> {
    Line(
      "gamma-of-shape-one", "a = 1:  Gamma = Exponential",
      because: "a gamma law of shape one is the exponential law of the same rate"
    ) { table, pairs in
      let (q, p) = pairs.exponential
      return .equal(
        try table.gamma(GammaLaw(shape: 1, rate: q.rate), GammaLaw(shape: 1, rate: p.rate)),
        log(q.rate / p.rate) + p.rate / q.rate - 1, terms: 256, magnitude: 8)
    }
  }
}
