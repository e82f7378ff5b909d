import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// How a sum over latents is evaluated, and what it costs.
struct CountingRules: Sendable {
  /// Σ_k term(k) over K components, one evaluation of the joint each.
  var sum: @Sendable (Int, (Int) -> Double) -> Double = { count, term in
    (0..<count).reduce(0) { $0 + term($1) }
  }
  /// p(y) of a factor model by enumeration of all 2^D states.
  var enumerated: @Sendable (PoissonFactorModel, Int) throws -> Double = { model, count in
    exp(ExactPosterior(of: try model.observing(count)).logEvidence.value)
  }
  /// p(z_1 = z_2 = 1 | y) of two factors.
  var bothOn: @Sendable (PoissonFactorModel, Int) throws -> Double = { model, count in
    ExactPosterior(of: try model.observing(count)).probabilities?[3] ?? .nan
  }
  /// p(y) with weights unit · multiples, by the distinct rates.
  var byDistinctRates: @Sendable (FactorCase) throws -> Double = { problem in
    exp(
      try exactLogEvidence(
        ofCount: problem.count, prior: problem.model.prior, unit: problem.unit,
        multiples: problem.multiples
      ).value)
  }
  /// The number of terms in the sum over distinct rates.
  var distinctTerms: @Sendable (FactorCase) -> Int = { distinctSums(of: $0.model.weights) }
  /// p(y | x): prior_d(x) = sigmoid(x a_d), weights_d(x) = x w_d.
  var withPredictor: @Sendable (FactorCase, Double, Int) throws -> Double = { problem, x, count in
    let model = try PoissonFactorModel(
      prior: problem.model.prior.map { sigmoid(x * $0) },
      weights: problem.model.weights.map { x * $0 })
    return exp(ExactPosterior(of: try model.observing(count)).logEvidence.value)
  }
  /// p(z_1, z_2 | y) of Poisson latents on a grid, −log of whose energy is handed in.
  var gibbs: @Sendable (_ side: Int, _ energy: (Int, Int) -> Double) -> [Double] = { side, energy in
    let logJoints = (0..<(side * side)).map { -energy($0 % side, $0 / side) }
    return ExactPosterior(logJoints: logJoints).probabilities ?? []
  }

  fileprivate func changing(_ change: (inout CountingRules) -> Void) -> CountingRules {
    var rules = self
    change(&rules)
    return rules
  }
}

/// Factors whose weights are multiples of a unit, a count, and a mixture beside them.
struct FactorCase: Sendable {
  var model = PoissonFactorModel.twoFactors
  var unit = 0.1
  var multiples = [7, 9]
  var count = 5
  var mixture = PoissonMixture.threeRates
  /// The rate of both Poisson latents.
  var rate = 1.3

  static func random(_ cases: inout Cases) throws -> FactorCase {
    let unit = try cases.real(from: 0.15, to: 0.35)
    let (model, multiples) = try PoissonFactorModel.random(
      factors: try cases.integer(2...5), unit: unit, &cases)
    return FactorCase(
      model: model, unit: unit, multiples: multiples, count: try cases.integer(1...6),
      mixture: try .random(components: try cases.integer(2...4), &cases),
      rate: try cases.real(from: 0.5, to: 2))
  }

  /// The first two factors alone.
  func firstTwo() throws -> PoissonFactorModel {
    try PoissonFactorModel(
      prior: Array(model.prior.prefix(2)), weights: Array(model.weights.prefix(2)))
  }

  /// Poisson(y; λ) as a product.
  static func poisson(_ count: Int, _ rate: Double) -> Double {
    (0..<count).reduce(exp(-rate)) { $0 * rate / Double($1 + 1) }
  }
}

