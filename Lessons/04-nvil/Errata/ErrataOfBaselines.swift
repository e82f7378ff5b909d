import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import _Differentiation

/// Errata about baselines and what is left out: E-029, E-044, E-050, E-051, E-063.
let errataOfBaselines: [ErratumCase] = [
  whatIsReplaced, itselfIncluded, varianceOfTheReward, rescaledGradient, ownSample,
]

private let whatIsReplaced = ErratumCase(
  "E-029",
  model: "the variance of E[f | y₁], p and f as in the aside: if it were the number E[f], and right"
) {
  let problem = RaoBlackwellProblem.example
  let means = conditionalMeans(of: problem.values, joint: problem.joint)
  let rows = problem.joint.map { $0.reduce(0, +) }
  let mean = zip(means, rows).reduce(0) { $0 + $1.0 * $1.1 }
  let spread = zip(means, rows).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
  // Var E[f|X] = Var f − E Var[f|X], the latter from pairs of values.
  let whole = zip(problem.values.joined(), problem.joint.joined()).reduce(0) {
    $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean)
  }
  let within = zip(problem.values, problem.joint).reduce(0) { total, row in
    let (f, p) = row
    return total + p[0] * p[1] / (p[0] + p[1]) * (f[0] - f[1]) * (f[0] - f[1])
  }
  return .init(printed: 0, corrected: spread, independent: whole - within)
}

private let itselfIncluded = ErratumCase(
  "E-044",
  model: """
    ∂ELBO/∂b₁ of the aside's two bits without their prior, averaged over z₂ at z₁ = 1, and over z₁, too
    """
) {
  let q1 = [0.3, 0.7]
  let q2 = [0.6, 0.4]
  let factor = [[0.2, 0.5], [0.9, 0.1]]
  let score = [-1 / 0.3, 1 / 0.7]
  func overBlanket(_ z: Int) -> Double {
    [0, 1].reduce(0) { $0 + q2[$1] * score[z] * (log(factor[z][$1]) - log(q1[z])) }
  }
  let second = q2
  return .init(
    printed: overBlanket(1), corrected: q1[0] * overBlanket(0) + q1[1] * overBlanket(1),
    independent: gradient(at: 0.7) { b in
      let off = second[0] * log(0.2) + second[1] * log(0.5)
      let on = second[0] * log(0.9) + second[1] * log(0.1)
      return (1 - b) * (off - log(1 - b)) + b * (on - log(b))
    })
}

private let varianceOfTheReward = ErratumCase(
  "E-050",
  model: "the variance of (f − μ)/σ², and of (f − μ)/σ: f = (−1, −3, −8), q = softmax(.1, .3, −.2)"
) {
  let problem = ControlVariatesProblem.example
  let weights = problem.standardisedWeights
  let corrected = try exactMoments { try problem.law.average(of: 1, &$0) { [weights[$0, 0]] } }
  return .init(
    printed: 1 / problem.variance, corrected: corrected.variances[0], independent: 1)
}

private let rescaledGradient = ErratumCase(
  "E-051", model: "∂E[f]/∂φ, first component, with (f − μ)/σ² for f, and with f: the same f and q"
) {
  let problem = ControlVariatesProblem.example
  let printed = ExpectedValue(
    under: problem.law, of: problem.rewards.map { ($0 - problem.mean) / problem.variance }
  ).exactGradient
  return .init(
    printed: printed[0], corrected: problem.variance * printed[0],
    independent: exactExpectationGradient(logits: problem.law.logits, of: problem.rewards)[0],
    allowed: 64 * .ulpOfOne)
}

private let ownSample = ErratumCase(
  "E-063",
  model: "∂ELBO/∂λ₁ of the document, S = 2: the mean of all draws subtracted, and of the other one"
) {
  let bound = DocumentProblem.example.elbo
  let exact = DocumentProblem.example.exactGradient[0]
  let past = ScoreFunction<BernoulliFactors, _>(RunningMean(decay: 0.9, startingAt: -2))
  return .init(
    printed: try exactMoments(of: ScoreFunction(MeanOfTheBatch()), bound, samples: 2).mean[0],
    corrected: try exactMoments(of: ScoreFunction(LeaveOneOut()), bound, samples: 2).mean[0],
    independent: exact,
    underCondition: (try exactMoments(of: past, bound, samples: 1, steps: 2).mean[0], exact))
}
