import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// What is computed on chains, as functions that can be exchanged one by one.
struct ChainFunctions: Sendable {
  /// log p(x) of a model whose tables depend on the symbols so far.
  var historyEvidence: @Sendable (HistoryHiddenMarkovModel) -> Double = {
    ForwardBackward($0.potentials).logPartition.value
  }
  /// log Z of a conditional random field.
  var logPartition: @Sendable (ChainPotentials) -> Double = {
    ForwardBackward($0).logPartition.value
  }
  /// How many terms the recursion puts into sums.
  var terms: @Sendable (ChainPotentials) -> Int = { chain in
    var terms = 0
    _ = forwardMessages(chain, countingTerms: &terms)
    return terms
  }
  /// Forward messages by a parallel scan, and its rounds.
  var scan: @Sendable (ChainPotentials) -> (messages: [[Double]], rounds: Int) = {
    scannedForwardMessages($0)
  }
}

/// A chain, and a sequence whose tables read its history.
struct ChainProblem: Sendable {
  var chain: ChainPotentials
  var history: HistoryHiddenMarkovModel

  static let example = ChainProblem(
    chain: .fourPlaces,
    history: .threeSteps)

  static func draw(_ cases: inout Cases) throws -> ChainProblem {
    ChainProblem(
      chain: try .random(states: cases.integer(2...3), length: cases.integer(4...5), &cases),
      history: try .random(states: 2, symbols: 2, length: cases.integer(2...4), &cases))
  }
}

extension Page {
  /// What else is a chain, what the recursion costs, and how to run it in parallel.
  static let chains: Exercise<ChainFunctions, ChainProblem> = Exercise(
    Sheet(
      id: "chains", title: "What is a chain, and what it costs", task: "", hints: [],
      example: .example, draw: ChainProblem.draw,
      lines: [
        historyIsAChain, fieldIsAChain, workIsLinear, scanIsTheRecursion, scanIsShallow,
      ]),
    answer: ChainFunctions(), mistakes: chainMistakes)

  private static let historyIsAChain: Line<ChainFunctions, ChainProblem> = Line(
    "history", "log p(x) = log Σ_z Π_t p(z_t|z_{t−1}, x_{<t}) p(x_t|z_t, x_{<t})",
    because: "given x the history is known: tables that read it change from step to step, no more",
    claims: ["A-239", "A-241"]
  ) { functions, problem in
    let model = problem.history
    let paths = enumeratedPosterior(
      states: model.initialScores.count, length: model.observations.count, logJoint: model.logJoint)
    return .equal(functions.historyEvidence(model), paths.logPartition.value, magnitude: 20)
  }

  private static let fieldIsAChain: Line<ChainFunctions, ChainProblem> = Line(
    "random-field", "log Z = log Σ_z exp(Σ_t node_t(z_t) + edge_t(z_t, z_{t+1}))",
    because: "the recursion never asks that anything sum to one", claims: ["A-241"]
  ) { functions, problem in
    .equal(
      functions.logPartition(problem.chain),
      enumeratedPosterior(of: problem.chain).logPartition.value, magnitude: 20)
  }

  private static let workIsLinear: Line<ChainFunctions, ChainProblem> = Line(
    "work", "terms added = K + (T − 1) K²   (paths: K^T)",
    because: "every step asks each of K states about each of its K predecessors", claims: ["A-231"]
  ) { functions, problem in
    let (k, t) = (problem.chain.stateCount, problem.chain.length)
    return .equalCounts(functions.terms(problem.chain), k + (t - 1) * k * k)
  }

  private static let scanIsTheRecursion: Line<ChainFunctions, ChainProblem> = Line(
    "scan", "α_t = (M_1 ⊗ … ⊗ M_t)(any row, ·)",
    because: "⊗ is associative, so products of neighbours may be formed in any order",
    claims: ["A-236"]
  ) { functions, problem in
    .equal(
      Array(functions.scan(problem.chain).messages.joined()),
      Array(forwardMessages(problem.chain).joined()), magnitude: 20)
  }

  private static let scanIsShallow: Line<ChainFunctions, ChainProblem> = Line(
    "scan-rounds", "rounds ⌈log₂ T⌉ ≠ T − 1, the steps of the recursion",
    because: "each round doubles the stretch that a product covers", claims: ["A-236"]
  ) { functions, problem in
    let length = problem.chain.length
    var rounds = 0
    while 1 << rounds < length { rounds += 1 }
    return .different(
      Double(functions.scan(problem.chain).rounds), Double(length - 1),
      by: Double(rounds - (length - 1)), atLeast: 1)
  }

  private static let chainMistakes: [Mistake<ChainFunctions>] = [
    Mistake(
      "forgets-the-history", "reads the tables without what the earlier symbols add",
      change {
        $0.historyEvidence = { ForwardBackward($0.withoutHistory.potentials).logPartition.value }
      }),
    Mistake(
      "normalises-each-place", "Σ_t log Σ_k exp(node_t(k)): as if the places were independent",
      change { $0.logPartition = { $0.nodes.reduce(0) { $0 + logSumExp($1) } } }),
    Mistake(
      "one-predecessor-each", "counts T K terms: every state asked about itself only",
      change { $0.terms = { $0.length * $0.stateCount } }),
    Mistake(
      "multiplies-in-the-wrong-order", "the scan with its operands exchanged",
      change {
        $0.scan = { chain in
          let reversed = ChainFunctions.steps(chain)
          let scan = prefixScan(reversed) { ChainFunctions.logProduct($1, $0) }
          return (scan.prefixes.map { $0[0] }, scan.rounds)
        }
      }),
    Mistake(
      "scans-one-by-one", "takes in one neighbour a round: right, but no faster than the recursion",
      change { $0.scan = { (forwardMessages($0), $0.length - 1) } }),
  ]

  private static func change(_ spoil: (inout ChainFunctions) -> Void) -> ChainFunctions {
    var functions = ChainFunctions()
    spoil(&functions)
    return functions
  }
}

extension ChainFunctions {
  /// One matrix for every place, the first with equal rows.
  fileprivate static func steps(_ chain: ChainPotentials) -> [[[Double]]] {
    var steps = [Array(repeating: chain.nodes[0], count: chain.stateCount)]
    for (t, table) in chain.edges.enumerated() {
      steps.append(table.map { row in zip(row, chain.nodes[t + 1]).map { $0 + $1 } })
    }
    return steps
  }

  fileprivate static func logProduct(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
    left.map { row in
      right.indices.map { k in logSumExp(row.indices.map { row[$0] + right[$0][k] }) }
    }
  }
}