extension Page {
  /// What enumeration costs, and where structure is cheaper.
  static let counting: Exercise<CountingRules, FactorCase> = Exercise(
    Sheet(
      id: "counting-terms", title: "How many terms has the sum?", task: "", hints: [],
      example: FactorCase(), draw: { try FactorCase.random(&$0) }, lines: []),
    answer: CountingRules(),
    derivation: [
      linearInComponents, factorsSumToOne, factorSum, tiedMixture, cooperation, polynomial,
      fewRates, notExponential, predictors, gibbsOnCounts, superposition, notAProduct,
    ],
    mistakes: [
      Mistake(
        "all-pairs", "evaluates the joint for every pair of components",
        CountingRules().changing { rules in
          rules.sum = { count, term in
            (0..<count).reduce(0) { total, _ in
              total + (0..<count).reduce(0) { $0 + term($1) } / Double(count)
            }
          }
        }),
      Mistake(
        "only-one-factor-on", "sums over states with at most one factor on, as in a mixture",
        CountingRules().changing { rules in
          rules.enumerated = { model, count in
            let document = try model.observing(count)
            let states = (0..<(1 << document.latentCount)).filter { $0.nonzeroBitCount <= 1 }
            return exp(
              ExactPosterior(
                logJoints: states.map {
                  document.logJoint(latents($0, count: document.latentCount))
                }
              ).logEvidence.value)
          }
        }),
      Mistake(
        "components-compete", "P(both on | y) = 0, as if factors were components",
        CountingRules().changing { $0.bothOn = { _, _ in 0 } }),
      Mistake(
        "mean-of-factors", "Poisson(exp(Σ_d w_d E[z_d])): the mean put in for the latent",
        CountingRules().changing { rules in
          rules.enumerated = { model, count in
            FactorCase.poisson(count, model.rate(model.prior))
          }
        }),
      Mistake(
        "binomial-for-all-weights", "counts the factors that are on, whatever their weights",
        CountingRules().changing { rules in
          rules.byDistinctRates = { problem in
            exp(
              try exactLogEvidence(
                ofCount: problem.count, prior: problem.model.prior, unit: problem.unit,
                multiples: problem.multiples.map { _ in 1 }
              ).value)
          }
        }),
      Mistake(
        "always-exponential", "2^D terms, however few of them differ", source: "E-066",
        CountingRules().changing { $0.distinctTerms = { 1 << $0.model.prior.count } }),
      Mistake(
        "predictor-in-the-prior-only", "p(z|x) p(y|z): x does not reach the likelihood",
        CountingRules().changing { rules in
          rules.withPredictor = { problem, x, count in
            let model = try PoissonFactorModel(
              prior: problem.model.prior.map { sigmoid(x * $0) }, weights: problem.model.weights)
            return exp(ExactPosterior(of: try model.observing(count)).logEvidence.value)
          }
        }),
      Mistake(
        "unbounded-so-not-gibbs", "takes e^−E without a normaliser, 'the space being unbounded'",
        source: "E-067",
        CountingRules().changing { rules in
          rules.gibbs = { side, energy in
            (0..<(side * side)).map { exp(-energy($0 % side, $0 / side)) }
          }
        }),
      Mistake(
        "product-of-marginals", "the product of the two marginals of the posterior",
        CountingRules().changing { rules in
          let right = rules.gibbs
          rules.gibbs = { side, energy in
            let law = right(side, energy)
            var first = [Double](repeating: 0, count: side)
            var second = first
            for (cell, p) in law.enumerated() {
              first[cell % side] += p
              second[cell / side] += p
            }
            return law.indices.map { first[$0 % side] * second[$0 / side] }
          }
        }),
    ])
}

// MARK: Components and factors

extension Page {
  typealias CountingLine = Line<CountingRules, FactorCase>

  private static var linearInComponents: CountingLine {
    Line(
      "linear-in-components", "joints evaluated for N = 3 data = 3 K",
      because: "one sum over K a datum: linear in the number of components",
      claims: ["A-203", "A-217"]
    ) { rules, problem in
      var evaluations = 0
      for count in [1, 4, 10] {
        _ = rules.sum(problem.mixture.componentCount) { k in
          evaluations += 1
          return problem.mixture.weights[k] * FactorCase.poisson(count, problem.mixture.rates[k])
        }
      }
      return .equalCounts(evaluations, 3 * problem.mixture.rates.count)
    }
  }

  /// Rates reach e^(0.35 · 15) ≈ 190 with five factors; two factors stay below e^2.1 ≈ 8.2.
  private static var factorsSumToOne: CountingLine {
    Line(
      "factors-sum-to-one", "Σ_y p(y) = 1,  z_d ~ Bern(b_d), y ~ Poisson(exp Σ_d w_d z_d)",
      because: "a mixture over all combinations of switches", claims: ["A-214"]
    ) { rules, problem in
      let model = try problem.firstTwo()
      let total = try (0..<60).reduce(0) { $0 + (try rules.enumerated(model, $1)) }
      return .equal(total, 1, terms: 512)
    }
  }

  private static var factorSum: CountingLine {
    Line(
      "sum-over-switches", "Σ_{z ∈ {0,1}^D} p(z) p(y|z) = Σ_{z_1} p(z_1) … Σ_{z_D} p(z_D) p(y|z)",
      because: "2^D terms: each switch doubles their number", claims: ["A-215", "A-217"]
    ) { rules, problem in
      func nested(_ d: Int, _ score: Double) -> Double {
        guard d < problem.model.prior.count else {
          return FactorCase.poisson(problem.count, exp(score))
        }
        let b = problem.model.prior[d]
        return (1 - b) * nested(d + 1, score) + b * nested(d + 1, score + problem.model.weights[d])
      }
      // The logarithms that enumeration adds up may be as large as 190.
      return .equal(
        try rules.enumerated(problem.model, problem.count), nested(0, 0), terms: 2048)
    }
  }

