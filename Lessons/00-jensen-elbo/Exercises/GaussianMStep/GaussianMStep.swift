import Approximate
import GSL
import LessonKit
import Models

extension Page {
  /// The M-step with Gaussians, and the ways to get it wrong.
  static let gaussianMStep: Exercise<any GaussianMStep, LineProblem> = Exercise(
    .gaussianMStep,
    answer: LibraryMStep(),
    mistakes: [
      Mistake(
        "variance-around-the-old-mean", "uses mean_k from before the step",
        VarianceAroundTheOldMean()),
      Mistake(
        "deviation-for-variance", "stores a standard deviation where a variance belongs",
        DeviationForVariance()),
      Mistake(
        "gaussian-weights-kept", "updates means and variances and forgets the weights",
        GaussianWeightsKept()),
      Mistake(
        "means-kept", "variances around the means it should have moved", MeansKept()),
    ])
}

private struct LibraryMStep: GaussianMStep {
  func maximised(
    _ mixture: GaussianMixture, _ responsibilities: [[Double]], _ data: [Double]
  ) throws -> GaussianMixture {
    try mixture.maximised(by: responsibilities, over: data)
  }
}

/// var_k + (mean′_k − mean_k)² is the mean square distance from the old mean.
private struct VarianceAroundTheOldMean: GaussianMStep {
  func maximised(
    _ mixture: GaussianMixture, _ responsibilities: [[Double]], _ data: [Double]
  ) throws -> GaussianMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    let moves = zip(best.means, mixture.means).map { $0 - $1 }
    return try GaussianMixture(
      weights: best.weights, means: best.means,
      variances: zip(best.variances, moves).map { $0 + $1 * $1 })
  }
}

private struct DeviationForVariance: GaussianMStep {
  func maximised(
    _ mixture: GaussianMixture, _ responsibilities: [[Double]], _ data: [Double]
  ) throws -> GaussianMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    return try GaussianMixture(
      weights: best.weights, means: best.means, variances: best.variances.map { sqrt($0) })
  }
}

private struct GaussianWeightsKept: GaussianMStep {
  func maximised(
    _ mixture: GaussianMixture, _ responsibilities: [[Double]], _ data: [Double]
  ) throws -> GaussianMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    return try GaussianMixture(
      weights: mixture.weights, means: best.means, variances: best.variances)
  }
}

private struct MeansKept: GaussianMStep {
  func maximised(
    _ mixture: GaussianMixture, _ responsibilities: [[Double]], _ data: [Double]
  ) throws -> GaussianMixture {
    let best = try mixture.maximised(by: responsibilities, over: data)
    let moves = zip(best.means, mixture.means).map { $0 - $1 }
    return try GaussianMixture(
      weights: best.weights, means: mixture.means,
      variances: zip(best.variances, moves).map { $0 + $1 * $1 })
  }
}
