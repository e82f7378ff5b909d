import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `counting-terms`: what enumeration costs, and where structure is cheaper.
enum CountingTermsDerivation {
  /// How a sum over latents is evaluated, and what it costs.
  struct Parts: Sendable {
    /// How many joints of a component and a datum are evaluated for log p of the data.
    var evaluations: @Sendable (PoissonMixture, [Int]) -> Int
    /// p(y) of a factor model by enumeration of all 2^D states.
    var enumerated: @Sendable (PoissonFactorModel, _ count: Int) throws -> Double
    /// p(z_1 = z_2 = 1 | y) of two factors.
    var bothOn: @Sendable (PoissonFactorModel, _ count: Int) throws -> Double
    /// p(z = k | y) of a mixture, component by component.
    var responsibilities: @Sendable (PoissonMixture, _ count: Int) throws -> [Double]
    /// p(y) with weights unit · multiples, by the distinct rates.
    var byDistinctRates: @Sendable (CountingTermsProblem) throws -> Double
    /// The number of terms in the sum over distinct rates.
    var distinctTerms: @Sendable (CountingTermsProblem) -> Int
    /// p(y | x): prior_d(x) = sigmoid(x b_d), weights_d(x) = x w_d.
    var withPredictor: @Sendable (CountingTermsProblem, _ x: Double) throws -> Double
    /// p(z_1, z_2) ∝ e^{−energy} on a square grid, z_1 fastest.
    var gibbs: @Sendable (_ side: Int, _ energy: (Int, Int) -> Double) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, CountingTermsProblem>

  static let checks: [Check] = [
    factorSum, polynomial, competition, cooperation, notExponential, fewRates, twoSwitches,
    tiedMixture, linearInComponents, predictors, gibbsOnCounts, superposition, notAProduct,
  ]
}

// MARK: Components and factors

extension CountingTermsDerivation {
  static let linearInComponents = Check(
    "linear-in-components", "joints evaluated for N = 3 data = 3 K",
    because: "one sum over K a datum: linear in the number of components",
    claims: ["A-203", "A-217"],
    as: .aside
  ) { parts, problem in
    .equalCounts(
      parts.evaluations(problem.mixture, [1, 4, 10]), 3 * problem.mixture.rates.count)
  }

  /// Both switches off, one of them on, both: written out, so that no sum of the library is on both sides.
  static let twoSwitches = Check(
    "two-switches",
    "p(y) = Σ_{z_1} Σ_{z_2} p(z_1) p(z_2) Poisson(y; e^{w_1 z_1 + w_2 z_2}),  y = 0 … 3",
    because: "z_d ~ Bernoulli(p_d) switches a factor e^{w_d} of the rate on or off",
    claims: ["A-214"], as: .specialCase
  ) { parts, problem in
    let model = try problem.firstTwo()
    let (b, w) = (model.prior.map { ExactValue($0) }, model.weights.map { ExactValue($0) })
    let law = (0...3).map { y -> ExactValue in
      let none = (1 - b[0]) * (1 - b[1]) * poisson(y, rate: 1)
      let first = b[0] * (1 - b[1]) * poisson(y, rate: w[0].exponential)
      let second = (1 - b[0]) * b[1] * poisson(y, rate: w[1].exponential)
      return none + first + second + b[0] * b[1] * poisson(y, rate: (w[0] + w[1]).exponential)
    }
    return .equal(try (0...3).map { try parts.enumerated(model, $0) }, law)
  }

  static let factorSum = Check(
    "sum-over-switches", "Σ_{z ∈ {0,1}^D} p(z) p(y|z) = Σ_{z_1} p(z_1) … Σ_{z_D} p(z_D) p(y|z)",
    because: "2^D terms: each switch doubles their number", claims: ["A-215", "A-217"],
    as: .step
  ) { parts, problem in
    .equal(
      try parts.enumerated(problem.model, problem.count),
      switchBySwitch(
        problem.model.prior.map { ExactValue($0) }, problem.model.weights.map { ExactValue($0) },
        problem.count))
  }

  static let tiedMixture = Check(
    "tied-mixture", "K = 2^D, π_z = p(z), λ_z = exp Σ_d w_d z_d:  p(y) = Σ_z π_z Poisson(y; λ_z)",
    because: "a factor model is a mixture of up to 2^D components with 2 D numbers in them",
    claims: ["A-216"],
    as: .aside
  ) { parts, problem in
    let mixture = try problem.model.asMixture()
    let components = mixture.weights.indices.sum {
      CountingTermsProblem.joint(mixture, $0, problem.count)
    }
    return .equal(
      [try parts.enumerated(problem.model, problem.count), Double(mixture.componentCount)],
      [components, ExactValue(Double(1 << problem.model.prior.count))])
  }

