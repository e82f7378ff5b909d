import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import _Differentiation

extension Page {
  /// Errata about objectives and draws: E-023, E-024, E-049, E-052, E-060, E-057, E-072.
  static let errataOfDraws: [ErratumCase] = [
    weightedTwice, gradientOfMasses, bracket, rootOfSamples, expectationAfterAll, anAlternative,
    dependentDraws,
  ]

  /// Errata about baselines and what is left out: E-029, E-044, E-050, E-051, E-063.
  static let errataOfBaselines: [ErratumCase] = [
    whatIsReplaced, itselfIncluded, varianceOfTheReward, rescaledGradient, ownSample,
  ]

  private static let joint = [0.05, 0.2, 0.15]
  private static let q = SoftmaxLaw(probabilities: [0.2, 0.5, 0.3])
  private static let logits = [0.2, -0.4, 0.5]
  private static var logJoints: [Double] { joint.map { log($0) } }

  private static let weightedTwice = ErratumCase(
    "E-023", model: "p(x,z) = (.05, .2, .15), q = (.2, .5, .3), three draws averaged"
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

  private static let gradientOfMasses = ErratumCase(
    "E-024", model: "the same p(x,z), softmax φ = (.2, −.4, .5), third component"
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

  private static let bracket = ErratumCase(
    "E-049", model: "p(x,z) = (.05, .2, .15), q = (.2, .5, .3)"
  ) {
    let corrected = q.mean(
      logJoints.indices.map(ExpectedValue.elbo(of: logJoints, under: q).signal))
    // log p(x) − KL(q‖p(z|x))
    let evidence = joint.reduce(0, +)
    let gap = q.mean(joint.indices.map { log(q.probabilities[$0] / (joint[$0] / evidence)) })
    return .init(
      printed: logJoints.reduce(0, +), corrected: corrected, independent: log(evidence) - gap)
  }

  private static let rootOfSamples = ErratumCase(
    "E-052", model: "f = (−1, −3), q = (.6, .4), derivative in the first probability, S = 4"
  ) {
    let one = try scoreVariance(1)
    return .init(printed: one / 2, corrected: one / 4, independent: try scoreVariance(4))
  }

  /// The variance of the average of a number of draws of f(z) ∂_b log q(z).
  private static func scoreVariance(_ samples: Int) throws -> Double {
    let mean = ExpectedValue(under: BernoulliMeans([0.6]), of: { $0[0] == 1 ? -1 : -3 })
    return try exactMoments(of: ScoreFunction(None()), mean, samples: samples).variances[0]
  }

  private static let expectationAfterAll = ErratumCase(
    "E-060", model: "f = (1, −2, .5, 3), softmax φ = (.3, −.2, .1, .7), uniform r, first component"
  ) {
    let problem = AlternativeProblem.example
    let moments = try exactMoments {
      try AlternativeRules.answer.importance(problem, problem.proposal, &$0)
    }
    return .init(
      printed: nil, corrected: moments.mean[0],
      independent: exactExpectationGradient(logits: problem.law.logits, of: problem.values)[0])
  }

  private static let anAlternative = ErratumCase(
    "E-057", model: "three bits, b = (.2, .5, .7), f a table, first component"
  ) {
    let problem = AlternativeProblem.example
    let moments = try exactMoments(of: LocalExpectation(), problem.mean, samples: 1)
    return .init(
      printed: nil, corrected: moments.mean[0], independent: problem.exactBitGradient[0])
  }

  private static let dependentDraws = ErratumCase(
    "E-072", model: "f = (−1, −3), q = (.6, .4): variance of a pair, copied and independent"
  ) {
    let problem = DrawProblem.example
    let one = problem.variance(problem.logJoints)
    let copied = try exactMoments { [try DrawRules.answer.copiedPair(problem, &$0)] }
    let afresh = try exactMoments { [try DrawRules.answer.average(problem, &$0)] }
    return .init(
      printed: one / 2, corrected: one, independent: copied.variances[0],
      underCondition: (one / 2, afresh.variances[0]))
  }

  private static let whatIsReplaced = ErratumCase(
    "E-029", model: "p = [[.1, .3],[.4, .2]], f = [[1, 5],[−2, 7]]: variance after replacing"
  ) {
    let problem = NeighbourhoodProblem.example
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

  private static let itselfIncluded = ErratumCase(
    "E-044", model: "q(z₁=1) = .7, q(z₂) = (.6, .4), log-factors of (z₁,z₂) and of z₂"
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

  private static let varianceOfTheReward = ErratumCase(
    "E-050", model: "rewards (−1, −3, −8), q = softmax(.1, .3, −.2)"
  ) {
    let problem = BaselineProblem.example
    let rewards = BaselineRules.answer.standardised(problem)
    let corrected = try exactMoments { try problem.law.average(of: 1, &$0) { [rewards[$0]] } }
    return .init(
      printed: 1 / problem.variance, corrected: corrected.variances[0], independent: 1)
  }

  private static let rescaledGradient = ErratumCase(
    "E-051", model: "rewards (−1, −3, −8), q = softmax(.1, .3, −.2), first component"
  ) {
    let problem = BaselineProblem.example
    let printed = ExpectedValue(
      under: problem.law, of: problem.rewards.map { ($0 - problem.mean) / problem.variance }
    ).exactGradient
    return .init(
      printed: printed[0], corrected: problem.variance * printed[0],
      independent: exactExpectationGradient(logits: problem.law.logits, of: problem.rewards)[0],
      allowed: 64 * .ulpOfOne)
  }

  private static let ownSample = ErratumCase(
    "E-063", model: "two factors, x = (0, 2, 2), b = σ(.4, −.7), two samples, first component"
  ) {
    let bound = DocumentProblem.example.bound
    let exact = DocumentProblem.example.exactGradient[0]
    let past = ScoreFunction<BernoulliFactors, _>(RunningMean(decay: 0.9, startingAt: -2))
    return .init(
      printed: try exactMoments(of: ScoreFunction(MeanOfTheBatch()), bound, samples: 2).mean[0],
      corrected: try exactMoments(of: ScoreFunction(LeaveOneOut()), bound, samples: 2).mean[0],
      independent: exact,
      underCondition: (try exactMoments(of: past, bound, samples: 1, steps: 2).mean[0], exact))
  }
}

extension DocumentProblem {
  /// The bound as the estimators of the score function see it.
  var bound: ExpectedValue<BernoulliFactors> { .elbo(of: observed, under: BernoulliFactors(b)) }
}
