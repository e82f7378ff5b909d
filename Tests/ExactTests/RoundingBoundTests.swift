import Exact
import Models
import Probability
import Testing

/// Bounds on rounding are true, and not more than a thousand times what rounding does.
///
/// Two routes to one number are compared on random models. What rounding did is how far they are
/// apart, and at least one rounding of the number itself. A bound that were zero, or that forgot the
/// terms that cancel, would be exceeded; one that counted every state would be out of proportion.
@Suite("Bounds on rounding") struct RoundingBoundTests {
  /// Collects the routes of many models.
  struct Comparison {
    private var worst = 0.0
    private var (error, bound) = (0.0, 0.0)

    mutating func add(_ one: ExactValue, _ other: ExactValue) {
      let allowed = one.roundingBound + other.roundingBound
      let size = max(1, abs(one.value), abs(other.value))
      let difference = abs(one.value - other.value)
      worst = max(worst, difference - allowed)
      error = max(error, difference / size, Double.ulpOfOne)
      bound = max(bound, one.roundingBound / size, other.roundingBound / size)
    }

    mutating func add(_ one: [ExactValue], _ other: [ExactValue]) {
      for (one, other) in zip(one, other) { add(one, other) }
    }

    func expectTrueAndClose(_ what: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(worst <= 0, what, sourceLocation: sourceLocation)
      let ratio = error > 0 ? bound / error : .infinity
      #expect(ratio <= 1000, what, sourceLocation: sourceLocation)
    }
  }

  static let seeds: ClosedRange<UInt64> = 1...60

  @Test("Documents: evidence, marginals and gradient, all states and the factorised sum")
  func documents() throws {
    var (evidence, marginals, gradient) = (Comparison(), Comparison(), Comparison())
    for seed in Self.seeds {
      var cases = try Cases(seed: seed, stream: 0)
      let document = try LatentFactorDocument.random(&cases)
      let slow = DocumentPosterior(of: document)
      let fast = try #require(DocumentPosterior(factorised: document))
      let whole = ExactPosterior(of: document)
      evidence.add(slow.logEvidence, fast.logEvidence)
      evidence.add(slow.logEvidence, whole.logEvidence)
      marginals.add(
        try #require(slow.marginals).map(slow.share), try #require(fast.marginals).map(fast.share))
      gradient.add(slow.exactGradient(of: document), fast.exactGradient(of: document))
    }
    evidence.expectTrueAndClose("log p(x)")
    marginals.expectTrueAndClose("P(z_d = 1 | x)")
    gradient.expectTrueAndClose("∇ log p(x)")
  }

  @Test("The ELBO and its gradient by both routes, and as the first importance-weighted bound")
  func bounds() throws {
    var (elbo, gradient) = (Comparison(), Comparison())
    for seed in Self.seeds {
      var cases = try Cases(seed: seed, stream: 1)
      let document = try LatentFactorDocument.random(&cases)
      let q = BernoulliFactors(try cases.probabilities(document.latentCount))
      elbo.add(
        exactELBO(under: q, of: document),
        exactImportanceWeightedBound(samples: 1, factorised: q.probabilities, of: document))
      elbo.add(
        exactELBO(under: q, of: document),
        exactELBO(of: q.stateProbabilities, logJoints: document.states.map(document.logJoint)))
      gradient.add(
        try #require(exactELBOGradient(under: q, of: document)),
        exactELBOGradientBySwitching(under: q, of: document))
    }
    elbo.expectTrueAndClose("ELBO")
    gradient.expectTrueAndClose("∇ELBO")
  }

  @Test("Mixtures: datum by datum, over all assignments, and responsibilities")
  func mixtures() throws {
    var (evidence, responsibilities) = (Comparison(), Comparison())
    for seed in Self.seeds {
      var cases = try Cases(seed: seed, stream: 2)
      let counts = try PoissonMixture.random(components: 3, &cases)
      let line = try GaussianMixture.random(components: 2, &cases)
      let (drawn, numbers) = (
        [try cases.integer(0...9), try cases.integer(0...40)], try cases.reals(3, from: -4, to: 4)
      )
      evidence.add(
        exactLogEvidence(of: counts, drawn), exactLogEvidenceByAssignments(of: counts, drawn))
      evidence.add(
        exactLogEvidence(of: line, numbers), exactLogEvidenceByAssignments(of: line, numbers))
      for number in numbers {
        let posterior = MixturePosterior(of: line, number)
        evidence.add(posterior.logEvidence, exactLogEvidence(of: line, [number]))
        responsibilities.add(
          try #require(posterior.responsibilities).map(posterior.share),
          try #require(exactResponsibilities(of: line, number)).map(posterior.share))
      }
    }
    evidence.expectTrueAndClose("log p(x)")
    responsibilities.expectTrueAndClose("p(z = k | x)")
  }

  @Test("A narrow normal law: its constant and its square cancel, and the bound knows it")
  func narrow() throws {
    let narrow = try GaussianMixture(weights: [1], means: [0], variances: [1e-300])
    // −½ log 2πv is 344.4 and the square as large: 2 h² with h chosen so.
    let datum = (2 * 344.46881811206).squareRoot() * 1e-150
    let posterior = MixturePosterior(of: narrow, datum)
    #expect(abs(posterior.logEvidence.value) < 1)
    #expect(posterior.logEvidence.roundingBound >= 344 * Double.ulpOfOne)
    #expect(posterior.logEvidence.roundingBound <= 344e3 * Double.ulpOfOne)
    let ofData = exactLogEvidence(of: narrow, [datum])
    #expect(ofData.roundingBound >= 344 * Double.ulpOfOne)
    #expect(ofData.roundingBound <= 344e3 * Double.ulpOfOne)
  }

  @Test("Belief networks, sequences, sentences and trees: programs against enumeration")
  func structures() throws {
    var (networks, chains, shares, sentences, trees) = (
      Comparison(), Comparison(), Comparison(), Comparison(), Comparison()
    )
    for seed in Self.seeds {
      var cases = try Cases(seed: seed, stream: 3)
      let sequence = try HiddenMarkovSequence.random(steps: 5...5, &cases)
      let fast = ObservedChainPosterior(of: sequence.chain)
      let paths = ObservedChainPosterior.enumerated(of: sequence.chain)
      chains.add(fast.logEvidence, paths.logEvidence)
      shares.add(
        try #require(fast.stateMarginals).map(fast.share),
        try #require(paths.stateMarginals).map(paths.share))
      let sentence = try Sentence.random(&cases)
      sentences.add(
        GrammarPosterior(of: sentence).logEvidence,
        GrammarPosterior.enumerated(of: sentence).logEvidence)
      let field = try SpanningTreeModel.random(words: 3, singleRoot: seed % 2 == 0, &cases)
      trees.add(
        SpanningTreePosterior(of: field).logEvidence,
        SpanningTreePosterior.enumerated(of: field).logEvidence)
      let network = try SigmoidBeliefNetwork.random(units: [2, 3, 2], &cases)
      let observed = [try cases.flip(0.5), try cases.flip(0.5)]
      let layered = try BeliefNetworkPosterior.layerByLayer(network, [observed])[0]
      networks.add(
        try #require(layered).logEvidence,
        try BeliefNetworkPosterior(enumerating: network, observed).logEvidence)
    }
    networks.expectTrueAndClose("belief networks")
    chains.expectTrueAndClose("sequences")
    shares.expectTrueAndClose("states")
    sentences.expectTrueAndClose("sentences")
    trees.expectTrueAndClose("trees")
  }
}
