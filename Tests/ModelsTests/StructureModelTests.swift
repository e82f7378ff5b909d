import GSL
import Probability
import Testing

@testable import Models

@Suite("Structured models: what they refuse") struct StructureRefusalTests {
  func refusal(_ make: () throws -> some Any) throws -> String {
    "\(try #require(#expect(throws: ModelError.self) { _ = try make() }))"
  }

  @Test("hidden Markov models") func hiddenMarkov() throws {
    let half = [[0.5, 0.5], [0.5, 0.5]]
    #expect(
      try refusal { try HiddenMarkovModel(initial: [0.5, 0.4], transition: half, emission: half) }
        == "initial: expected probabilities that sum to 1, found a sum of 0.9")
    #expect(
      try refusal {
        try HiddenMarkovModel(initial: [0.5, 0.5], transition: [[0.5, 0.5]], emission: half)
      } == "transition: expected 2 entries, found 1")
    #expect(
      try refusal {
        try HiddenMarkovModel(
          initial: [0.5, 0.5], transition: half, emission: [[0.5, 0.5], [0.5, 0.25, 0.25]])
      } == "emission[1]: expected 2 entries, found 3")
    #expect(
      try refusal {
        try HiddenMarkovModel(
          initial: [0.5, 0.5], transition: [[0.5, 0.5], [-1, 2]], emission: half)
      } == "transition[1][0]: expected a probability between 0 and 1, found -1.0")
    let model = try HiddenMarkovModel(initial: [0.5, 0.5], transition: half, emission: half)
    #expect(
      try refusal { try model.observing([0, 2]) }
        == "observations[1]: expected an index from 0 to 1, found 2")
    #expect(try refusal { try model.observing([]) }.hasPrefix("observations: "))
    #expect(
      try refusal {
        try GaussianHiddenMarkovModel(
          initial: [1], transition: [[1]], means: [0], variances: [0])
      } == "variances[0]: expected a positive number, found 0.0")
  }

  @Test("chains") func chains() throws {
    #expect(
      try refusal {
        try ChainPotentials(nodes: [[0, 0], [0, .nan]], edges: [[[0, 0], [0, 0]]])
      }
        == "nodes[1][1]: expected a number or −∞, found nan")
    #expect(
      try refusal { try ChainPotentials(nodes: [[0, 0], [0, 0]], edges: []) }
        == "edges: expected 1 entries, found 0")
  }

  @Test("grammars") func grammars() throws {
    #expect(
      try refusal { try Grammar(start: "S", rules: [.init("A", .word("a"), 1)]) }
        == "start: expected a symbol that has rules, found \"S\"")
    #expect(
      try refusal { try Grammar(start: "S", rules: [.init("S", .pair("S", "X"), 1)]) }
        == "rules[0].right[1]: expected a symbol that has rules, found \"X\"")
    #expect(
      try refusal {
        try Grammar(start: "S", rules: [.init("S", .word("a"), 0.5), .init("S", .word("a"), 0.5)])
      } == "rules[1]: expected distinct rules, found this one before")
    #expect(
      try refusal { try Grammar(start: "S", rules: [.init("S", .word("a"), 0.5)]) }
        == "rules[0].probability: expected the rules of \"S\" to sum to 1, found a sum of 0.5")
    #expect(
      try refusal { try Grammar(start: "S", rules: [.init("S", .word("a"), .nan)]) }
        == "rules[0].probability: expected a probability between 0 and 1, found nan")
  }

  @Test("a tree whose rules do not fit together") func derivations() throws {
    let grammar = try Grammar(
      start: "S",
      rules: [.init("S", .pair("A", "A"), 1), .init("A", .word("a"), 1)])
    let good = DerivationTree.pair(rule: 0, .word(rule: 1), .word(rule: 1))
    #expect(try grammar.yield(of: good) == ["a", "a"])
    #expect(
      try refusal { try grammar.yield(of: .pair(rule: 0, good, .word(rule: 1))) }
        == "rule 0: expected a branch for \"A\", found \"S\"")
    #expect(try refusal { try grammar.yield(of: .word(rule: 0)) }.hasPrefix("rule 0: "))
    #expect(try refusal { try grammar.yield(of: .word(rule: 5)) }.hasPrefix("rule: "))
  }

  @Test("a grammar that never ends meets the cap") func endless() throws {
    let grammar = try Grammar(start: "S", rules: [.init("S", .pair("S", "S"), 1)])
    var sampler = try Sampler(seed: 1)
    #expect(throws: ChoiceError.tooManyChoices(cap: 50)) {
      try grammar.sample(cap: 50, &sampler)
    }
  }

  @Test("spanning trees") func trees() throws {
    #expect(
      try refusal { try SpanningTreeModel(scores: [[0]], singleRoot: false) }.hasPrefix("scores: "))
    #expect(
      try refusal { try SpanningTreeModel(scores: [[0, 1], [0]], singleRoot: false) }
        == "scores[1]: expected 2 entries, found 1")
    #expect(
      try refusal { try SpanningTreeModel(scores: [[0, .nan], [0, 0]], singleRoot: false) }
        == "scores[0][1]: expected a number or −∞, found nan")
    // Column 0 and the diagonal may hold anything.
    let odd = try SpanningTreeModel(scores: [[.nan, 1], [.nan, .nan]], singleRoot: false)
    #expect(odd.score(heads: [0]) == 1)
    #expect(odd.score(heads: [1]) == -.infinity)
  }

  @Test("belief nets") func beliefNets() throws {
    #expect(
      try refusal { try BayesNet([.init("a", parents: [0], table: [[0.5, 0.5]])]) }
        == "variables[0].parents[0]: expected a variable listed before number 0, found 0")
    #expect(
      try refusal {
        try BayesNet([.init("a", table: [[0.5, 0.5]]), .init("b", parents: [0], table: [[1, 0]])])
      } == "variables[1].table: expected 2 entries, found 1")
  }
}

