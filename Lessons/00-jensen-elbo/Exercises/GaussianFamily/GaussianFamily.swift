import Approximate
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// A Gaussian q where the posterior is one, and where it is none.
  static let gaussianFamily: Exercise<any GaussianBounds, GaussianFamilyProblem> = Exercise(
    .gaussianFamily,
    answer: LibraryBounds(),
    mistakes: [
      Mistake(
        "rate-at-the-mean", "e^m in place of E_q[e^z] = e^(m + v/2)",
        source: "pytorch/examples #419 (deterministic code at test time is not the ELBO)",
        RateAtTheMean()),
      Mistake(
        "constant-of-the-divergence", "KL(q‖p) with the constant T/2, T steps, in place of d/2",
        source: "ericjang/draw #2, #6", ConstantOfTheDivergence()),
      Mistake(
        "deviation-for-variance-in-q", "reads the second number of q as a standard deviation",
        DeviationForVarianceInQ()),
      Mistake(
        "quadratic-without-half", "m² in place of ½ m² in the divergence", source: "E-014",
        QuadraticWithoutHalf()),
      Mistake(
        "mode-for-best", "mode and curvature of log p(z, y) (Laplace) as the best Gaussian",
        ModeForBest()),
    ])
}

/// The library's bounds, so that a mistake replaces one and keeps the others.
private protocol RightBounds: GaussianBounds {}

extension RightBounds {
  func elbo(_ model: PoissonCount, mean: Double, variance: Double) -> Double {
    (model.elbo(mean: mean, variance: variance) as LowerBound).value
  }
  func elbo(_ model: LinearGaussian, mean: Double, variance: Double) -> Double {
    (model.elbo(mean: mean, variance: variance) as LowerBound).value
  }
  func best(_ model: PoissonCount) -> (mean: Double, variance: Double) { model.bestGaussian() }
}

private struct LibraryBounds: RightBounds {}

/// e^(m + c) is smaller than its mean under q: the bound comes out too high.
private struct RateAtTheMean: RightBounds {
  func elbo(_ model: PoissonCount, mean: Double, variance: Double) -> Double {
    model.elbo(mean: mean, variance: variance).value + exp(mean + model.shift + 0.5 * variance)
      - exp(mean + model.shift)
  }
}

private struct ConstantOfTheDivergence: RightBounds {
  private let steps = 3.0
  func elbo(_ model: PoissonCount, mean: Double, variance: Double) -> Double {
    model.elbo(mean: mean, variance: variance).value + 0.5 * (steps - 1)
  }
  func elbo(_ model: LinearGaussian, mean: Double, variance: Double) -> Double {
    model.elbo(mean: mean, variance: variance).value + 0.5 * (steps - 1)
  }
}

private struct DeviationForVarianceInQ: RightBounds {
  func elbo(_ model: PoissonCount, mean: Double, variance: Double) -> Double {
    model.elbo(mean: mean, variance: variance * variance).value
  }
  func elbo(_ model: LinearGaussian, mean: Double, variance: Double) -> Double {
    model.elbo(mean: mean, variance: variance * variance).value
  }
}

private struct QuadraticWithoutHalf: RightBounds {
  func elbo(_ model: PoissonCount, mean: Double, variance: Double) -> Double {
    model.elbo(mean: mean, variance: variance).value - 0.5 * mean * mean
  }
  func elbo(_ model: LinearGaussian, mean: Double, variance: Double) -> Double {
    model.elbo(mean: mean, variance: variance).value - 0.5 * mean * mean
  }
}

/// The mode solves y − e^(z + c) − z = 0; the variance is one over the curvature 1 + e^(z + c).
private struct ModeForBest: RightBounds {
  func best(_ model: PoissonCount) -> (mean: Double, variance: Double) {
    var mode = 0.0
    for _ in 0..<100 {
      let rate = exp(mode + model.shift)
      mode += (Double(model.count) - rate - mode) / (1 + rate)
    }
    return (mode, 1 / (1 + exp(mode + model.shift)))
  }
}
