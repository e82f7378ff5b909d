import GSL
import Networks
import Probability
import Testing
import _Differentiation

@testable import Exact
@testable import Models

@Suite("Gradients of log marginals: expected counts against differentiated evidence code")
struct StructureGradientTests {
  @Test("hidden Markov models: differentiated forward recursion") func hiddenMarkov() throws {
    let counts = Route<HiddenMarkovSequence>("expected counts") {
      HiddenMarkovPosterior(of: $0).expectedCounts.flattened
    }
    let differentiated = Route<HiddenMarkovSequence>("differentiated forward recursion") {
      HiddenMarkovCounts.differentiated($0).flattened
    }
    let viterbi = Route<HiddenMarkovSequence>("counts along the best path only") { sequence in
      var best = (-Double.infinity, [Int]())
      forEachPath(states: sequence.model.stateCount, length: sequence.length) { path in
        let score = sequence.logJoint(path)
        if score > best.0 { best = (score, path) }
      }
      var counts = HiddenMarkovCounts(model: sequence.model)
      counts.initial[best.1[0]] = 1
      for (t, state) in best.1.enumerated() {
        counts.emission[state][sequence.observations[t]] += 1
        if t > 0 { counts.transition[best.1[t - 1]][state] += 1 }
      }
      return counts.flattened
    }
    let misaligned = Route<HiddenMarkovSequence>("evidence with the emissions one step late") {
      sequence in
      let late = [sequence.observations[0]] + sequence.observations.dropLast()
      return HiddenMarkovCounts.differentiated(
        HiddenMarkovSequence(model: sequence.model, checkedObservations: late)
      ).flattened
    }
    let perProbability = Route<HiddenMarkovSequence>("by probabilities, not their logarithms") {
      sequence in
      let counts = HiddenMarkovCounts.differentiated(sequence)
      return zip(counts.initial, sequence.model.initial).map { $0 / $1 }
        + counts.transition.joined() + counts.emission.joined()
    }
    try expectAgreement(
      counts, differentiated, faultsInOne: [viterbi, counts.offByAPercent()],
      faultsInOther: [misaligned, perProbability, differentiated.offByAPercent()], roundings: 200
    ) { try .random(&$0) }
  }

  @Test("structural zeros: an impossible event has count zero, not NaN") func structuralZeros()
    throws
  {
    let model = try HiddenMarkovModel(
      initial: [1, 0, 0], transition: [[0.5, 0.5, 0], [0, 0.4, 0.6], [0, 0, 1]],
      emission: [[0.7, 0.3], [1, 0], [0.2, 0.8]])
    let sequence = try model.observing([0, 0, 1, 1])
    let counts = HiddenMarkovPosterior(of: sequence).expectedCounts.flattened
    let differentiated = HiddenMarkovCounts.differentiated(sequence).flattened
    for (l, r) in zip(counts, differentiated) { #expect(abs(l - r) <= 200 * Double.ulpOfOne) }
    #expect(
      differentiated[2] == 0 && HiddenMarkovCounts.differentiated(sequence).transition[0][2] == 0)
  }

  @Test("chains: marginals of places and of steps") func chains() throws {
    let marginals = Route<ChainPotentials>("forward-backward") {
      Array(ForwardBackward($0).posterior.numbers.dropFirst())
    }
    let differentiated = Route<ChainPotentials>("differentiated recursion") {
      let answer = ChainPosterior.differentiated($0)
      return Array(answer.stateMarginals.joined()) + answer.pairMarginals.joined().joined()
    }
    let filtered = Route<ChainPotentials>("filtering: the forward message alone") { chain in
      let posterior = ForwardBackward(chain).posterior
      let filter = forwardMessages(chain).map { row in row.map { exp($0 - logSumExp(row)) } }
      return Array(filter.joined()) + (posterior.pairMarginals ?? []).joined().joined()
    }
    try expectAgreement(
      marginals, differentiated, faultsInOne: [filtered, marginals.offByAPercent()],
      faultsInOther: [differentiated.offByAPercent()], roundings: 200
    ) { try .random(states: $0.integer(2...3), length: $0.integer(2...5), &$0) }
  }

