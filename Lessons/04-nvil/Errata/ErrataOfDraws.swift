import Approximate
import Exact
import GSL
import LessonKit
import Probability

/// Errata about objectives and draws: E-023, E-024, E-049, E-052, E-060, E-057, E-072.
let errataOfDraws: [ErratumCase] = [
  weightedTwice, gradientOfMasses, bracket, rootOfSamples, expectationAfterAll, anAlternative,
  dependentDraws,
]

private let joint = [0.05, 0.2, 0.15]
private let q = SoftmaxLaw(probabilities: [0.2, 0.5, 0.3])
private let logits = [0.2, -0.4, 0.5]
private var logJoints: [Double] { joint.map { log($0) } }

private let weightedTwice = ErratumCase(
  "E-023",
  model: "the mean estimate of the ELBO: p(x,z) = (.05, .2, .15), q = (.2, .5, .3), three draws"
) {
  let bound = ExpectedValue.elbo(of: logJoints, under: q)
  let printed = try exactMoments { choices in
    try q.average(of: 3, &choices) { [q.probabilities[$0] * bound.signal($0)] }
  }
  return .init(
    printed: printed.mean[0],
    corrected: try exactMean { try bound.average(of: 3, &$0) }.value,
    independent: exactELBO(of: [0.2, 0.5, 0.3], logJoints: logJoints).value)
}

private let gradientOfMasses = ErratumCase(
  "E-024", model: "∂ELBO/∂φ, third component: the same p(x,z), q = softmax(.2, −.4, .5)"
) {
  let law = SoftmaxLaw(logits: logits)
  let bound = ExpectedValue.elbo(of: logJoints, under: law)
  let printed = try exactMoments { choices in
    try law.average(of: 2, &choices) { state in
      law.score(state).map { law.probabilities[state] * bound.signal(state) * $0 }
    }
  }
  let corrected = try exactMoments(of: ScoreFunction(None()), bound, samples: 2)
  return .init(
    printed: printed.mean[2], corrected: corrected.mean[2],
    independent: exactELBOGradient(logits: logits, logJoints: logJoints)[2])
}

private let bracket = ErratumCase(
  "E-049",
  model: "the objective as printed, and the ELBO: p(x,z) = (.05, .2, .15), q = (.2, .5, .3)"
) {
  let corrected = q.mean(
    logJoints.indices.map(ExpectedValue.elbo(of: logJoints, under: q).signal))
  // log p(x) − KL(q‖p(z|x))
  let evidence = joint.reduce(0, +)
  let gap = q.mean(joint.indices.map { log(q.probabilities[$0] / (joint[$0] / evidence)) })
  return .init(
    printed: logJoints.reduce(0, +), corrected: corrected, independent: log(evidence) - gap)
}

private let rootOfSamples = ErratumCase(
  "E-052", model: "the variance of ∂E[f]/∂q(0) from S = 4 draws: f = (−1, −3), q = (.6, .4)"
) {
  let one = try scoreVariance(1)
  return .init(printed: one / 2, corrected: one / 4, independent: try scoreVariance(4))
}

/// The variance of the average of a number of draws of f(z) ∂_b log q(z).
private func scoreVariance(_ samples: Int) throws -> Double {
  let mean = ExpectedValue(under: BernoulliMeans([0.6]), of: { $0[0] == 1 ? -1 : -3 })
  return try exactMoments(of: ScoreFunction(None()), mean, samples: samples).variances[0]
}

private let expectationAfterAll = ErratumCase(
  "E-060",
  model: "∂E[f]/∂φ, first component: f = (1, −2, .5, 3), q = softmax(.3, −.2, .1, .7), uniform r"
) {
  let problem = AlternativesProblem.ofErrata
  let uniform = ImportanceSampled(from: SoftmaxLaw(probabilities: problem.proposal))
  let moments = try exactMoments(of: uniform, problem.reward, samples: 1)
  return .init(
    printed: nil, corrected: moments.mean[0],
    independent: exactExpectationGradient(logits: problem.law.logits, of: problem.values)[0])
}

private let anAlternative = ErratumCase(
  "E-057",
  model: """
    ∂E[f]/∂b₁ by switching bit 1: b = (.2, .5, .7), f = (−1, .5, 2, −.3, .7, −2, 1.5, 0) at \
    000, 001, … 111
    """
) {
  let problem = AlternativesProblem.ofErrata
  let moments = try exactMoments(of: LocalExpectation(), problem.mean, samples: 1)
  return .init(
    printed: nil, corrected: moments.mean[0], independent: problem.exactBitGradient[0].value)
}

private let dependentDraws = ErratumCase(
  "E-072", model: "the variance of (f(z¹) + f(z²))/2, z² a copy of z¹: f = (−1, −3), q = (.6, .4)"
) {
  let problem = MonteCarloProblem.example
  let one = problem.variance.value
  let table = ExpectedValue(under: problem.law, of: problem.logJoints)
  let copied = try exactMoments { choices in
    let drawn = problem.logJoints[try problem.law.sample(&choices)]
    return [(drawn + drawn) / 2]
  }
  let afresh = try exactMoments { [try table.average(of: 2, &$0)] }
  return .init(
    printed: one / 2, corrected: one, independent: copied.variances[0],
    underCondition: (one / 2, afresh.variances[0]))
}
