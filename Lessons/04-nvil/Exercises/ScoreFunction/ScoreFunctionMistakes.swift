import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  static let scoreFunctionMistakes: [Mistake<any ScoreFunctionForm>] = [
    Mistake(
      "wrong-sign", "a gradient of the loss −ELBO, handed to something that climbs",
      source: "Pyro #1982", WeightedScore { -($0.signal - $0.baseline) }),
    Mistake(
      "sum-in-place-of-mean", "the sum over the samples, without 1/S", source: "E-041",
      WeightedScore { ($0.signal - $0.baseline) * Double($0.samples) }),
    Mistake(
      "without-the-entropy", "uses log p(x, z) as the signal and leaves out −log q(z)",
      source: "UvA DL2 notebook, displayed ELBO gradient",
      WeightedScore { $0.problem.model.logJoint($0.z) - $0.baseline }),
    Mistake(
      "without-the-prior", "uses log p(x | z) − log q(z) as the signal",
      WeightedScore {
        $0.problem.model.logLikelihood($0.z) - $0.problem.q.logProbability($0.z) - $0.baseline
      }),
    Mistake(
      "gradient-of-q", "multiplies by ∇q(z) where ∇log q(z) belongs", source: "E-024",
      WeightedScore { ($0.signal - $0.baseline) * exp($0.problem.q.logProbability($0.z)) }),
    Mistake(
      "score-of-probabilities", "differentiates log q with respect to b instead of its logit",
      WeightedScore { ($0.signal - $0.baseline) / ($0.b * (1 - $0.b)) }),
    Mistake(
      "standardised-by-variance",
      "standardises the signal with σ² and calls the gradient unchanged",
      source: "E-051", WeightedScore { ($0.signal - $0.baseline) / $0.signalVariance }),
    Mistake(
      "adds-the-baseline", "f + c in place of f − c: unbiased, and worse than no baseline",
      WeightedScore { $0.signal + $0.baseline }),
    Mistake(
      "no-baseline", "forgets to subtract c: unbiased, with another variance",
      WeightedScore { $0.signal }),
    Mistake(
      "same-sample-again", "draws one sample and uses it S times", source: "E-072",
      SameSampleAgain()),
    Mistake(
      "baseline-after-the-score", "subtracts c from f(z) (z − b) instead of from f(z)",
      BaselineAfterTheScore()),
    Mistake(
      "score-of-ones-only", "a bit that is off contributes no score: f z in place of f (z − b)",
      ScoreOfOnesOnly()),
    Mistake(
      "two-sets-of-samples", "the signal from one sample, the score from another",
      TwoSetsOfSamples()),
    Mistake(
      "samples-from-the-prior", "draws z from p(z) instead of q(z)", SamplesFromThePrior()),
    Mistake(
      "multi-sample-signal", "the importance-weighted bound of the batch as every sample's signal",
      source: "VIMCO's bound with the ELBO's score", MultiSampleSignal()),
    Mistake(
      "returns-the-oracle", "makes no choices and returns the exact gradient", ReturnsTheOracle()),
  ]
}

/// One term of the estimator, as a slip may see it.
private struct Term {
  let problem: ScoreFunctionProblem
  let z: [Double]
  let component: Int
  let samples: Int

  var signal: Double { problem.model.logJoint(z) - problem.q.logProbability(z) }
  var baseline: Double { problem.baselines[component] }
  var b: Double { problem.q.probabilities[component] }

  /// Var_q[f] over all states.
  var signalVariance: Double {
    let weights = factorised(problem.q.probabilities)
    let signals = weights.indices.map { state in
      let z = latents(state, count: problem.q.count)
      return problem.model.logJoint(z) - problem.q.logProbability(z)
    }
    let mean = zip(weights, signals).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(weights, signals).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
  }
}

/// (1/S) Σ_s w(z_s) (z_s − b) with a weight that is not quite f − c.
private struct WeightedScore: ScoreFunctionForm {
  let weight: @Sendable (Term) -> Double

  init(weight: @escaping @Sendable (Term) -> Double) { self.weight = weight }

  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var sums = problem.baselines.map { _ in 0.0 }
    for _ in 0..<samples {
      let z = try problem.q.sample(&choices)
      for (d, score) in problem.q.score(z).enumerated() {
        let term = Term(problem: problem, z: z, component: d, samples: samples)
        sums[d] += weight(term) * score / Double(samples)
      }
    }
    return sums
  }
}

private struct SameSampleAgain: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    try LibraryScoreFunction().estimate(problem, samples: 1, &choices)
  }
}

private struct BaselineAfterTheScore: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let none = problem.with(baselines: problem.baselines.map { _ in 0 })
    let plain = try LibraryScoreFunction().estimate(none, samples: samples, &choices)
    return zip(plain, problem.baselines).map { $0 - $1 }
  }
}

private struct ScoreOfOnesOnly: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var sums = problem.baselines.map { _ in 0.0 }
    for _ in 0..<samples {
      let z = try problem.q.sample(&choices)
      let signal = problem.model.logJoint(z) - problem.q.logProbability(z)
      for d in sums.indices { sums[d] += (signal - problem.baselines[d]) * z[d] / Double(samples) }
    }
    return sums
  }
}

private struct TwoSetsOfSamples: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var sums = problem.baselines.map { _ in 0.0 }
    for _ in 0..<samples {
      let z = try problem.q.sample(&choices)
      let signal = problem.model.logJoint(z) - problem.q.logProbability(z)
      let score = problem.q.score(try problem.q.sample(&choices))
      for d in sums.indices {
        sums[d] += (signal - problem.baselines[d]) * score[d] / Double(samples)
      }
    }
    return sums
  }
}

private struct SamplesFromThePrior: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var sums = problem.baselines.map { _ in 0.0 }
    for _ in 0..<samples {
      let z = try choices.bits(problem.prior)
      let signal = problem.model.logJoint(z) - problem.q.logProbability(z)
      let score = problem.q.score(z)
      for d in sums.indices {
        sums[d] += (signal - problem.baselines[d]) * score[d] / Double(samples)
      }
    }
    return sums
  }
}

private struct MultiSampleSignal: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var draws: [[Double]] = []
    for _ in 0..<samples { draws.append(try problem.q.sample(&choices)) }
    let signals = draws.map { problem.model.logJoint($0) - problem.q.logProbability($0) }
    let signal = logSumExp(signals) - log(Double(samples))
    return problem.baselines.indices.map { d in
      draws.reduce(0) { $0 + (signal - problem.baselines[d]) * problem.q.score($1)[d] }
        / Double(samples)
    }
  }
}

private struct ReturnsTheOracle: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    problem.gradient
  }
}