  @Test("grammars: differentiated inside recursion") func grammars() throws {
    let counts = Route<Sentence>("inside-outside") {
      GrammarPosterior(of: $0).expectedCounts ?? []
    }
    let differentiated = Route<Sentence>("differentiated inside") {
      GrammarPosterior.differentiatedCounts(of: $0) ?? []
    }
    let best = Route<Sentence>("the best derivation only") { sentence in
      let derivations = sentence.leftmostDerivations()
      let weights = derivations.map { rules in
        rules.reduce(0) { $0 + log(sentence.grammar.rules[$1].probability) }
      }
      var counts = [Double](repeating: 0, count: sentence.grammar.rules.count)
      let place = weights.indices.max { weights[$0] < weights[$1] } ?? 0
      for rule in derivations[place] { counts[rule] += 1 }
      return counts
    }
    try expectAgreement(
      counts, differentiated, faultsInOne: [best, counts.offByAPercent()],
      faultsInOther: [differentiated.offByAPercent()], roundings: 400
    ) { try .random(&$0) }
    let grammar = Sentence.telescope
    let (one, two) = (
      try #require(GrammarPosterior(of: grammar).expectedCounts),
      try #require(GrammarPosterior.differentiatedCounts(of: grammar))
    )
    for (l, r) in zip(one, two) { #expect(abs(l - r) <= 400 * Double.ulpOfOne) }
    #expect(
      GrammarPosterior.differentiatedCounts(of: Sentence(grammar.grammar, ["she", "Ada"])) == nil)
    #expect(GrammarPosterior.differentiatedCounts(of: Sentence(grammar.grammar, [])) == nil)
  }

  @Test("spanning trees: differentiated determinant", arguments: [false, true])
  func trees(singleRoot: Bool) throws {
    let elimination = Route<SpanningTreeModel>("elimination") {
      TreeTests.numbers(SpanningTreePosterior(of: $0))
    }
    let determinant = Route<SpanningTreeModel>("differentiated determinant") {
      let answer = SpanningTreePosterior.differentiated($0)
      return [answer.logPartition] + answer.edgeMarginals.joined()
    }
    let transposed = Route<SpanningTreeModel>("the determinant of the exchanged scores") { model in
      let scores = model.scores.enumerated().map { i, row in
        row.indices.map { j in i == 0 || j == 0 ? model.scores[i][j] : model.scores[j][i] }
      }
      let answer = SpanningTreePosterior.differentiated(
        try SpanningTreeModel(scores: scores, singleRoot: model.singleRoot))
      return [answer.logPartition] + answer.edgeMarginals.joined()
    }
    // The determinant subtracts entries up to (n + 1) e² and can be as small as e^(−2n): with n = 4
    // its condition is below 5 · e^10 = 1.1e5.
    try expectAgreement(
      elimination, determinant, faultsInOne: [elimination.offByAPercent()],
      faultsInOther: [transposed, determinant.offByAPercent()], roundings: 110_000
    ) { try .random(words: $0.integer(2...4), singleRoot: singleRoot, &$0) }
  }

  @Test("documents: weights, bias and prior") func documents() throws {
    let expected = Route<LatentFactorDocument>("posterior expectation") {
      DocumentGradient(expectedOver: $0)?.flattened ?? []
    }
    let differentiated = Route<LatentFactorDocument>("differentiated evidence") {
      DocumentGradient.differentiated($0).flattened
    }
    let priorExpectation = Route<LatentFactorDocument>("expectation under the prior") { document in
      let count = document.latentCount
      var total = DocumentGradient(ofLogJoint: document, latents(0, count: count)).flattened.map {
        _ in 0.0
      }
      for state in 0..<(1 << count) {
        let z = latents(state, count: count)
        let weight = exp(document.logPrior(z))
        for (place, entry) in DocumentGradient(ofLogJoint: document, z).flattened.enumerated() {
          total[place] += weight * entry
        }
      }
      return total
    }
    try expectAgreement(
      expected, differentiated, faultsInOne: [priorExpectation, expected.offByAPercent()],
      faultsInOther: [differentiated.offByAPercent()], roundings: 800
    ) { try .random(&$0) }
  }

  @Test("mixtures: the gradient is the responsibilities") func mixtures() throws {
    let posterior = Route<FiniteJoint>("Bayes' rule") { joint in
      let total = zip(joint.prior, joint.likelihood).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(joint.prior, joint.likelihood).map { $0 * $1 / total }
    }
    let differentiated = Route<FiniteJoint>("differentiated evidence") { joint in
      differentiatedResponsibilities(
        logWeights: joint.prior.map { log($0) }, logLikelihoods: joint.likelihood.map { log($0) })
    }
    let prior = Route<FiniteJoint>("the prior") { $0.prior }
    try expectAgreement(
      posterior, differentiated, faultsInOne: [prior, posterior.offByAPercent()],
      faultsInOther: [differentiated.offByAPercent()], roundings: 64
    ) { try .random(states: 3, &$0) }
  }

  @Test("the value of the differentiated code is the evidence") func values() throws {
    let sequence = HiddenMarkovSequence.threeStates
    let one = forwardEvidence(
      HiddenMarkovPotentials(sequence.model), observations: sequence.observations)
    let evidence = HiddenMarkovPosterior(of: sequence).logEvidence
    #expect(abs(one - evidence.value) <= evidence.roundingBound)
    let document = LatentFactorDocument.twoFactors
    let two = documentEvidence(DocumentParameters(document.model), wordCounts: [1, 0, 2])
    #expect(abs(two - ExactPosterior(of: document).logEvidence.value) <= 64 * Double.ulpOfOne * 4)
  }
}
