import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

extension Page {
  /// EM on bits: both steps, and the ways to get them wrong.
  static let expectationMaximisation: Exercise<any EMSteps, BitsProblem> = Exercise(
    .expectationMaximisation,
    answer: LibrarySteps(),
    derivation: [freeEnergyMoves, twoSweeps],
    mistakes: [
      Mistake(
        "hard-assignments", "gives each datum to its most probable component (k-means)",
        HardAssignments()),
      Mistake(
        "e-step-forgets-the-weights", "likelihoods normalised, without the weights",
        EStepForgetsTheWeights()),
      Mistake(
        "responsibilities-not-normalised", "the joint p(x, z) in place of the posterior",
        NotNormalised()),
      Mistake(
        "normalised-over-the-data", "a softmax along the wrong axis: Σ_n r_nk = 1",
        NormalisedOverTheData()),
      Mistake(
        "weights-not-normalised", "weights_k = N_k, not N_k / N", WeightsNotNormalised()),
      Mistake(
        "means-divided-by-n", "p_kd = Σ_n r_nk x_nd / N, not / N_k", MeansDividedByN()),
      Mistake(
        "objective-at-the-old-parameters",
        "an M-step on E_q[log p(x, z|θ_old)], where θ does not occur: nothing moves",
        source: "E-036", ObjectiveAtTheOldParameters()),
      Mistake(
        "pseudo-counts", "(Σ_n r_nk x_nd + 1) / (N_k + 2): a prior mode under the name of EM",
        PseudoCounts()),
      Mistake("weights-kept", "updates the components and forgets the weights", WeightsKept()),
    ])
}

/// The library's steps, so that a mistake replaces one and keeps the other.
private protocol RightSteps: EMSteps {}

extension RightSteps {
  func responsibilities(_ mixture: BernoulliMixture, _ data: [[Double]]) -> [[Double]] {
    mixture.responsibilities(for: data)
  }
  func maximised(
    _ mixture: BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]
  ) throws -> BernoulliMixture {
    try mixture.maximised(by: responsibilities, over: data)
  }
}

private struct LibrarySteps: RightSteps {}

// MARK: Lines to read

extension Page {
  private static var freeEnergyMoves: Line<any EMSteps, BitsProblem> {
    Line(
      "old-parameters-cannot-climb",
      "F(q, θ′) ≠ E_q[log p(x, z|θ_old)] + H(q), as printed",
      because: "the printed right side has no θ in it; what it cannot see is the M-step's gain",
      claims: ["A-145"]
    ) { steps, problem in
      let q = problem.responsibilities
      let best = try steps.maximised(problem.mixture, q, problem.data)
      let share = Tally(q).counts[0] / Double(problem.data.count) - problem.mixture.weights[0]
      // Pinsker: N KL(π′‖π) ≥ 2 N (π′_1 − π_1)².
      return .different(
        freeEnergy(best, q, problem.data), freeEnergy(problem.mixture, q, problem.data),
        by: gainOfMStep(problem.mixture, q, problem.data),
        atLeast: 2 * Double(problem.data.count) * share * share, magnitude: 20)
    }
  }

  private static var twoSweeps: Line<any EMSteps, BitsProblem> {
    Line(
      "two-sweeps", "log p(x|θ₂) ≥ log p(x|θ₀),  by the sum of all gains",
      because: "each sweep's rise is known exactly, and none is negative", claims: ["A-006"]
    ) { steps, problem in
      var mixture = problem.mixture
      var gains = 0.0
      for _ in 0..<2 {
        let exact = posteriors(mixture, problem.data)
        gains += gainOfMStep(mixture, exact, problem.data)
        let rows = steps.responsibilities(mixture, problem.data)
        mixture = try steps.maximised(mixture, rows, problem.data)
        gains += divergence(exact, posteriors(mixture, problem.data))
      }
      return .atLeast(
        exactLogEvidence(of: mixture, problem.data).value,
        exactLogEvidence(of: problem.mixture, problem.data).value, gap: gains, terms: 128,
        magnitude: 20)
    }
  }
}

// MARK: Mistakes

private struct HardAssignments: RightSteps {
  func responsibilities(_ mixture: BernoulliMixture, _ data: [[Double]]) -> [[Double]] {
    mixture.responsibilities(for: data).map { row in
      let winner = row.indices.max { row[$0] < row[$1] }
      return row.indices.map { $0 == winner ? 1 : 0 }
    }
  }
}

private struct EStepForgetsTheWeights: RightSteps {
  func responsibilities(_ mixture: BernoulliMixture, _ data: [[Double]]) -> [[Double]] {
    data.map { datum in
      let scores = mixture.weights.indices.map { mixture.logLikelihood($0, datum) }
      let normaliser = logSumExp(scores)
      return scores.map { exp($0 - normaliser) }
    }
  }
}

private struct NotNormalised: RightSteps {
  func responsibilities(_ mixture: BernoulliMixture, _ data: [[Double]]) -> [[Double]] {
    data.map { datum in
      mixture.weights.indices.map { mixture.weights[$0] * exp(mixture.logLikelihood($0, datum)) }
    }
  }
}

private struct NormalisedOverTheData: RightSteps {
  func responsibilities(_ mixture: BernoulliMixture, _ data: [[Double]]) -> [[Double]] {
    let joints = NotNormalised().responsibilities(mixture, data)
    let totals = mixture.weights.indices.map { k in joints.reduce(0) { $0 + $1[k] } }
    return joints.map { row in row.indices.map { row[$0] / totals[$0] } }
  }
}

private struct WeightsNotNormalised: RightSteps {
  func maximised(
    _ mixture: BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]
  ) throws -> BernoulliMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    return try BernoulliMixture(
      weights: best.weights.map { $0 * Double(data.count) }, probabilities: best.probabilities)
  }
}

private struct MeansDividedByN: RightSteps {
  func maximised(
    _ mixture: BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]
  ) throws -> BernoulliMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    return try BernoulliMixture(
      weights: best.weights,
      probabilities: zip(best.weights, best.probabilities).map { weight, row in
        row.map { $0 * weight }
      })
  }
}

private struct ObjectiveAtTheOldParameters: RightSteps {
  func maximised(
    _ mixture: BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]
  ) throws -> BernoulliMixture { mixture }
}

private struct PseudoCounts: RightSteps {
  func maximised(
    _ mixture: BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]
  ) throws -> BernoulliMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    let total = Double(data.count)
    return try BernoulliMixture(
      weights: best.weights,
      probabilities: zip(best.weights, best.probabilities).map { weight, row in
        row.map { ($0 * weight * total + 1) / (weight * total + 2) }
      })
  }
}

private struct WeightsKept: RightSteps {
  func maximised(
    _ mixture: BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]
  ) throws -> BernoulliMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    return try BernoulliMixture(weights: mixture.weights, probabilities: best.probabilities)
  }
}
