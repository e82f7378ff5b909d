import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `one-sample`: the bound from a single draw of q.
protocol OneSampleBound: Sendable {
  /// log p(x, z) − log q(z) at one z ~ q.
  func estimate<Choices: DiscreteChoices>(
    _ problem: FactorProblem, _ choices: inout Choices
  ) throws -> Double
}

extension Sheet where Subject == any OneSampleBound, Model == FactorProblem {
  /// Write the one-sample estimator of the bound.
  static let oneSample: Sheet<any OneSampleBound, FactorProblem> = Sheet(
    id: "one-sample",
    title: "All it takes is one draw",
    task: """
      Write `estimate`: draw z from q (`problem.q.sample(&choices)`) and return \
      log p(x, z) − log q(z). The checks run your program over every outcome of its choices.
      """,
    hints: [
      "The draw comes from q, not from the prior.",
      "Both logarithms are taken at the same z.",
      "problem.document.logJoint(z) − problem.q.logProbability(z)",
    ],
    example: .twoFactors,
    draw: { cases in try .random(&cases) },
    lines: [meanIsTheBound, meanAtThePrior, noSpreadAtACorner, oneFlipABit])
}

extension Sheet where Subject == any OneSampleBound, Model == FactorProblem {
  static var meanIsTheBound: Line<any OneSampleBound, FactorProblem> {
    Line(
      "mean-is-the-bound", "E_q[log p(x, z) − log q(z)] = ELBO(q), one draw",
      because: "log p(x, z), log q(z) and draws of q are all that is needed", claims: ["A-262"]
    ) { bound, problem in
      let mean = try exactMean { choices in try bound.estimate(problem, &choices) }
      return .equal(mean.value, enumeratedELBO(problem), magnitude: 20)
    }
  }

  static var meanAtThePrior: Line<any OneSampleBound, FactorProblem> {
    Line(
      "mean-at-the-prior", "q = p(z):  mean of the estimate = E_p(z)[log p(x|z)]",
      because: "log p(z) and log q(z) cancel draw by draw"
    ) { bound, problem in
      let atPrior = problem.with(problem.prior)
      let weights = factorised(problem.prior.probabilities)
      let fit = weights.indices.reduce(0) { total, state in
        total + weights[state]
          * problem.document.logLikelihood(latents(state, count: problem.q.count))
      }
      let mean = try exactMean { choices in try bound.estimate(atPrior, &choices) }
      return .equal(mean.value, fit, magnitude: 20)
    }
  }

  static var noSpreadAtACorner: Line<any OneSampleBound, FactorProblem> {
    Line(
      "sure-at-a-corner", "b ∈ {0, 1}^D:  the estimate = log p(x, z = b), always",
      because: "a certain q has one draw, and log q = 0 there"
    ) { bound, problem in
      let corner = problem.q.probabilities.map { $0 > 0.5 ? 1.0 : 0 }
      let there = problem.with(BernoulliFactors(corner))
      let law = try exactMoments { choices in [try bound.estimate(there, &choices)] }
      let joint = problem.document.logJoint(corner)
      return .equal([law.smallest[0], law.largest[0]], [joint, joint], magnitude: 20)
    }
  }

  static var oneFlipABit: Line<any OneSampleBound, FactorProblem> {
    Line(
      "one-flip-a-bit", "number of outcomes = 2^D", because: "one draw of D bits, used twice"
    ) { bound, problem in
      let law = try exactMoments { choices in [try bound.estimate(problem, &choices)] }
      return .equalCounts(law.outcomes, 1 << problem.q.count)
    }
  }
}
