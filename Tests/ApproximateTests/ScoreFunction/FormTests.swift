import Exact
import GSL
import Models
import Probability
import Testing

@testable import Approximate

@Suite("Forms of the score function that share a mean")
struct ScoreFunctionFormTests {
  func draw(_ stream: UInt64) throws -> (LatentFactorDocument, BernoulliBound) {
    var cases = try Cases(seed: 11, stream: stream)
    let document = try LatentFactorDocument.random(&cases)
    return (
      document,
      BernoulliBound(
        document, q: BernoulliFactors(try cases.probabilities(document.latentCount)))
    )
  }

  // Catches: ∇KL with the wrong sign, with respect to b, or without b (1 − b).
  @Test("the analytic divergence has the same mean and another variance", arguments: 0..<10)
  func analytic(stream: UInt64) throws {
    let (document, bound) = try draw(stream)
    let plain = try exactMoments(of: PlainScoreFunction(), bound, samples: 1)
    let found = try exactMoments(
      of: AnalyticDivergence(prior: document.model.prior), bound, samples: 1)
    #expect(agree(found.mean, plain.mean))
    #expect(abs(found.covarianceTrace - plain.covarianceTrace) > 1e-6)
  }

  @Test("the gradient of the divergence is zero for certain bits")
  func certain() {
    let gradient = AnalyticDivergence(prior: [0, 0.5, 0.3])
      .divergenceGradient(BernoulliFactors([0, 1, 0.3]))
    #expect(gradient[0] == 0 && gradient[1] == 0 && abs(gradient[2]) < 1e-16)
  }

  // Catches: samples of the likelihood reused where fresh ones are promised, and the reverse.
  @Test("the sampled divergence is the plain estimator, or has variances that add")
  func sampled() throws {
    let (document, bound) = try draw(3)
    let d = document.latentCount
    let plain = try exactMoments(of: PlainScoreFunction(), bound, samples: 1)
    let shared = try exactMoments(of: SampledDivergence(), bound, samples: 1)
    #expect(agree(shared.mean, plain.mean) && agree(shared.variances, plain.variances))
    #expect(shared.outcomes == 1 << d)
    let fresh = try exactMoments(of: SampledDivergence(sharesSamples: false), bound, samples: 1)
    #expect(fresh.outcomes == 1 << (2 * d))
    #expect(agree(fresh.mean, plain.mean))
    let reward = try exactMoments { choices in
      let draws = try bound.draws(1, &choices)
      return bound.averagedScore(of: draws) { s, _ in document.logLikelihood(draws[s]) }
    }
    let divergence = try exactMoments { choices in
      let draws = try bound.draws(1, &choices)
      return bound.averagedScore(of: draws) { s, _ in
        bound.q.logProbability(draws[s]) - document.logPrior(draws[s])
      }
    }
    #expect(agree(fresh.variances, zip(reward.variances, divergence.variances).map { $0 + $1 }))
  }

  // Catches: a surrogate whose gradient is not the estimator at every single sample.
  @Test("the surrogate's gradient is the hand-written estimator, sample by sample")
  func surrogate() throws {
    let (_, bound) = try draw(5)
    for state in 0..<(1 << bound.q.count) {
      let z = latents(state, count: bound.q.count)
      let byHand = bound.q.score(z).map { (bound.signal(z) + 2) * $0 }
      let found = Surrogate(baseline: -2).valueAndGradient(bound, at: [z])
      #expect(agree(found.gradient, byHand))
      #expect(agree([found.value], [(bound.signal(z) + 2) * bound.q.logProbability(z)]))
    }
  }

  // Catches: `detach` that does nothing. The extra term is −log q(z) (z − b).
  @Test("without detach the surrogate is another estimator")
  func attached() throws {
    let (_, bound) = try draw(5)
    let found = try exactMoments(of: Surrogate(detachesSignal: false), bound, samples: 1)
    let extra = try exactMoments { choices in
      let z = try bound.q.sample(&choices)
      return bound.q.score(z).map { (bound.signal(z) - bound.q.logProbability(z)) * $0 }
    }
    #expect(agree(found.mean, extra.mean))
    let plain = try exactMoments(of: PlainScoreFunction(), bound, samples: 1)
    #expect(!agree(found.mean, plain.mean))
  }

