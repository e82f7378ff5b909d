import GSL
import Models
import Probability
import Testing

@testable import Exact

/// The bounds of fast routes against sums with 32 digits: two routes in doubles share their roundings between them, so
/// that one bound could be zero and the other hold them both.
@Suite("Bounds on rounding: against 32 digits") struct RoundingBoundDigitsTests {
  private typealias Comparison = RoundingBoundTests.Comparison

  /// The logarithm of a sum that is known to 32 digits.
  private static func logarithm(_ sum: DoubleDouble) -> ExactValue {
    ExactValue(sum.logarithm.high, roundingBound: 0)
  }

  // Catches: a bound of zero for the messages of a chain, in plain doubles or in log space.
  @Test("Chains: all paths with 32 digits") func chains() throws {
    var (forward, messages, scaled) = (Comparison(), Comparison(), Comparison())
    for seed in RoundingBoundTests.seeds {
      var cases = try Cases(seed: seed, stream: 21)
      let chain = try HiddenMarkovSequence.random(steps: 5...5, &cases).chain
      var sum = DoubleDouble(0)
      forEachPath(states: chain.stateCount, length: chain.length) { path in
        var weight = DoubleDouble(chain.initial[path[0]])
        for (i, j) in zip(path, path.dropFirst()) {
          weight = weight * DoubleDouble(chain.transition[i][j])
        }
        for (t, state) in path.enumerated() {
          weight = weight * DoubleDouble(chain.logEmission(t, state)).exponential
        }
        sum += weight
      }
      let wanted = Self.logarithm(sum * DoubleDouble(chain.logScale).exponential)
      forward.add(chain.exactLogEvidence, wanted)
      messages.add(ObservedChainPosterior(of: chain).logEvidence, wanted)
      scaled.add(try #require(ObservedChainPosterior(scaled: chain)).logEvidence, wanted)
    }
    forward.expectTrueAndClose("the forward recursion")
    messages.expectTrueAndClose("messages in log space")
    scaled.expectTrueAndClose("the kernel")
  }

  // Catches: a bound of zero for the messages of a random field.
  @Test("Random fields on chains: all paths with 32 digits") func fields() throws {
    var partition = Comparison()
    for seed in RoundingBoundTests.seeds {
      var cases = try Cases(seed: seed, stream: 25)
      let chain = try ChainPotentials.random(states: 3, length: 4, &cases)
      var sum = DoubleDouble(0)
      forEachPath(states: 3, length: 4) { path in
        var score = DoubleDouble(chain.nodes[0][path[0]])
        for t in 1..<4 {
          score += DoubleDouble(chain.edges[t - 1][path[t - 1]][path[t]])
          score += DoubleDouble(chain.nodes[t][path[t]])
        }
        if score.high > -.infinity { sum += score.exponential }
      }
      partition.add(ForwardBackward(chain).logPartition, Self.logarithm(sum))
    }
    partition.expectTrueAndClose("log Z")
  }

  // Catches: a bound of zero for the elimination of the matrix-tree theorem.
  @Test("Trees: all trees with 32 digits") func trees() throws {
    var (scaled, plain) = (Comparison(), Comparison())
    for seed in RoundingBoundTests.seeds {
      var cases = try Cases(seed: seed, stream: 22)
      let model = try SpanningTreeModel.random(words: 3, singleRoot: seed % 2 == 0, &cases)
      var sum = DoubleDouble(0)
      forEachPath(states: 4, length: 3) { heads in
        guard Self.isTree(heads), !model.singleRoot || heads.count(where: { $0 == 0 }) == 1 else {
          return
        }
        sum += heads.enumerated().reduce(DoubleDouble(1)) {
          $0 * DoubleDouble(model.scores[$1.element][$1.offset + 1]).exponential
        }
      }
      let wanted = Self.logarithm(sum)
      scaled.add(try #require(SpanningTreePosterior(scaled: model)).logEvidence, wanted)
      plain.add(SpanningTreePosterior(of: model).logEvidence, wanted)
    }
    scaled.expectTrueAndClose("the kernel")
    plain.expectTrueAndClose("elimination in log space")
  }

  /// Whether every word of a list of heads leads to the root, 0.
  private static func isTree(_ heads: [Int]) -> Bool {
    heads.indices.allSatisfy { word in
      var node = word + 1
      for _ in heads where node > 0 { node = heads[node - 1] }
      return node == 0
    }
  }

  // Catches: a bound of zero for the sum over the settings of a network's top.
  @Test("Belief networks: all settings with 32 digits") func networks() throws {
    var (factorised, visited) = (Comparison(), Comparison())
    for seed in RoundingBoundTests.seeds {
      var cases = try Cases(seed: seed, stream: 23)
      let network = try SigmoidBeliefNetwork.random(units: [4, 3], &cases)
      let seen = try (0..<3).map { _ in try cases.flip(0.5) }
      let layer = network.layers[0]
      var sum = DoubleDouble(0)
      forEachPath(states: 2, length: 4) { top in
        var term = zip(top, network.bias).reduce(DoubleDouble(1)) {
          $0 * Self.probability($1.0 == 1, DoubleDouble($1.1))
        }
        for (unit, isOn) in seen.enumerated() {
          let activation = top.indices.filter { top[$0] == 1 }.reduce(
            DoubleDouble(layer.bias[unit])
          ) {
            $0 + DoubleDouble(layer.weights[$1][unit])
          }
          term = term * Self.probability(isOn, activation)
        }
        sum += term
      }
      let wanted = Self.logarithm(sum)
      factorised.add(
        try #require(BeliefNetworkPosterior(factorising: network, seen)).logEvidence, wanted)
      visited.add(try BeliefNetworkPosterior(enumerating: network, seen).logEvidence, wanted)
    }
    factorised.expectTrueAndClose("the kernel")
    visited.expectTrueAndClose("all settings")
  }

  /// σ(a) of a unit that is on, σ(−a) of one that is off.
  private static func probability(_ isOn: Bool, _ activation: DoubleDouble) -> DoubleDouble {
    DoubleDouble(1) / (DoubleDouble(1) + (isOn ? -activation : activation).exponential)
  }

  // Catches: an inside algorithm that says it does not round.
  @Test("Sentences: all derivations with 32 digits") func sentences() throws {
    var inside = Comparison()
    for seed in RoundingBoundTests.seeds {
      var cases = try Cases(seed: seed, stream: 24)
      let sentence = try Sentence.random(&cases)
      var (search, sum) = (DerivationSearch(sentence, budget: .max), DoubleDouble(0))
      _ = search.run { rules in
        sum += rules.reduce(DoubleDouble(1)) {
          $0 * DoubleDouble(sentence.grammar.rules[$1].probability)
        }
      }
      guard sum.high > 0 else { continue }
      inside.add(GrammarPosterior(of: sentence).logEvidence, Self.logarithm(sum))
    }
    inside.expectTrueAndClose("inside")
  }

  // Catches: a mean that takes the logarithms of its weights for exact ones.
  @Test("A mean under weights of 1 : 2 whose logarithms are near 1000") func tally() {
    var means = Comparison()
    for step in 0..<20 {
      let scale = 1000 + 0.37 * Double(step)
      var tally = LogTally<Double>(parts: 1)
      tally.add(scale, values: [0])
      tally.add((DoubleDouble(scale) + DoubleDouble(2).logarithm).high, values: [1])
      let mean = tally.means?[0] ?? .nan
      let allowed = tally.roundingBound(ofMean: mean, Roundings(ofItsSize: 1, ofOne: 0))
      means.add(
        ExactValue(mean, roundingBound: allowed),
        ExactValue((DoubleDouble(2) / DoubleDouble(3)).high, roundingBound: .ulpOfOne / 2))
    }
    means.expectTrueAndClose("E[v]")
  }

  // Catches: an exponential that has not the digits that the others are measured with.
  @Test("The exponential that measures has 28 digits") func exponential() {
    for x in [-20.0, -1.5, -1e-3, 0, 0.7, 3, 12] {
      let back = DoubleDouble(x).exponential.logarithm - DoubleDouble(x)
      #expect(abs(back.high) <= 1e-28 * max(1, abs(x)), "\(x)")
    }
  }
}

extension DoubleDouble {
  /// e^x = (e^(x/1024))^1024, and that by its series.
  fileprivate var exponential: DoubleDouble {
    let small = self / DoubleDouble(1024)
    var (sum, term) = (DoubleDouble(1), DoubleDouble(1))
    for k in 1...16 {
      term = term * small / DoubleDouble(Double(k))
      sum += term
    }
    for _ in 0..<10 { sum = sum * sum }
    return sum
  }
}
