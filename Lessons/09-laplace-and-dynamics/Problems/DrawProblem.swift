import Exact
import GSL
import LessonKit
import Models
import Probability

/// A switching system and a q(z) of a few trajectories, so that every set of draws can be visited.
struct DrawProblem: Sendable {
  /// The system; what was seen of it does not matter here.
  let system: SwitchProblem
  /// The trajectories z₀ … z_(T−1) that q(z) consists of.
  let trajectories: [[Double]]
  /// How probable each is.
  let probabilities: [Double]

  /// E_q(z) of something.
  func mean(_ something: ([Double]) -> Double) -> Double {
    zip(probabilities, trajectories).reduce(0) { $0 + $1.0 * something($1.1) }
  }

  /// The mean over every list of S draws.
  func mean(draws count: Int, of estimate: ([[Double]]) throws -> [Double]) throws -> [Double] {
    var total: [Double] = []
    func visit(_ draws: [[Double]], _ weight: Double) throws {
      if draws.count == count {
        let value = try estimate(draws)
        if total.isEmpty { total = value.map { _ in 0 } }
        for (i, number) in value.enumerated() where i < total.count { total[i] += weight * number }
        return
      }
      for (path, probability) in zip(trajectories, probabilities) {
        try visit(draws + [path], weight * probability)
      }
    }
    try visit([], 1)
    return total
  }

  /// log N(z_t; A_k z_(t−1), Q_k) for one trajectory, a row for each t from 1 on.
  func logMoves(_ path: [Double]) -> [[Double]] {
    zip(path, path.dropFirst()).map { before, after in
      system.moves.map {
        NormalLaw(mean: $0.dynamics * before, variance: $0.noise).logDensity(after)
      }
    }
  }

  /// E_q(z)[log N(z_t; A_k z_(t−1), Q_k)], the same rows.
  var expectedLogs: [[Double]] {
    let all = trajectories.map(logMoves)
    return (all.first ?? []).indices.map { t in
      system.moves.indices.map { k in
        zip(probabilities, all).reduce(0) { $0 + $1.0 * $1.1[t][k] }
      }
    }
  }

  /// The marginals of the law of paths ∝ p(r) exp Σ_t potentialr_t(r_t), path by path.
  func marginals(_ potentials: [[Double]]) throws -> [[Double]] {
    let table = try system.table
    let weights = table.paths.indices.map { i in
      let path = table.paths[i]
      return exp(
        potentials.indices.reduce(table.logPriors[i]) { $0 + potentials[$1][path[$1 + 1]] })
    }
    let whole = weights.reduce(0, +)
    return table.marginals(of: weights.map { $0 / whole })
  }
}

extension DrawProblem {
  /// One step from z₀ = 1: stay at zero or stay at one, and a z₁ that is 0 or 2.
  static func twoPoints() throws -> DrawProblem {
    DrawProblem(
      system: try SwitchProblem(
        initialState: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]], variance: 1,
        moves: [(0, 1), (1, 1)], emission: 1, noise: 1, observations: [0, 0],
        start: [[0.5, 0.5], [0.5, 0.5]]), trajectories: [[1, 0], [1, 2]], probabilities: [0.5, 0.5])
  }

  /// Two or three trajectories of two or three steps.
  static func random(_ cases: inout Cases) throws -> DrawProblem {
    let (steps, count) = (try cases.integer(2...3), try cases.integer(2...3))
    return DrawProblem(
      system: try SwitchProblem(
        initialState: try cases.simplex(2),
        transition: try (0..<2).map { _ in try cases.simplex(2) }, variance: 1,
        moves: try (0..<2).map { _ in
          (try cases.real(from: -0.8, to: 0.9), try cases.real(from: 0.4, to: 1.2))
        }, emission: 1, noise: 1, observations: Array(repeating: 0, count: steps),
        start: Array(repeating: [0.5, 0.5], count: steps)),
      trajectories: try (0..<count).map { _ in try cases.reals(steps, from: -2, to: 2) },
      probabilities: try cases.simplex(count))
  }
}

extension DrawProblem: Shown {
  /// The chain, what each of its states does, and q(z).
  var givens: [Given] {
    let chain = system.sequence.system
    return [
      Given("π_k", chain.initialState), Given("B_jk", chain.transition),
      Given("A_k", system.moves.map(\.dynamics)), Given("Q_k", system.moves.map(\.noise)),
      Given("trajectories of q(z)", trajectories), Given("their probabilities", probabilities),
    ]
  }
}
