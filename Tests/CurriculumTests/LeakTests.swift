import Approximate
import Exact
import Models
import Networks
import Probability
import Testing
import _Differentiation

@testable import Lesson04

/// The baselines and the node that lesson 04 shows as mistakes: each is wrong by what it says.
@Suite("Mistakes of lesson 04 that are estimators") struct LeakTests {
  private func elbo() throws -> ExpectedValue<BernoulliFactors> {
    let model = try FactoredModel(
      prior: [0.3, 0.55],
      factors: [.init(scope: [0, 1], logValues: [-1.2, -3, -0.4, -2.1])])
    return .elbo(of: model, under: BernoulliFactors([0.6, 0.33]))
  }

  private func gradient() throws -> [Double] {
    try exactMoments(of: ScoreFunction(None()), try elbo(), samples: 1).mean
  }

  private func agree(_ found: ExactMoments, _ factor: Double) throws -> Bool {
    // A mean of terms of size E|g|, each rounded a few times for each of its choices.
    zip(zip(found.mean, try gradient()), found.magnitude).allSatisfy { pair, size in
      abs(pair.0 - factor * pair.1) <= 256 * .ulpOfOne * (1 + size)
    }
  }

  // Catches: a leak described with the wrong factor; .8, .9 and .975 are the published ones.
  @Test("one that contains the sample shrinks it", arguments: [(0.8, 1), (0.8, 2), (0.9, 4)])
  func leak(decay: Double, samples: Int) throws {
    let leaking = UpdatedFirst(decay: decay, startingAt: -1)
    for steps in samples < 4 ? [1, 2] : [1] {
      let found = try exactMoments(
        of: ScoreFunction(leaking), try elbo(), samples: samples, steps: steps)
      #expect(try agree(found, 1 - (1 - decay) / Double(samples)))
    }
  }

  @Test("updated first, the memory is the mean of past and present")
  func memory() {
    var leaking = UpdatedFirst(decay: 0.75, startingAt: 2)
    #expect(leaking.baselines(for: [-4, -8]) == [0, 0])
  }

  // Catches: a batch mean taken for unbiased.
  @Test("the batch mean shrinks the gradient by 1 − 1/S", arguments: [1, 2, 3])
  func batchMean(samples: Int) throws {
    let found = try exactMoments(of: ScoreFunction(MeanOfTheBatch()), try elbo(), samples: samples)
    #expect(try agree(found, 1 - 1 / Double(samples)))
  }

  // Catches: `detach` that does nothing. The extra term is log q(z) ∇f(z).
  @Test("without detach the surrogate is another estimator")
  func attached() throws {
    let problem = DocumentProblem.example
    for state in 0..<4 {
      let z = Vector(latents(state, count: 2))
      let right = problem.slopes { $0.surrogate($1, latents: z, divergence: .analytic) }
      let wrong = problem.slopes { $0.surrogateWithoutDetach($1, latents: z) }
      let logQ = problem.logPosterior(z.array)
      let slope = problem.modelScore(z.array)
      #expect(right.variational == wrong.variational)
      for (pair, slope) in zip(zip(right.model, wrong.model), slope) {
        #expect(abs(pair.1 - pair.0 - logQ * slope) <= 64 * .ulpOfOne * (1 + abs(pair.1)))
      }
      #expect(right.model != wrong.model)
    }
  }
}