  static let competition = Check(
    "components-compete", "p(z = 2 | y), π_1 doubled ≤ p(z = 2 | y),  gap r_1 r_2/(1 + r_1)",
    because: "the shares r_k = p(z = k | y) add up to one: what one gains the others lose",
    claims: ["A-213"], as: .aside
  ) { parts, problem in
    let mixture = problem.mixture
    let joints = mixture.rates.indices.map {
      CountingTermsProblem.joint(mixture, $0, problem.count)
    }
    let (first, second) = (joints[0] / joints.sum(), joints[1] / joints.sum())
    let total = 1 + mixture.weights[0]
    let heavier = try PoissonMixture(
      weights: mixture.weights.indices.map { ($0 == 0 ? 2 : 1) * mixture.weights[$0] / total },
      rates: mixture.rates)
    return .atMost(
      try parts.responsibilities(heavier, problem.count)[1],
      try parts.responsibilities(mixture, problem.count)[1], gap: first * second / (1 + first),
      rounding: .of(size: 16, because: "log π_k and log p(y|z) of up to 16 are added"))
  }

  static let cooperation = Check(
    "factors-cooperate", "P(z_1 = z_2 = 1 | y) = p_1 p_2 Poisson(y; e^{w_1 + w_2}) / p(y)",
    because: "two factors may make a count together; of components exactly one does",
    claims: ["A-213"],
    as: .consequence,
    changing: { problem in
      [
        Given("p", Array(problem.model.prior.prefix(2))),
        Given("w", Array(problem.model.weights.prefix(2))),
      ]
    }
  ) { parts, problem in
    let model = try problem.firstTwo()
    let (b, w) = (model.prior.map { ExactValue($0) }, model.weights.map { ExactValue($0) })
    let both = b[0] * b[1] * poisson(problem.count, rate: (w[0] + w[1]).exponential)
    return .equal(
      try parts.bothOn(model, problem.count), both / switchBySwitch(b, w, problem.count))
  }

  /// Σ_{z_1} p(z_1) Σ_{z_2} p(z_2) … Poisson(y; e^{score + Σ_d w_d z_d}).
  private static func switchBySwitch(
    _ prior: [ExactValue], _ weights: [ExactValue], _ count: Int, score: ExactValue = 0
  ) -> ExactValue {
    guard let b = prior.first, let w = weights.first else {
      return poisson(count, rate: score.exponential)
    }
    let (others, rest) = (Array(prior.dropFirst()), Array(weights.dropFirst()))
    return (1 - b) * switchBySwitch(others, rest, count, score: score)
      + b * switchBySwitch(others, rest, count, score: score + w)
  }
}

// MARK: Structure

extension CountingTermsDerivation {
  static let polynomial = Check(
    "sums-of-few-rates",
    "w_d = u m_d:  Σ_{z_1} p(z_1) … Σ_{z_D} p(z_D) p(y|z) = "
      + "Σ_j P(Σ_d m_d z_d = j) Poisson(y; e^{u j})",
    because: "p(y|z) sees the total only: a term for each total j in place of 2^D",
    claims: ["A-215", .against("A-217")],
    as: .step
  ) { parts, problem in
    let states = ExactPosterior(of: try problem.model.observing(problem.count))
    return .equal(states.logEvidence.exponential, try parts.byDistinctRates(problem))
  }

  static let fewRates = Check(
    "distinct-rates", "w = u (1, 1, 1, 1):  the 16 states have 5 rates",
    because: "components of a factor model are not independent: they share their parts",
    claims: ["A-216"],
    as: .specialCase,
    changing: { problem in
      [
        Given("p", [0.1, 0.4, 0.5, 0.7]), Given("m", [1, 1, 1, 1]),
        Given("w", [Double](repeating: problem.unit, count: 4)),
      ]
    }
  ) { parts, problem in
    let alike = try problem.with(
      prior: [0.1, 0.4, 0.5, 0.7], unit: problem.unit, multiples: [1, 1, 1, 1])
    return .equalCounts(parts.distinctTerms(alike), 5)
  }

  static let notExponential = Check(
    "not-always-exponential", "terms of the sum ≠ 2^D,  D = 5 and m = (1, 2, 2, 3, 5)",
    because: "2^D is what enumeration takes, not what the problem needs",
    claims: [.against("A-217")],
    as: .consequence,
    changing: { problem in
      problem.multiples == [1, 2, 2, 3, 5]
        ? []
        : [
          Given("p", [0.1, 0.4, 0.5, 0.7, 0.2]), Given("u", 0.15), Given("m", [1, 2, 2, 3, 5]),
        ]
    }
  ) { parts, problem in
    let structured = try problem.with(
      prior: [0.1, 0.4, 0.5, 0.7, 0.2], unit: 0.15, multiples: [1, 2, 2, 3, 5])
    let reachable = lawOfWeightedSum(
      prior: structured.model.prior, multiples: structured.multiples
    ).filter { $0 > 0 }.count
    return .different(
      Double(parts.distinctTerms(structured)), 32.0, by: Double(reachable - 32), atLeast: 16)
  }

