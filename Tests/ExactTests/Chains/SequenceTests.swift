import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Sequences: dynamic programs against enumeration") struct SequenceTests {
  static func numbers(_ posterior: HiddenMarkovPosterior) -> [Double] {
    [posterior.logEvidence.value] + (posterior.stateMarginals ?? []).joined()
      + (posterior.pairMarginals ?? []).joined().joined() + posterior.expectedCounts.flattened
  }

  static let messages = Route<HiddenMarkovSequence>("forward-backward") {
    numbers(HiddenMarkovPosterior(of: $0))
  }
  static let paths = Route<HiddenMarkovSequence>("enumeration of paths") {
    numbers(.enumerated(of: $0))
  }

  /// Forward-backward on a chain that was put together wrongly.
  static func messages(
    _ name: String, _ spoil: @escaping @Sendable (HiddenMarkovSequence) -> ChainPotentials
  ) -> Route<HiddenMarkovSequence> {
    Route(name) { numbers(HiddenMarkovPosterior(ForwardBackward(spoil($0)).posterior, of: $0)) }
  }

  /// Enumeration with a log joint or a range of paths that is wrong.
  static func paths(
    _ name: String, _ logJoint: @escaping @Sendable (HiddenMarkovSequence, [Int]) -> Double
  ) -> Route<HiddenMarkovSequence> {
    Route(name) { sequence in
      numbers(
        HiddenMarkovPosterior(
          enumeratedPosterior(states: sequence.model.stateCount, length: sequence.length) {
            logJoint(sequence, $0)
          }, of: sequence))
    }
  }

  static let spoiltChains = [
    messages("the transition is transposed") { sequence in
      let chain = sequence.potentials
      return ChainPotentials(
        checkedNodes: chain.nodes,
        edges: chain.edges.map { table in
          table.indices.map { i in table.indices.map { table[$0][i] } }
        })
    },
    messages("every emission is that of the step before") { sequence in
      let shifted = HiddenMarkovSequence(
        model: sequence.model,
        checkedObservations: [sequence.observations[0]] + sequence.observations.dropLast())
      return shifted.potentials
    },
    messages("the last emission is forgotten") { sequence in
      let chain = sequence.potentials
      let last =
        chain.length == 1 ? sequence.model.initial.map { log($0) } : chain.nodes[0].map { _ in 0 }
      return ChainPotentials(checkedNodes: chain.nodes.dropLast() + [last], edges: chain.edges)
    },
    messages("the initial law is left out") { sequence in
      let chain = sequence.potentials
      let first = sequence.model.emission.map { log($0[sequence.observations[0]]) }
      return ChainPotentials(checkedNodes: [first] + chain.nodes.dropFirst(), edges: chain.edges)
    },
    Route("the backward message leaves out the emission of its own step") { sequence in
      let chain = sequence.potentials
      let forward = ForwardBackward(chain)
      let bare = ForwardBackward(
        ChainPotentials(
          checkedNodes: chain.nodes.map { $0.map { _ in 0 } }, edges: chain.edges))
      var answer = numbers(HiddenMarkovPosterior(of: sequence))
      for (place, row) in forward.forward.enumerated() {
        let total = logSumExp(zip(row, bare.backward[place]).map { $0 + $1 })
        for (k, message) in row.enumerated() {
          answer[1 + place * row.count + k] = exp(message + bare.backward[place][k] - total)
        }
      }
      return answer
    },
    Route("one step too few") { sequence in
      guard sequence.length > 1 else { return [] }
      let short = HiddenMarkovSequence(
        model: sequence.model, checkedObservations: Array(sequence.observations.dropLast()))
      return [HiddenMarkovPosterior(of: short).logEvidence.value]
        + numbers(HiddenMarkovPosterior(of: sequence)).dropFirst()
    },
  ]

  static let spoiltPaths = [
    paths("the first state emits nothing") { sequence, path in
      sequence.logJoint(path) - log(sequence.model.emission[path[0]][sequence.observations[0]])
    },
    paths("paths that never change their state are skipped") { sequence, path in
      path.allSatisfy { $0 == path[0] } ? -.infinity : sequence.logJoint(path)
    },
    paths("the last path is missed") { sequence, path in
      path.allSatisfy { $0 == sequence.model.stateCount - 1 } ? -.infinity : sequence.logJoint(path)
    },
    paths("the path is read backwards") { sequence, path in
      sequence.logJoint(path.reversed())
    },
  ]

  @Test("forward-backward is the sum over paths, and a fault in either is noticed")
  func forwardBackwardAgainstPaths() throws {
    try expectAgreement(
      Self.messages, Self.paths, faultsInOne: Self.spoiltChains + [Self.messages.offByAPercent()],
      faultsInOther: Self.spoiltPaths + [Self.paths.offByAPercent()], roundings: 200
    ) { try .random(&$0) }
  }

  @Test("the scan gives every forward message, in a logarithmic number of rounds")
  func scanAgainstRecursion() throws {
    let recursion = Route<ChainPotentials>("recursion") { Array(forwardMessages($0).joined()) }
    let scan = Route<ChainPotentials>("scan") {
      Array(scannedForwardMessages($0).messages.joined())
    }
    let leftToRight = Route<ChainPotentials>("the scan with its operands exchanged") { chain in
      let steps =
        [Array(repeating: chain.nodes[0], count: chain.stateCount)]
        + chain.edges.indices.map { t in
          chain.edges[t].map { row in zip(row, chain.nodes[t + 1]).map { $0 + $1 } }
        }
      let scanned = prefixScan(steps) { left, right in
        right.map { row in
          left[0].indices.map { k in logSumExp(row.indices.map { row[$0] + left[$0][k] }) }
        }
      }
      return scanned.prefixes.flatMap { $0[0] }
    }
    let unshared = Route<ChainPotentials>("the recursion that forgets the first edge") { chain in
      let edges = [chain.nodes.map { _ in 0 }].map { _ in chain.edges[0].map { $0.map { _ in 0.0 } }
      }
      return Array(
        forwardMessages(
          ChainPotentials(checkedNodes: chain.nodes, edges: edges + chain.edges.dropFirst())
        ).joined())
    }
    try expectAgreement(
      recursion, scan, faultsInOne: [unshared, recursion.offByAPercent()],
      faultsInOther: [leftToRight, scan.offByAPercent()], roundings: 200
    ) { try .random(states: 3, length: $0.integer(2...9), &$0) }
  }

  @Test(
    "a scan of T places takes ⌈log₂ T⌉ rounds", arguments: [(1, 0), (2, 1), (3, 2), (8, 3), (9, 4)])
  func rounds(length: Int, expected: Int) {
    let scan = prefixScan(Array(1...length)) { $0 + $1 }
    #expect(scan.rounds == expected)
    #expect(scan.prefixes == (1...length).map { $0 * ($0 + 1) / 2 })
  }

  @Test("a chain with history in its tables is still a chain")
  func history() throws {
    let chain = Route<HistoryHiddenMarkovModel>("forward") {
      [ForwardBackward($0.potentials).logPartition.value]
    }
    let paths = Route<HistoryHiddenMarkovModel>("paths") { model in
      [
        enumeratedPosterior(
          states: model.initialScores.count, length: model.observations.count,
          logJoint: model.logJoint
        ).logPartition.value
      ]
    }
    let forgetful = Route<HistoryHiddenMarkovModel>("forward without the pull of the history") {
      [ForwardBackward($0.withoutHistory.potentials).logPartition.value]
    }
    try expectAgreement(
      chain, paths, faultsInOne: [forgetful, chain.offByAPercent()],
      faultsInOther: [paths.offByAPercent()], roundings: 200
    ) { try .random(states: 3, symbols: 2, length: 4, &$0) }
  }

  @Test("a conditional random field: the partition function is the sum over labellings")
  func conditionalRandomField() throws {
    let messages = Route<ChainPotentials>("messages") { ForwardBackward($0).posterior.numbers }
    let paths = Route<ChainPotentials>("paths") { enumeratedPosterior(of: $0).numbers }
    let local = Route<ChainPotentials>("each place normalised by itself") { chain in
      [chain.nodes.reduce(0) { $0 + logSumExp($1) }]
        + enumeratedPosterior(of: chain).numbers.dropFirst()
    }
    try expectAgreement(
      messages, paths, faultsInOne: [local, messages.offByAPercent()],
      faultsInOther: [paths.offByAPercent()], roundings: 200
    ) { try .random(states: $0.integer(2...3), length: $0.integer(2...5), &$0) }
  }

  @Test("an impossible sequence has evidence −∞, no posterior, and no counts")
  func impossible() throws {
    let model = try HiddenMarkovModel(
      initial: [1, 0], transition: [[0.5, 0.5], [0, 1]], emission: [[1, 0], [0, 1]])
    for observations in [[0, 1, 0], [1, 1]] {
      let sequence = try model.observing(observations)
      for posterior in [HiddenMarkovPosterior(of: sequence), .enumerated(of: sequence)] {
        #expect(posterior.logEvidence.value == -.infinity)
        #expect(posterior.stateMarginals == nil && posterior.pairMarginals == nil)
        #expect(posterior.expectedCounts == HiddenMarkovCounts(model: model))
      }
    }
  }

  @Test("probabilities far below the smallest double are no trouble")
  func longSequence() throws {
    let sequence = try HiddenMarkovSequence.threeStates.model.observing(
      (0..<5000).map { $0 * $0 % 3 == 0 ? 0 : 1 })
    let posterior = HiddenMarkovPosterior(of: sequence)
    #expect(posterior.logEvidence.value < -2000)
    let counts = posterior.expectedCounts
    // Counts of transitions are one fewer than steps; 5000 places, each summed from rounded shares.
    let allowed = 5000 * 64 * Double.ulpOfOne * abs(posterior.logEvidence.value)
    #expect(abs(counts.transition.joined().reduce(0, +) - 4999) < allowed)
    #expect(abs(counts.emission.joined().reduce(0, +) - 5000) < allowed)
  }
}

extension ChainPosterior {
  var numbers: [Double] {
    [logPartition.value] + (stateMarginals ?? []).joined() + (pairMarginals ?? []).joined().joined()
  }
}
