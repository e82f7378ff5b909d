import GSL

// Normal noise on equally spaced points. For an integrand that is analytic in a strip |Im ε| < a
// the trapezoid rule with spacing h is off by some e^(−2πa/h) (Trefethen and Weideman 2014): halving
// the spacing squares the error. So the difference of two grids, one twice as fine as the other, is
// far above the error of the finer one, and is taken as its bound.

extension NoiseCells {
  /// N(0, 1) on equally spaced points of ±14, beyond which e^−98 of it lies.
  static func normalGrid(_ count: Int) -> NoiseCells {
    let reach = 14.0
    let spacing = 2 * reach / Double(count - 1)
    let points = (0..<count).map { -reach + spacing * Double($0) }
    return NoiseCells(
      probabilities: points.map { spacing * exp(-0.5 * $0 * $0) / sqrt(2 * Double.pi) },
      means: points, halfVariance: 0)
  }
}

/// Means and variances of a program with normal noise, by quadrature.
public struct NoiseMoments: Sendable, Equatable {
  /// E[g], component by component.
  public let means: [QuadratureValue]
  /// Var[g], component by component.
  public let variances: [QuadratureValue]
  /// The points that each noise was put on.
  public let points: Int

  /// The means alone.
  public var mean: [Double] { means.map(\.value) }
  /// The variances alone.
  public var variance: [Double] { variances.map(\.value) }
}

/// The moments of a program of normal noise, on grids that are refined until they agree.
///
/// The program must be smooth in its noise and grow no faster than a Gaussian falls. Its discrete
/// choices are enumerated.
///
/// - Parameters:
///   - noises: how many noises the program draws in a run, at most.
///   - program: the program, the same that a sampler runs.
/// - Returns: moments with bounds: what the last refinement moved, beside rounding.
/// - Throws: what the program throws.
public func noiseMoments(
  noises: Int = 1, of program: (inout CellQuadrature) throws -> [Double]
) throws -> NoiseMoments {
  let most = noises <= 1 ? 1 << 17 : noises == 2 ? 1 << 10 : 1 << 7
  var points = noises <= 1 ? 257 : noises == 2 ? 129 : 65
  var coarse = try gridMoments(points: points, of: program)
  while true {
    points = 2 * points - 1
    let fine = try gridMoments(points: points, of: program)
    let moments = NoiseMoments(from: coarse, to: fine, points: points)
    if moments.settled(fine) || 2 * points > most { return moments }
    coarse = fine
  }
}

private func gridMoments(
  points: Int, of program: (inout CellQuadrature) throws -> [Double]
) throws -> ExactMoments {
  let limits = ChoiceLimits(outcomes: 1 << 26)
  var choices = CellQuadrature(
    choices: Exhaustive(limits: limits), normal: .normalGrid(points), uniform: .uniform(points))
  var sums = MomentSums()
  let coverage = try visitAll(&choices, limits: limits) { choices in
    try sums.add(try program(&choices), weight: choices.probability)
  }
  return try sums.moments(coverage)
}

extension NoiseMoments {
  fileprivate init(from coarse: ExactMoments, to fine: ExactMoments, points: Int) {
    means = fine.mean.indices.map { i in
      QuadratureValue(
        fine.mean[i], errorBound: abs(fine.mean[i] - coarse.mean[i]) + 16 * fine.meanBound[i])
    }
    variances = fine.mean.indices.map { i in
      let (value, size) = (fine.variances[i], fine.variances[i] + fine.mean[i] * fine.mean[i])
      return QuadratureValue(
        value, errorBound: abs(value - coarse.variances[i]) + 64 * Double.ulpOfOne * size)
    }
    self.points = points
  }

  /// Whether the last refinement moved nothing that matters.
  fileprivate func settled(_ fine: ExactMoments) -> Bool {
    means.indices.allSatisfy { i in
      let size = fine.variances[i] + fine.mean[i] * fine.mean[i]
      return means[i].errorBound <= 1e-12 * (fine.magnitude[i] + Double.leastNormalMagnitude)
        && variances[i].errorBound <= 1e-12 * (size + Double.leastNormalMagnitude)
    }
  }
}