  private static var tiedMixture: CountingLine {
    Line(
      "tied-mixture", "K = 2^D, π_z = p(z), λ_z = exp Σ_d w_d z_d:  p(y) = Σ_z π_z Poisson(y; λ_z)",
      because: "a factor model is a mixture of up to 2^D components with 2 D numbers in them",
      claims: ["A-216"]
    ) { rules, problem in
      let mixture = try problem.model.asMixture()
      let total = rules.sum(mixture.componentCount) { k in
        mixture.weights[k] * FactorCase.poisson(problem.count, mixture.rates[k])
      }
      return .equal(
        [try rules.enumerated(problem.model, problem.count), Double(mixture.componentCount)],
        [total, Double(1 << problem.model.prior.count)], terms: 2048)
    }
  }

  private static var cooperation: CountingLine {
    Line(
      "factors-cooperate", "P(z_1 = z_2 = 1 | y) = b_1 b_2 Poisson(y; e^{w_1 + w_2}) / p(y)",
      because: "two factors may make a count together; of components exactly one does",
      claims: ["A-213"]
    ) { rules, problem in
      let model = try problem.firstTwo()
      let (b, w) = (model.prior, model.weights)
      var terms: [Double] = []
      for (p1, s1) in [(1 - b[0], 0), (b[0], w[0])] {
        for (p2, s2) in [(1 - b[1], 0), (b[1], w[1])] {
          terms.append(p1 * p2 * FactorCase.poisson(problem.count, exp(s1 + s2)))
        }
      }
      return .equal(
        try rules.bothOn(model, problem.count), terms[3] / terms.reduce(0, +), terms: 512)
    }
  }
}

// MARK: Structure

extension Page {
  private static var polynomial: CountingLine {
    Line(
      "sums-of-few-rates",
      "w_d = u m_d:  Σ_s P(Σ_d m_d z_d = s) Poisson(y; e^{u s}) = Σ_z p(z) p(y|z)",
      because: "the law of the sum is a convolution: 1 + Σ_d m_d terms do the work of 2^D",
      claims: ["A-215", "A-217"]
    ) { rules, problem in
      .equal(
        try rules.byDistinctRates(problem),
        exp(ExactPosterior(of: try problem.model.observing(problem.count)).logEvidence.value),
        terms: 2048)
    }
  }

  private static var fewRates: CountingLine {
    Line(
      "distinct-rates", "w = u (1, 1, 1, 1):  the 16 states have 5 rates",
      because: "components of a factor model are not independent: they share their parts",
      claims: ["A-216"]
    ) { rules, problem in
      var alike = problem
      alike.multiples = [1, 1, 1, 1]
      alike.model = try PoissonFactorModel(
        prior: [0.1, 0.4, 0.5, 0.7],
        weights: [problem.unit, problem.unit, problem.unit, problem.unit])
      return .equalCounts(rules.distinctTerms(alike), 5)
    }
  }

  private static var notExponential: CountingLine {
    Line(
      "not-always-exponential", "terms of Σ_s ≠ 2^D,  D = 5 and m = (1, 2, 2, 3, 5)",
      because: "2^D is what enumeration takes, not what the problem needs", claims: ["A-217"]
    ) { rules, problem in
      var structured = problem
      structured.multiples = [1, 2, 2, 3, 5]
      structured.model = try PoissonFactorModel(
        prior: [0.1, 0.4, 0.5, 0.7, 0.2], weights: structured.multiples.map { 0.15 * Double($0) })
      let reachable = lawOfWeightedSum(
        prior: structured.model.prior, multiples: structured.multiples
      ).filter { $0 > 0 }.count
      return .different(
        Double(rules.distinctTerms(structured)), 32, by: Double(reachable - 32), atLeast: 16)
    }
  }

  /// At x = ½ a power of x that is wrong shows, as it would not at x = 1.
  private static var predictors: CountingLine {
    Line(
      "predictors", "x = 0:  p(y|x) = Poisson(y; 1);  x = ½:  p(y|x) = Σ_z p(z|x) p(y|x, z)",
      because: "x enters the prior and the likelihood; each x has a factor model of its own",
      claims: ["A-218"]
    ) { rules, problem in
      let (b, w) = (problem.model.prior, problem.model.weights)
      var direct = 0.0
      for state in 0..<(1 << b.count) {
        var (weight, score) = (1.0, 0.0)
        for d in b.indices {
          let on = 1 / (1 + exp(-b[d] / 2))
          weight *= state >> d & 1 == 1 ? on : 1 - on
          score += state >> d & 1 == 1 ? w[d] / 2 : 0
        }
        direct += weight * FactorCase.poisson(problem.count, exp(score))
      }
      return .equal(
        [
          try rules.withPredictor(problem, 0, problem.count),
          try rules.withPredictor(problem, 0.5, problem.count),
        ], [FactorCase.poisson(problem.count, 1), direct], terms: 2048)
    }
  }
}
