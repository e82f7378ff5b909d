import Exact
import GSL
import Models
import Probability
import Testing

@testable import Approximate

@Suite("Forms of the score function that share a mean")
struct ScoreFunctionFormTests {
  func draw(_ stream: UInt64) throws -> (LatentFactorDocument, ExpectedValue<BernoulliFactors>) {
    var cases = try Cases(seed: 11, stream: stream)
    let document = try LatentFactorDocument.random(&cases)
    return (
      document,
      .elbo(
        of: document, under: BernoulliFactors(try cases.probabilities(document.latentCount)))
    )
  }

  // Catches: ∇KL with the wrong sign, with respect to b, or without b (1 − b).
  @Test("the analytic divergence has the same mean and another variance", arguments: 0..<10)
  func analytic(stream: UInt64) throws {
    let (document, bound) = try draw(stream)
    let plain = try exactMoments(of: ScoreFunction(None()), bound, samples: 1)
    let found = try exactMoments(
      of: ScoreFunction(None()),
      .elbo(of: document, under: bound.law, prior: BernoulliFactors(document.model.prior)),
      samples: 1)
    #expect(agree(found.mean, plain.mean))
    #expect(abs(found.covarianceTrace - plain.covarianceTrace) > 1e-6)
  }

  @Test("the gradient of the divergence is zero for certain bits")
  func certain() {
    let gradient = BernoulliFactors([0, 1, 0.3])
      .kullbackLeiblerGradient(from: BernoulliFactors([0, 0.5, 0.3]))
    #expect(gradient[0] == 0 && gradient[1] == 0 && abs(gradient[2]) < 1e-16)
  }

  // Catches: draws of one step reused in the next.
  @Test("the sampled divergence is the plain estimator, or has variances that add")
  func sampled() throws {
    let (document, bound) = try draw(3)
    let q = bound.law
    let reward = ExpectedValue(under: q, of: document.logLikelihood)
    let divergence = ExpectedValue(under: q) { q.logProbability($0) - document.logPrior($0) }
    func step(
      _ mean: ExpectedValue<BernoulliFactors>, at draws: [[Double]]
    ) throws(ChoiceError) -> [Double] {
      var estimator = ScoreFunction<BernoulliFactors, _>(None())
      return try estimator.estimate(mean, at: draws)
    }
    let plain = try exactMoments(of: ScoreFunction(None()), bound, samples: 1)
    let shared = try exactMoments { choices in
      let draws = try q.draws(1, &choices)
      return zip(try step(reward, at: draws), try step(divergence, at: draws)).map { $0 - $1 }
    }
    #expect(agree(shared.mean, plain.mean) && agree(shared.variances, plain.variances))
    #expect(shared.outcomes == 1 << q.count)
    let fresh = try exactMoments { choices in
      let one = try reward.gradient(by: ScoreFunction(None()), &choices)
      let other = try divergence.gradient(by: ScoreFunction(None()), &choices)
      return zip(one, other).map { $0 - $1 }
    }
    #expect(fresh.outcomes == 1 << (2 * q.count))
    #expect(agree(fresh.mean, plain.mean))
    let parts = try [reward, divergence].map {
      try exactMoments(of: ScoreFunction(None()), $0, samples: 1).variances
    }
    #expect(agree(fresh.variances, zip(parts[0], parts[1]).map { $0 + $1 }))
  }

  // Catches: a surrogate whose gradient is not the estimator at every single sample.
  @Test("the surrogate's gradient is the hand-written estimator, sample by sample")
  func surrogate() throws {
    let (_, bound) = try draw(5)
    for state in 0..<(1 << bound.law.count) {
      let z = latents(state, count: bound.law.count)
      let byHand = bound.law.score(z).map { (bound.signal(z) + 2) * $0 }
      let found = Surrogate(baseline: -2).valueAndGradient(bound, at: [z])
      #expect(agree(found.gradient, byHand))
      #expect(agree([found.value], [(bound.signal(z) + 2) * bound.law.logProbability(z)]))
    }
  }

  // Catches: factors left out that contain the bit (a blanket without z_d, E-044).
  @Test("local signals have the mean of the whole signal", arguments: 0..<10)
  func local(stream: UInt64) throws {
    var cases = try Cases(seed: 12, stream: stream)
    let chain = try FactoredModel.randomChain(bits: 3, &cases)
    let bound = ExpectedValue.elbo(
      of: chain, under: BernoulliFactors(try cases.probabilities(3)))
    let plain = try exactMoments(of: ScoreFunction(None()), bound, samples: 1)
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
    let bound = ExpectedValue.elbo(of: model, under: BernoulliFactors([0.7, 0.5]))
    let plain = try exactMoments(of: ScoreFunction(None()), bound, samples: 1)
    let local = try exactMoments(of: LocalSignals(), bound, samples: 1)
    #expect(local.variances[0] > 10 * plain.variances[0])
    #expect(agree(local.mean, plain.mean))
  }

  @Test("local expectations have the same mean", arguments: 0..<10)
  func localExpectation(stream: UInt64) throws {
    let (_, bound) = try draw(stream)
    let plain = try exactMoments(of: ScoreFunction(None()), bound, samples: 1)
    #expect(agree(try exactMoments(of: LocalExpectation(), bound, samples: 2).mean, plain.mean))
  }

  // Catches: the numbers of E-057, three bits with a given table.
  @Test("local and score estimators of three bits have the published variances")
  func published() throws {
    let b = BernoulliMeans([0.2, 0.5, 0.7])
    // 000..111 is written with the first bit highest; f is the signal itself.
    let table = [-1, 0.5, 2, -0.3, 0.7, -2, 1.5, 0]
    @Sendable func f(_ z: [Double]) -> Double { table[Int(4 * z[0] + 2 * z[1] + z[2])] }
    let score = try exactMoments(
      of: ScoreFunction(None()), ExpectedValue(under: b, of: f), samples: 1)
    #expect(zip(score.mean, [-0.59, 0.60, -0.74]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(score.variances, [9.793, 3.870, 7.798]).allSatisfy { abs($0 - $1) < 5e-4 })
  }

  // Catches: a missing log K, log and sum exchanged, a wrong multiplicity of a multiset.
  @Test("importance-weighted bound: program and multisets agree", arguments: [1, 2, 3])
  func importance(samples: Int) throws {
    let (document, bound) = try draw(8)
    let program = try exactMean { choices in
      try bound.importanceWeightedBound(samples: samples, &choices)
    }
    let oracle = exactImportanceWeightedBound(
      samples: samples, factorised: bound.law.probabilities, of: document)
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
