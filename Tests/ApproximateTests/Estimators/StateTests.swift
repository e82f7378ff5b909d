import Approximate
import Exact
import GSL
import Probability
import Testing

/// The estimators of bits, over states: every claim, over every outcome.
@Suite("Black-box inference over states")
struct StateTests {
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
    let mean = ExpectedValue(under: law, of: values)
    #expect(close(mean.exactGradient, exact))
    func moments(_ baseline: Double) throws -> ExactMoments {
      try exactMoments(of: ScoreFunction(Constant(baseline)), mean, samples: 2)
    }
    let best = try #require(try PerComponent.optimal(for: mean).baselines[1])
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
      law.variance(zip(values, control).map { $0 - coefficient * $1 })
    }
    #expect(left(beta) < left(0))
    #expect(left(beta) < left(beta + 0.1) && left(beta) < left(beta - 0.1))
    let correlation = (left(0) - left(beta)) / left(0)
    let covariance =
      law.mean(zip(values, control).map { $0 * $1 })
      - law.mean(values) * law.mean(control)
    let squared = covariance * covariance / (law.variance(values) * law.variance(control))
    #expect(close([correlation], [squared]))
  }

  @Test("Draws of another law, and bits switched on and off, give the same gradient")
  func alternatives() throws {
    let exact = exactExpectationGradient(logits: law.logits, of: values)
    let proposal = SoftmaxLaw(probabilities: [0.2, 0.3, 0.5])
    let found = try exactMoments(
      of: ImportanceSampled(from: proposal), ExpectedValue(under: law, of: values), samples: 1)
    #expect(close(found.mean, exact))
    let bits = ExpectedValue(under: BernoulliMeans([0.2, 0.7])) {
      $0[0] * 2 - $0[1] + 3 * $0[0] * $0[1]
    }
    let score = try exactMoments(of: ScoreFunction(None()), bits, samples: 1)
    let local = try exactMoments(of: LocalExpectation(), bits, samples: 1)
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
      try ExpectedValue.elbo(of: logJoints, under: law).average(of: 2, &$0)
    }
    let exact = exactELBO(of: law.probabilities, logJoints: logJoints)
    #expect(close([found.value], [exact.value]))
  }
}