  /// At x = ½ a power of x that is wrong shows, as it would not at x = 1.
  static let predictors = Check(
    "predictors", "x = 0:  p(y|x) = Poisson(y; 1);  x = ½:  p(y|x) = Σ_z p(z|x) p(y|x, z)",
    because: "x enters the prior and the likelihood; each x has a factor model of its own",
    claims: ["A-218"],
    as: .aside
  ) { parts, problem in
    let halves = problem.model.prior.map { b in 1 / (1 + ExactValue(-b / 2).exponential) }
    let atHalf = switchBySwitch(
      halves, problem.model.weights.map { ExactValue($0 / 2) }, problem.count)
    return .equal(
      [try parts.withPredictor(problem, 0), try parts.withPredictor(problem, 0.5)],
      [poisson(problem.count, rate: 1), atHalf])
  }
}

// MARK: Poisson latents

extension CountingTermsDerivation {
  /// At z = 20 the rate of y is above 148 and the energy with it: below e^−100 is left out.
  static let gibbsOnCounts = Check(
    "gibbs-on-counts", "p(z|y) = e^{−E(z)} / Z on ℕ²,  Z = Σ_z e^{−E(z)} ≤ y! e^{2μ}",
    because: "unbounded is not divergent, and a Gibbs distribution needs no more than a finite Z",
    claims: [.against("A-251")],
    as: .aside
  ) { parts, problem in
    let law = parts.gibbs(20, problem.energy)
    func weight(_ z1: Int, _ z2: Int) -> ExactValue {
      ExactValue(-problem.energy(z1, z2)).exponential
    }
    let total = (0..<25).sum { z1 in (0..<25).sum { z2 in weight(z1, z2) } }
    let cells = [(0, 0), (1, 2), (3, 1)]
    // Poisson(y; ·) ≤ 1, so that Z ≤ y! Σ_z λ^{z_1 + z_2} / (z_1! z_2!): Z over that is at most 1.
    let factorial = (0..<problem.count).reduce(ExactValue(1)) { $0 * ExactValue(Double($1 + 1)) }
    let share = total / (factorial * (2 * ExactValue(problem.rate)).exponential)
    return .equal(
      cells.map { law[$0.1 * 20 + $0.0] } + [share.value],
      cells.map { weight($0.0, $0.1) / total } + [share.value < 1 ? share : 1])
  }

  /// y = z_1 + z_2 exactly: the energy is infinite elsewhere.
  static let superposition = Check(
    "superposition", "y = z_1 + z_2:  p(z_1|y) = Binomial(z_1; y, μ_1/(μ_1 + μ_2)),  μ_2 = 2μ_1",
    because: "a posterior of Poisson latents that has a name", claims: [.against("A-251")],
    as: .aside
  ) { parts, problem in
    let side = problem.count + 1
    let law = parts.gibbs(side, problem.energyOfParts)
    let first = (0..<side).map { z1 in (0..<side).reduce(0) { $0 + law[$1 * side + z1] } }
    let allOfTheOther = (0..<problem.count).reduce(ExactValue(1)) { power, _ in power * 2 / 3 }
    let binomial: [ExactValue] = (0..<side).map { z1 in
      (0..<z1).reduce(allOfTheOther) { term, i in
        term * ExactValue(Double(problem.count - i)) / ExactValue(Double(2 * (i + 1)))
      }
    }
    return .equal(first, binomial)
  }

  static let notAProduct = Check(
    "not-a-product", "Cov(z_1, z_2 | y = z_1 + z_2) ≠ 0:  it is −y · ⅓ · ⅔",
    because: "what one explains, the other need not: the posterior does not factorise",
    claims: [.inPlaceOf("A-251")],
    as: .aside
  ) { parts, problem in
    let side = problem.count + 1
    let law = parts.gibbs(side, problem.energyOfParts)
    func mean(_ value: (_ z1: Double, _ z2: Double) -> Double) -> Double {
      law.indices.reduce(0) { $0 + law[$1] * value(Double($1 % side), Double($1 / side)) }
    }
    let product = mean { z1, _ in z1 } * mean { _, z2 in z2 }
    return .different(
      mean { z1, z2 in z1 * z2 } - product, 0.0, by: -Double(2 * problem.count) / 9,
      atLeast: 0.2,
      rounding: .of(
        size: Double(problem.count * problem.count),
        because: "E[z_1 z_2] and E[z_1] E[z_2], both up to y², are subtracted"))
  }
}
