import GSL
import JSONText
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Golden cases: sequences, grammars and trees") struct GoldenStructureTests {
  @Test(
    "hidden Markov models",
    arguments: ["hmm-two-states", "hmm-impossible-sequence", "hmm-left-to-right-long"])
  func hiddenMarkov(name: String) throws {
    let golden = try GoldenCase(name)
    let emission = try #require(golden.spec["emission"]?["probabilities"]).matrix
    let model = try HiddenMarkovModel(
      initial: try #require(golden.spec["initial"]).numbers,
      transition: try #require(golden.spec["transition"]).matrix, emission: emission)
    var counts = HiddenMarkovCounts(model: model)
    var evidence: [Double] = []
    var marginals: [Double] = []
    for row in try #require(golden.spec["observations"]).elements {
      let sequence = try model.observing(row.numbers.map { Int($0) })
      let chain = ForwardBackward(sequence.potentials).posterior
      evidence.append(chain.logPartition.value)
      marginals += (chain.stateMarginals ?? []).joined()
      counts.add(chain, observations: sequence.observations)
      #expect(
        abs(scannedIfShort(sequence) - chain.logPartition.value) <= 1e-9
          || chain.logPartition.value == -.infinity)
    }
    try golden.expect(evidence, "logEvidence")
    if golden.expected["stateMarginals"] != nil { try golden.expect(marginals, "stateMarginals") }
    let expectedCounts = try #require(golden.expected["expectedCounts"])
    let got = counts.initial + counts.transition.joined()
    let want =
      try #require(expectedCounts["initial"]).numbers
      + #require(expectedCounts["transition"]).numbers
    #expect(got.count == want.count)
    for (g, w) in zip(got, want) { #expect(abs(g - w) <= golden.tolerance * max(1, abs(w))) }
  }

  private func scannedIfShort(_ sequence: HiddenMarkovSequence) -> Double {
    sequence.length > 64
      ? ForwardBackward(sequence.potentials).logPartition.value
      : scannedLogPartition(sequence.potentials).value
  }

  @Test("hidden Markov model with normal emissions") func gaussian() throws {
    let golden = try GoldenCase("hmm-gaussian")
    let emission = try #require(golden.spec["emission"])
    let model = try GaussianHiddenMarkovModel(
      initial: try #require(golden.spec["initial"]).numbers,
      transition: try #require(golden.spec["transition"]).matrix,
      means: try #require(emission["means"]).numbers,
      variances: try #require(emission["variances"]).numbers)
    var evidence: [Double] = []
    var marginals: [Double] = []
    for row in try #require(golden.spec["observations"]).elements {
      let chain = ForwardBackward(try model.potentials(observing: row.numbers)).posterior
      let paths = enumeratedPosterior(states: 3, length: row.numbers.count) {
        model.logJoint(states: $0, observations: row.numbers)
      }
      #expect(
        abs(chain.logPartition.value - paths.logPartition.value)
          <= chain.logPartition.roundingBound + paths.logPartition.roundingBound)
      evidence.append(chain.logPartition.value)
      marginals += (chain.stateMarginals ?? []).joined()
    }
    try golden.expect(evidence, "logEvidence")
    try golden.expect(marginals, "stateMarginals")
  }

  @Test("grammars", arguments: ["pcfg-attachment", "pcfg-catalan", "pcfg-random-four"])
  func grammar(name: String) throws {
    let golden = try GoldenCase(name)
    let rules = try #require(golden.spec["rules"]).elements.map { rule in
      let right = try #require(rule["right"]).elements.map(\.text)
      return Grammar.Rule(
        try #require(rule["left"]).text,
        right.count == 2 ? .pair(right[0], right[1]) : .word(right[0]),
        try #require(rule["probability"]).number)
    }
    let grammar = try Grammar(start: try #require(golden.spec["start"]).text, rules: rules)
    var counts = [Double](repeating: 0, count: rules.count)
    var evidence: [Double] = []
    for row in try #require(golden.spec["observations"]).elements {
      let posterior = GrammarPosterior(of: Sentence(grammar, row.elements.map(\.text)))
      evidence.append(posterior.logEvidence.value)
      for (rule, count) in (posterior.expectedCounts ?? []).enumerated() { counts[rule] += count }
    }
    try golden.expect(evidence, "logEvidence")
    try golden.expect(counts, "expectedCounts")
  }

  @Test(
    "spanning trees",
    arguments: [
      "spanning-tree-three-words", "spanning-tree-five-words-single-root",
      "spanning-tree-uniform-cayley", "spanning-tree-wide-range",
    ])
  func spanningTree(name: String) throws {
    let golden = try GoldenCase(name)
    let model = try SpanningTreeModel(
      scores: try #require(golden.spec["scores"]).matrix,
      singleRoot: golden.spec["singleRoot"] == .bool(true))
    let posterior = SpanningTreePosterior(of: model)
    try golden.expect([posterior.logPartition.value], "logPartition")
    try golden.expect((posterior.edgeMarginals ?? []).flatMap { $0 }, "edgeMarginals")
  }
}
