import Exact
import GSL
import LessonKit
import Models
import Probability
import Synchronization

extension CountingTermsDerivation {
  /// The library's sums, and the ways to get them wrong.
  static let derivation = Derivation<Parts, CountingTermsProblem>(
    id: "counting-terms",
    title: "How many terms has the sum?",
    example: try .example(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      evaluations: { mixture, data in
        CountingMixture.evaluations(of: mixture) { exactLogEvidence(of: $0, data) }
      },
      enumerated: { model, count in
        exp(ExactPosterior(of: try model.observing(count)).logEvidence.value)
      },
      bothOn: { model, count in
        ExactPosterior(of: try model.observing(count)).probabilities?[3] ?? .nan
      },
      responsibilities: { mixture, count in exactResponsibilities(of: mixture, count) ?? [] },
      byDistinctRates: { problem in try evidence(problem, multiples: problem.multiples) },
      distinctTerms: { distinctSums(of: $0.model.weights) },
      withPredictor: { problem, x in
        try evidence(problem, x: x, weights: problem.model.weights.map { x * $0 })
      },
      gibbs: { side, energy in
        let logJoints = (0..<(side * side)).map { -energy($0 % side, $0 / side) }
        return ExactPosterior(logJoints: logJoints).probabilities ?? []
      }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake("all-pairs", "evaluates the joint for every pair of components", \.evaluations) {
      mixture, data in
      CountingMixture.evaluations(of: mixture) { counted in
        mixture.weights.indices.reduce(0) { total, _ in
          total + exactLogEvidence(of: counted, data).value
        }
      }
    },
    Mistake(
      "only-one-factor-on", "sums over states with at most one factor on, as in a mixture",
      \.enumerated
    ) { model, count in
      let observed = try model.observing(count)
      let states = observed.states.filter { $0.reduce(0, +) <= 1 }
      return exp(logSumExp(states.map { observed.logJoint($0) }))
    },
    Mistake(
      "components-as-switches", "each component against Poisson(1), as if it were a factor",
      \.responsibilities
    ) { mixture, count in
      let off = try PoissonMixture(weights: [1], rates: [1]).exactTable(below: count + 1)[count]
      return mixture.weights.indices.map { k in
        let on = mixture.weights[k] * exp(mixture.logLikelihood(k, count))
        return on / (on + (1 - mixture.weights[k]) * off)
      }
    },
    Mistake(
      "components-compete", "P(both on | y) = 0, as if factors were components", \.bothOn
    ) { _, _ in 0 },
    Mistake(
      "mean-of-factors", "Poisson(exp(Σ_d w_d E[z_d])): the mean put in for the latent",
      \.enumerated
    ) { model, count in
      exp(try model.observing(count).logLikelihood(model.prior))
    },
    Mistake(
      "binomial-for-all-weights", "counts the factors that are on, whatever their weights",
      \.byDistinctRates
    ) { problem in
      try evidence(problem, multiples: problem.multiples.map { _ in 1 })
    },
    Mistake(
      "always-exponential", "2^D terms, however few of them differ", source: "E-066",
      \.distinctTerms
    ) { 1 << $0.model.prior.count },
    Mistake(
      "predictor-in-the-prior-only", "p(z|x) p(y|z): x does not reach the likelihood",
      \.withPredictor
    ) { problem, x in
      try evidence(problem, x: x, weights: problem.model.weights)
    },
    Mistake(
      "unbounded-so-not-gibbs", "takes e^−E without a normaliser, 'the space being unbounded'",
      source: "E-067", \.gibbs
    ) { side, energy in
      (0..<(side * side)).map { exp(-energy($0 % side, $0 / side)) }
    },
    Mistake(
      "product-of-marginals", "the product of the two marginals of the posterior", \.gibbs,
      from: { right in
        { side, energy in
          let law = right(side, energy)
          var (first, second) = (
            [Double](repeating: 0, count: side), [Double](repeating: 0, count: side)
          )
          for (cell, p) in law.enumerated() {
            first[cell % side] += p
            second[cell / side] += p
          }
          return law.indices.map { first[$0 % side] * second[$0 / side] }
        }
      }),
  ]

  /// A mixture that tells whom it is asked by.
  private struct CountingMixture: Mixture {
    let weights: [Double]
    let likelihood: @Sendable (_ component: Int, _ count: Int) -> Double

    func logLikelihood(_ component: Int, _ count: Int) -> Double { likelihood(component, count) }

    /// How often a computation on a mixture looks at a component and a datum together.
    static func evaluations(
      of mixture: PoissonMixture, _ body: (CountingMixture) -> some Any
    ) -> Int {
      let count = Mutex(0)
      _ = body(
        CountingMixture(weights: mixture.weights) { component, datum in
          count.withLock { $0 += 1 }
          return mixture.logLikelihood(component, datum)
        })
      return count.withLock { $0 }
    }
  }

  /// p(y) for weights u m_d, by the distinct rates.
  private static func evidence(
    _ problem: CountingTermsProblem, multiples: [Int]
  ) throws -> Double {
    exp(
      try exactLogEvidence(
        ofCount: problem.count, prior: problem.model.prior, unit: problem.unit,
        multiples: multiples
      ).value)
  }

  /// p(y | x) for the prior sigmoid(x b_d) and some weights.
  private static func evidence(
    _ problem: CountingTermsProblem, x: Double, weights: [Double]
  ) throws -> Double {
    let model = try PoissonFactorModel(
      prior: problem.model.prior.map { sigmoid(x * $0) }, weights: weights)
    return exp(ExactPosterior(of: try model.observing(problem.count)).logEvidence.value)
  }
}