  // Catches: factors left out that contain the bit (a blanket without z_d, E-044).
  @Test("local signals have the mean of the whole signal", arguments: 0..<10)
  func local(stream: UInt64) throws {
    var cases = try Cases(seed: 12, stream: stream)
    let chain = try FactoredModel.randomChain(bits: 3, &cases)
    let bound = BernoulliBound(chain, q: BernoulliFactors(try cases.probabilities(3)))
    let plain = try exactMoments(of: PlainScoreFunction(), bound, samples: 1)
    let found = try exactMoments(of: LocalSignals(), bound, samples: 1)
    #expect(agree(found.mean, plain.mean))
    #expect(!agree(found.variances, plain.variances))
  }

  @Test("local signals can have more variance: the rest may cancel what is kept")
  func localIsWorse() throws {
    // log p(x, z) is nearly constant as a whole; its parts are not.
    let model = try FactoredModel(
      prior: [0.7, 0.5],
      factors: [
        .init(scope: [0], logValues: [5, 5]), .init(scope: [1], logValues: [-6, -6]),
      ])
    let bound = BernoulliBound(model, q: BernoulliFactors([0.7, 0.5]))
    let plain = try exactMoments(of: PlainScoreFunction(), bound, samples: 1)
    let local = try exactMoments(of: LocalSignals(), bound, samples: 1)
    #expect(local.variances[0] > 10 * plain.variances[0])
    #expect(agree(local.mean, plain.mean))
  }

  @Test("local expectations have the same mean", arguments: 0..<10)
  func localExpectation(stream: UInt64) throws {
    let (_, bound) = try draw(stream)
    let plain = try exactMoments(of: PlainScoreFunction(), bound, samples: 1)
    #expect(agree(try exactMoments(of: LocalExpectation(), bound, samples: 2).mean, plain.mean))
  }

  // Catches: the numbers of E-057, three bits with a given table.
  @Test("local and score estimators of three bits have the published variances")
  func published() throws {
    let b = BernoulliFactors([0.2, 0.5, 0.7])
    // 000..111 is written with the first bit highest; f is the signal itself.
    let table = [-1, 0.5, 2, -0.3, 0.7, -2, 1.5, 0]
    func f(_ z: [Double]) -> Double { table[Int(4 * z[0] + 2 * z[1] + z[2])] }
    let score = try exactMoments { choices in
      let z = try b.sample(&choices)
      return z.indices.map { d in
        f(z) * (z[d] == 1 ? 1 / b.probabilities[d] : -1 / (1 - b.probabilities[d]))
      }
    }
    #expect(zip(score.mean, [-0.59, 0.60, -0.74]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(score.variances, [9.793, 3.870, 7.798]).allSatisfy { abs($0 - $1) < 5e-4 })
  }

  // Catches: a missing log K, log and sum exchanged, a wrong multiplicity of a multiset.
  @Test("importance-weighted bound: program and multisets agree", arguments: [1, 2, 3])
  func importance(samples: Int) throws {
    let (document, bound) = try draw(8)
    let program = try exactMean { choices in
      try ImportanceWeightedBound(samples: samples).estimate(bound, &choices)
    }
    let oracle = exactImportanceWeightedBound(
      samples: samples, factorised: bound.q.probabilities, of: document)
    #expect(agree([program.value], [oracle.value]))
    let evidence = ExactPosterior(of: document).logEvidence.value
    #expect(oracle.value < evidence)
  }

  @Test("importance-weighted bound far out in the tails")
  func tails() throws {
    let model = try LatentFactorModel(
      prior: [0.3, 0.6], weights: [[300, 0, -300], [-300, 100, 300]], bias: [0, 0, 0])
    let document = try model.observing([0, 1, 2, 2])
    let b = [0.9, 0.2]
    for samples in 1...3 {
      let brute = tuples(factorised(b), samples).reduce(0.0) { sum, tuple in
        let signals = tuple.states.map {
          document.logJoint(latents($0, count: 2)) - log(factorised(b)[$0])
        }
        let top = signals.max() ?? 0
        let total = signals.reduce(0) { $0 + exp($1 - top) }
        return sum + tuple.weight * (top + log(total / Double(samples)))
      }
      let found = exactImportanceWeightedBound(samples: samples, factorised: b, of: document)
      #expect(agree([found.value], [brute]))
    }
  }
}
