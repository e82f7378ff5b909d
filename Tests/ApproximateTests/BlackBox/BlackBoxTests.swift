import Approximate
import Exact
import GSL
import Probability
import Testing

/// Black-box inference over states: every claim of an estimator, over every outcome.
@Suite("Black-box inference over states")
struct BlackBoxTests {
  let law = SoftmaxLaw(logits: [0.1, 0.3, -0.2])
  let values = [-1.0, -3, -8]

  func close(_ one: [Double], _ other: [Double], _ size: Double = 8) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy { abs($0 - $1) <= 256 * .ulpOfOne * size }
  }

  @Test("Probabilities, their logarithms and scores belong together")
  func softmaxLaw() {
    #expect(close([law.probabilities.reduce(0, +)], [1]))
    for state in 0..<3 {
      #expect(close([exp(law.logProbability(state))], [law.probabilities[state]]))
      let slope = exactProbabilityGradient(logits: law.logits, of: state)
      #expect(close(law.score(state).map { law.probabilities[state] * $0 }, slope))
    }
    #expect(close(SoftmaxLaw(probabilities: [0.2, 0.5, 0.3]).probabilities, [0.2, 0.5, 0.3]))
  }

  @Test("The score function is unbiased with any baseline; its variance is least at the best one")
  func baselines() throws {
    let exact = exactExpectationGradient(logits: law.logits, of: values)
    #expect(close(law.scoreFunctionGradient(values), exact))
    func moments(_ baseline: Double) throws -> ExactMoments {
      try exactMoments {
        try law.scoreFunctionEstimate(values, baseline: baseline, samples: 2, &$0)
      }
    }
    let best = law.bestBaseline(values, component: 1)
    for baseline in [best, best + 1, best - 1, 0] {
      let found = try moments(baseline)
      #expect(close(found.mean, exact))
      #expect(found.outcomes == 9)
      if baseline != best {
        #expect(found.variances[1] > (try moments(best)).variances[1])
      }
    }
  }

  @Test("A control variate with the best coefficient leaves (1 − ρ²) of the variance")
  func controlVariate() {
    let control = [1.0, 0, -2]
    let beta = law.controlCoefficient(of: values, on: control)
    func left(_ coefficient: Double) -> Double {
      law.deviation(zip(values, control).map { $0 - coefficient * $1 })
    }
    #expect(left(beta) < left(0))
    #expect(left(beta) < left(beta + 0.1) && left(beta) < left(beta - 0.1))
    #expect(close([law.deviation(law.standardised(values))], [1]))
  }

  @Test("Draws of another law, and bits switched on and off, give the same gradient")
  func alternatives() throws {
    let exact = exactExpectationGradient(logits: law.logits, of: values)
    let found = try exactMoments {
      try law.importanceEstimate(values, from: [0.2, 0.3, 0.5], &$0)
    }
    #expect(close(found.mean, exact))
    let bits = BernoulliFactors([0.2, 0.7])
    let value: ([Double]) -> Double = { $0[0] * 2 - $0[1] + 3 * $0[0] * $0[1] }
    let score = try exactMoments { try bits.scoreEstimate(of: value, &$0) }
    let local = try exactMoments { try bits.localExpectationEstimate(of: value, &$0) }
    #expect(close(score.mean, [4.1, -0.4]))
    #expect(close(local.mean, [4.1, -0.4]))
    #expect(local.covarianceTrace < score.covarianceTrace)
  }

  @Test("Conditional means and the ELBO from draws")
  func means() throws {
    #expect(
      close(
        conditionalMeans(of: [[1, 5], [-2, 7]], joint: [[0.1, 0.3], [0.4, 0.2]]), [4, 1]))
    let logJoints = [0.05, 0.2, 0.15].map { log($0) }
    let found = try exactMean {
      try law.elboEstimate(logJoints: logJoints, samples: 2, &$0)
    }
    let exact = exactELBO(of: law.probabilities, logJoints: logJoints)
    #expect(close([found.value], [exact.value]))
  }
}
