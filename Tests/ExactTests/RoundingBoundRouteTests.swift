import Models
import Probability
import Testing

@testable import Exact

/// The bounds of the fast routes and of the closed forms, held as those of `RoundingBoundTests` are.
@Suite("Bounds on rounding: fast routes and closed forms") struct RoundingBoundRouteTests {
  typealias Comparison = RoundingBoundTests.Comparison
  private let seeds = RoundingBoundTests.seeds

  // Catches: a bound of zero, and one out of proportion, in what the kernels answer.
  @Test("Chains, sentences, trees and belief networks: kernels against enumeration")
  func kernels() throws {
    var (chains, sentences, trees, networks) = (
      Comparison(), Comparison(), Comparison(), Comparison()
    )
    for seed in seeds {
      var cases = try Cases(seed: seed, stream: 11)
      let sequence = try HiddenMarkovSequence.random(steps: 5...5, &cases)
      let paths = ObservedChainPosterior.enumerated(of: sequence.chain)
      let scaled = try #require(ObservedChainPosterior(scaled: sequence.chain))
      chains.add(scaled.logEvidence, paths.logEvidence)
      chains.add(sequence.chain.exactLogEvidence, paths.logEvidence)
      let sentence = try Sentence.random(&cases)
      if let fast = GrammarPosterior(scaled: sentence) {
        sentences.add(fast.logEvidence, GrammarPosterior.enumerated(of: sentence).logEvidence)
      }
      let field = try SpanningTreeModel.random(words: 3, singleRoot: seed % 2 == 0, &cases)
      let fast = try #require(SpanningTreePosterior(scaled: field))
      trees.add(fast.logEvidence, SpanningTreePosterior.enumerated(of: field).logEvidence)
      let network = try SigmoidBeliefNetwork.random(units: [4, 3], &cases)
      let observed = try (0..<3).map { _ in try cases.flip(0.5) }
      networks.add(
        try #require(BeliefNetworkPosterior(factorising: network, observed)).logEvidence,
        try BeliefNetworkPosterior(enumerating: network, observed).logEvidence)
    }
    chains.expectTrueAndClose("sequences")
    sentences.expectTrueAndClose("sentences")
    trees.expectTrueAndClose("trees")
    networks.expectTrueAndClose("belief networks")
  }

  @Test("Random fields on chains: messages against all paths")
  func fields() throws {
    var partition = Comparison()
    for seed in seeds {
      var cases = try Cases(seed: seed, stream: 12)
      let chain = try ChainPotentials.random(states: 3, length: 4, &cases)
      partition.add(
        ForwardBackward(chain).logPartition, enumeratedPosterior(of: chain).logPartition)
    }
    partition.expectTrueAndClose("log Z")
  }

  @Test("Belief nets: elimination against all joint states")
  func nets() throws {
    var evidence = Comparison()
    for seed in seeds {
      var cases = try Cases(seed: seed, stream: 13)
      let net = try BayesNet.random(variables: 4, &cases)
      let seen = net.variables.indices.map { $0 == 3 ? 0 : nil }
      evidence.add(
        try BayesNetPosterior(of: net, evidence: seen).logEvidence,
        try BayesNetPosterior.enumerated(of: net, evidence: seen).logEvidence)
    }
    evidence.expectTrueAndClose("log p(x)")
  }

  @Test("Bayesian mixtures: all assignments and sets of observations")
  func bayesianMixtures() throws {
    var evidence = Comparison()
    for seed in seeds {
      var cases = try Cases(seed: seed, stream: 14)
      let drawn = try DrawnMixture.random(&cases)
      evidence.add(
        try BayesianMixturePosterior(enumerating: drawn.mixture, drawn.observations).logEvidence,
        try BayesianMixturePosterior(bySubsets: drawn.mixture, drawn.observations).logEvidence)
    }
    evidence.expectTrueAndClose("log p(x)")
  }

  @Test("A count of factors: by distinct rates and by states")
  func counts() throws {
    var evidence = Comparison()
    for seed in seeds {
      var cases = try Cases(seed: seed, stream: 15)
      let (model, multiples) = try PoissonFactorModel.random(factors: 4, unit: 0.2, &cases)
      let count = try cases.integer(0...9)
      evidence.add(
        try exactLogEvidence(ofCount: count, prior: model.prior, unit: 0.2, multiples: multiples),
        ExactPosterior(of: try model.observing(count)).logEvidence)
    }
    evidence.expectTrueAndClose("log p(y)")
  }

  // Catches: sums that differ by a hundredth and count as one.
  @Test("Sums are different from a billionth of them on")
  func distinct() {
    #expect(distinctSums(of: [1, 1, 1]) == 4)
    #expect(distinctSums(of: [1, 1.001, 1.002]) == 8)
    #expect(distinctSums(of: [1, 1 + 1e-12]) == 3)
  }

  @Test("One Gaussian latent: evidence and gap against the sums that they are made of")
  func line() throws {
    var (evidence, gap) = (Comparison(), Comparison())
    for seed in seeds {
      var cases = try Cases(seed: seed, stream: 16)
      let slope = try cases.real(from: -2, to: 2)
      let (noise, observed) = (
        try cases.real(from: 0.2, to: 2), try cases.real(from: -3, to: 3)
      )
      let model = try LinearGaussian(slope: slope, noise: noise, observed: observed)
      let total = ExactValue(slope) * ExactValue(slope) + ExactValue(noise)
      let square = ExactValue(observed) * ExactValue(observed) / total
      evidence.add(
        model.exactLogEvidence,
        -0.5 * ((ExactValue(2 * Double.pi) * total).logarithm + square))
      let (mean, variance) = (try cases.real(from: -2, to: 2), try cases.real(from: 0.2, to: 2))
      let posterior = model.exactPosterior
      let ratio = ExactValue(variance) / ExactValue(posterior.variance)
      let shift = ExactValue(mean) - ExactValue(posterior.mean)
      gap.add(
        model.exactGap(mean: mean, variance: variance),
        0.5 * (ratio + shift * shift / ExactValue(posterior.variance) - 1 - ratio.logarithm))
    }
    evidence.expectTrueAndClose("log p(x)")
    gap.expectTrueAndClose("KL(q‖p(z|x))")
  }

  @Test("Bounds of several samples: multisets against the integral")
  func importance() throws {
    var bounds = Comparison()
    for seed in seeds.prefix(20) {
      var cases = try Cases(seed: seed, stream: 17)
      let document = try LatentFactorDocument.random(&cases)
      let q = try cases.probabilities(document.latentCount)
      let states = BernoulliFactors(q)
      let logarithms = states.states.map { document.signal($0, under: states) }
      let integral = try #require(
        MeanLogarithm(
          of: 3, logarithms: logarithms, probabilities: states.stateProbabilities))
      bounds.add(
        exactImportanceWeightedBound(samples: 3, factorised: q, of: document),
        // The integral is of the sum of the samples, not of their mean.
        ExactValue(integral.value, roundingBound: integral.bound) - ExactValue(3).logarithm)
    }
    bounds.expectTrueAndClose("bounds of three samples")
  }
}
