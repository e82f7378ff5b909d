import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// The gradient of the log marginal as expected counts, and the ways to get it wrong.
  static let logMarginalGradient: Exercise<any LogMarginalGradient, HiddenMarkovSequence> =
    Exercise(
      .logMarginalGradient,
      answer: ExpectedCounts(),
      mistakes: [
        Mistake(
          "filters-in-place-of-smoothing", "p(z_t | x_1…x_t): the forward message alone",
          FiltersOnly()),
        Mistake(
          "counts-the-best-path", "counts along the best path: hard EM, not the gradient",
          CountsTheBestPath()),
        Mistake(
          "forgets-the-evidence", "weighs steps by p(z, x), not divided by p(x)", WeighsByTheJoint()
        ),
        Mistake(
          "by-the-probability", "∂/∂ initial in place of ∂/∂ log initial", ByTheProbability()),
        Mistake(
          "counts-under-the-prior", "E[counts] without x: what the sleep phase sees", PriorCounts()),
        Mistake(
          "emission-of-the-next-step", "pairs p(z_t | x) with x_{t+1}", EmissionOfTheNextStep()),
      ])
}

/// The expected counts of the library.
private struct ExpectedCounts: LogMarginalGradient {
  func initial(_ sequence: HiddenMarkovSequence) -> [Double] { counts(sequence).initial }
  func transition(_ sequence: HiddenMarkovSequence) -> [[Double]] { counts(sequence).transition }
  func emission(_ sequence: HiddenMarkovSequence) -> [[Double]] { counts(sequence).emission }

  private func counts(_ sequence: HiddenMarkovSequence) -> HiddenMarkovCounts {
    HiddenMarkovPosterior(of: sequence).expectedCounts
  }
}

/// What a mistake leaves alone is what the library does.
private protocol SpoiltCounts: LogMarginalGradient {}

extension SpoiltCounts {
  func initial(_ sequence: HiddenMarkovSequence) -> [Double] {
    ExpectedCounts().initial(sequence)
  }
  func transition(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    ExpectedCounts().transition(sequence)
  }
  func emission(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    ExpectedCounts().emission(sequence)
  }
}

/// Σ over the steps of how much each state counts, put where its observation belongs.
private func emissionCounts(
  _ sequence: HiddenMarkovSequence, _ marginals: [[Double]], symbol: (Int) -> Int
) -> [[Double]] {
  var counts = sequence.model.emission.map { $0.map { _ in 0.0 } }
  for (step, row) in marginals.enumerated() {
    for (state, share) in row.enumerated() {
      counts[state][sequence.observations[symbol(step)]] += share
    }
  }
  return counts
}

private struct FiltersOnly: SpoiltCounts {
  func initial(_ sequence: HiddenMarkovSequence) -> [Double] { filter(sequence)[0] }
  func emission(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    emissionCounts(sequence, filter(sequence)) { $0 }
  }

  private func filter(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    ForwardBackward(sequence.potentials).forward.map { row in
      let total = logSumExp(row)
      return row.map { exp($0 - total) }
    }
  }
}

private struct CountsTheBestPath: LogMarginalGradient {
  func initial(_ sequence: HiddenMarkovSequence) -> [Double] {
    let path = bestPath(sequence)
    return sequence.model.initial.indices.map { $0 == path[0] ? 1 : 0 }
  }

  func transition(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    var counts = sequence.model.transition.map { $0.map { _ in 0.0 } }
    let path = bestPath(sequence)
    for (from, to) in zip(path, path.dropFirst()) { counts[from][to] += 1 }
    return counts
  }

  func emission(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    let rows = bestPath(sequence).map { state in
      sequence.model.initial.indices.map { $0 == state ? 1.0 : 0 }
    }
    return emissionCounts(sequence, rows) { $0 }
  }

  private func bestPath(_ sequence: HiddenMarkovSequence) -> [Int] {
    let chain = sequence.potentials
    var best: [(score: Double, path: [Int])] = chain.nodes[0].indices.map {
      (chain.nodes[0][$0], [$0])
    }
    for (step, table) in chain.edges.enumerated() {
      best = chain.nodes[step + 1].indices.map { k in
        let ways = best.indices.map { best[$0].score + table[$0][k] }
        let from = ways.indices.max { ways[$0] < ways[$1] } ?? 0
        return (ways[from] + chain.nodes[step + 1][k], best[from].path + [k])
      }
    }
    return best.max { $0.score < $1.score }?.path ?? []
  }
}

private struct WeighsByTheJoint: SpoiltCounts {
  func transition(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    let posterior = HiddenMarkovPosterior(of: sequence)
    let evidence = exp(posterior.logEvidence.value)
    return posterior.expectedCounts.transition.map { $0.map { $0 * evidence } }
  }
}

private struct ByTheProbability: SpoiltCounts {
  func initial(_ sequence: HiddenMarkovSequence) -> [Double] {
    zip(ExpectedCounts().initial(sequence), sequence.model.initial).map { $0 / $1 }
  }
}

private struct PriorCounts: SpoiltCounts {
  func initial(_ sequence: HiddenMarkovSequence) -> [Double] { sequence.model.initial }
}

private struct EmissionOfTheNextStep: SpoiltCounts {
  func emission(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    let marginals = HiddenMarkovPosterior(of: sequence).stateMarginals ?? []
    return emissionCounts(sequence, marginals) { min($0 + 1, sequence.length - 1) }
  }
}