@Suite("Structured models: ancestral sampling has the law of the joint") struct StructureLawTests {
  @Test("hidden Markov models") func hiddenMarkov() throws {
    let model = HiddenMarkovSequence.threeStates.model
    var outcomes = 0
    try forEachOutcome(of: { try model.sample(length: 3, &$0) }) { drawn, probability in
      outcomes += 1
      let joint = exp(model.logJoint(states: drawn.states, observations: drawn.observations))
      #expect(abs(joint - probability) <= 32 * Double.ulpOfOne * probability)
    }
    #expect(outcomes == 6 * 6 * 6)
  }

  @Test("the chain of a sequence scores a path as the model does") func chain() throws {
    for index in 0..<40 {
      var cases = try Cases(seed: 2, stream: UInt64(index))
      let sequence = try HiddenMarkovSequence.random(&cases)
      let path = try sequence.observations.map { _ in
        try cases.choose(below: sequence.model.stateCount)
      }
      let (one, two) = (sequence.logJoint(path), sequence.potentials.score(path))
      #expect(abs(one - two) <= 32 * Double.ulpOfOne * abs(one))
    }
  }

  @Test("grammars: probabilities of all short derivations, and what is left for longer ones")
  func grammar() throws {
    // S → S S (.25) | a (.75) ends with probability 1; the samples of at most three rules are
    // a (.75) and a a (.25 · .75²).
    let grammar = try Grammar(
      start: "S", rules: [.init("S", .pair("S", "S"), 0.25), .init("S", .word("a"), 0.75)])
    var sampler = try Sampler(seed: 4)
    for _ in 0..<50 {
      let derivation = try grammar.sample(&sampler)
      let words = try grammar.yield(of: derivation)
      let n = Double(words.count)
      let expected = (n - 1) * log(0.25) + n * log(0.75)
      #expect(
        abs(grammar.logProbability(of: derivation) - expected)
          <= 4 * (2 * n) * Double.ulpOfOne * max(1, abs(expected)))
    }
  }

  @Test("belief nets") func beliefNet() throws {
    for index in 0..<20 {
      var cases = try Cases(seed: 6, stream: UInt64(index))
      let net = try BayesNet.random(variables: 4, &cases)
      let coverage = try forEachOutcome(of: { try net.sample(&$0) }) { values, probability in
        #expect(abs(exp(net.logJoint(values)) - probability) <= 32 * Double.ulpOfOne * probability)
      }
      #expect(coverage.outcomes == net.jointStateCount)
    }
  }

  @Test("history in the tables: the joint over states and the next symbol sums to one")
  func history() throws {
    var cases = try Cases(seed: 8, stream: 0)
    let model = try HistoryHiddenMarkovModel.random(states: 2, symbols: 2, length: 3, &cases)
    var total = CompensatedSum()
    for word in 0..<8 {
      let variant = try HistoryHiddenMarkovModel(
        initialScores: model.initialScores, transitionScores: model.transitionScores,
        transitionPull: model.transitionPull, emissionScores: model.emissionScores,
        emissionPull: model.emissionPull, observations: [word & 1, word >> 1 & 1, word >> 2])
      for path in 0..<8 { total.add(exp(variant.logJoint([path & 1, path >> 1 & 1, path >> 2]))) }
    }
    #expect(abs(total.value - 1) <= 64 * Double.ulpOfOne)
  }

  @Test("word alignment: model 1 and the chain are laws over words") func alignment() throws {
    var cases = try Cases(seed: 10, stream: 0)
    let pair = try WordAlignment.random(positions: 3, words: 2, vocabulary: 2, &cases)
    var (one, chain) = (0.0, 0.0)
    for words in [[0, 0], [0, 1], [1, 0], [1, 1]] {
      let variant = try WordAlignment(
        translation: pair.translation, jumps: pair.jumps, words: words)
      for first in 0..<3 {
        for second in 0..<3 {
          one += exp(variant.logJointOfModelOne([first, second]))
          chain += exp(variant.hiddenMarkovSequence.logJoint([first, second]))
        }
      }
    }
    #expect(abs(one - 1) <= 64 * Double.ulpOfOne)
    #expect(abs(chain - 1) <= 64 * Double.ulpOfOne)
  }
}
