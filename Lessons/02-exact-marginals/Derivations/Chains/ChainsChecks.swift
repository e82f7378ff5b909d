import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `chains`: what else is a chain, what the recursion costs, and how to run it in parallel.
enum ChainsDerivation {
  /// What is computed on chains.
  struct Parts: Sendable {
    /// log p(x) of a model whose tables depend on the symbols so far.
    var historyEvidence: @Sendable (HistoryHiddenMarkovModel) -> Double
    /// log Z of a conditional random field.
    var logPartition: @Sendable (ChainPotentials) -> Double
    /// How many terms the recursion puts into sums.
    var terms: @Sendable (ChainPotentials) -> Int
    /// Forward messages by a parallel scan, and its rounds.
    var scan: @Sendable (ChainPotentials) -> (messages: [[Double]], rounds: Int)
  }

  typealias Check = LessonKit.Check<Parts, ChainsProblem>

  static let checks: [Check] = [
    workIsLinear, fieldIsAChain, historyIsAChain, scanIsTheRecursion, scanIsShallow,
  ]

  static let historyIsAChain = Check(
    "history", "log p(x) = log Σ_z Π_t p(z_t|z_{t−1}, x_{<t}) p(x_t|z_t, x_{<t})",
    because: "given x the history is known: tables that read it change from step to step, no more",
    claims: ["A-239", "A-241"],
    as: .aside
  ) { parts, problem in
    let model = problem.history
    let paths = enumeratedPosterior(
      states: model.initialScores.count, length: model.observations.count, logJoint: model.logJoint)
    return .equal(parts.historyEvidence(model), paths.logPartition)
  }

  static let fieldIsAChain = Check(
    "random-field", "log Z = log Σ_z exp(Σ_t node_t(z_t) + edge_t(z_t, z_{t+1}))",
    because: "the recursion never asks that anything sum to one", claims: ["A-241"],
    as: .consequence
  ) { parts, problem in
    .equal(
      parts.logPartition(problem.chain), enumeratedPosterior(of: problem.chain).logPartition)
  }

  static let workIsLinear = Check(
    "work", "terms added = K + (T − 1) K²",
    because: "every step asks each of K states about each of its K predecessors", claims: ["A-231"],
    as: .consequence
  ) { parts, problem in
    let (k, t) = (problem.chain.stateCount, problem.chain.length)
    return .equalCounts(parts.terms(problem.chain), k + (t - 1) * k * k)
  }

  static let scanIsTheRecursion = Check(
    "scan", "α_t = (M_1 ⊗ … ⊗ M_t)(any row, ·)",
    because: "⊗ is associative, so products of neighbours may be formed in any order",
    claims: [.inPlaceOf("A-236")],
    as: .aside
  ) { parts, problem in
    .equal(
      Array(parts.scan(problem.chain).messages.joined()),
      Array(forwardMessages(problem.chain).joined()))
  }

  static let scanIsShallow = Check(
    "scan-rounds", "T − 1 ≠ ⌈log₂ T⌉, steps of the recursion and rounds of the scan",
    because: "each round doubles what a product covers; but it costs K³ terms, a step only K²",
    claims: [.against("A-236")],
    as: .consequence
  ) { parts, problem in
    let length = problem.chain.length
    var rounds = 0
    while 1 << rounds < length { rounds += 1 }
    return .different(
      Double(length - 1), Double(parts.scan(problem.chain).rounds),
      by: Double(length - 1 - rounds), atLeast: 1)
  }
}

/// A chain, and a sequence whose tables read its history.
struct ChainsProblem: Sendable {
  let chain: ChainPotentials
  let history: HistoryHiddenMarkovModel

  static let example = ChainsProblem(chain: .fourPlaces, history: .threeSteps)

  static func random(_ cases: inout Cases) throws -> ChainsProblem {
    ChainsProblem(
      chain: try .random(states: cases.integer(2...3), length: cases.integer(4...5), &cases),
      history: try .random(states: 2, symbols: 2, length: cases.integer(2...4), &cases))
  }
}
