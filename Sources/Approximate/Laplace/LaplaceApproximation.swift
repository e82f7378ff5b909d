public import GSL
public import Models
public import Networks
public import Probability

/// The Gaussian at the mode of p(z|y), as wide as the curvature there says.
///
/// ```
/// ẑ = argmax log p(y, z)      −H = P + Fᵀ·diag(Var[y_i|η_i])·F      q = N(ẑ, (−H)⁻¹)
/// log p(y) ≈ log p(y, ẑ) + (d/2) log 2π − ½ log|−H|
/// ```
/// The second line is the integral of the parabola that touches log p(y, z) at ẑ. It may lie on either side of
/// log p(y). Reference: MacKay 2003, chapter 27.
public struct LaplaceApproximation: Sendable, Equatable {
  /// N(ẑ, (−H)⁻¹).
  public let q: GaussianFactor
  /// −H, the negated Hessian of log p(y, z) at ẑ.
  public let negativeHessian: Matrix
  /// log p(y) if the log joint were the parabola.
  public let logEvidence: Double
  /// How many of Newton's steps were taken.
  public let steps: Int

  /// By Newton's method; a step that does not climb is halved.
  public init(of model: LatentGaussian) throws(GSLError) {
    // In w, where z = mean + root·w, the prior is N(0, 1), and no direction is flatter than it.
    let white = model.whitened
    var (w, steps, isClose) = (white.mean, 0, false)
    while steps < 10_000 {
      let step = try white.newtonStep(from: w) - w
      let gain = step.dot(white.derivatives(at: w).slope)
      w += white.climbing(step, from: w, gain: gain)
      steps += 1
      // Where a step gains less than this, the one after it ends at the last digit.
      if isClose { break }
      isClose = gain < 1e-18
    }
    let curvature = white.derivatives(at: w).curvature
    let covariance = try LaplaceApproximation.covariance(curvature)
    let (root, inverse) = (model.root, model.inverseRoot)
    q = try GaussianFactor(
      mean: model.mean + root.times(w),
      covariance: root.times(covariance).times(root.transposed()).symmetrised)
    negativeHessian = inverse.transposed().times(curvature).times(inverse).symmetrised
    logEvidence = try LaplaceApproximation.logEvidence(
      logJoint: white.logJoint(w.array), curvature)
    self.steps = steps
  }
}

extension LaplaceApproximation {
  // listing: 09 mode-and-curvature
  /// (−H)⁻¹: what e^(−½ zᵀ·(−H)·z) has for a covariance.
  package static func covariance(_ curvature: Matrix) throws(GSLError) -> Matrix {
    try GaussianFactor(
      QuadraticPotential(linear: Vector(zeros: curvature.rows), precision: curvature)
    ).covariance
  }

  /// log p(y, ẑ) + ½ d log 2π − ½ log|−H|.
  package static func logEvidence(
    logJoint: Double, _ curvature: Matrix
  ) throws(GSLError) -> Double {
    let d = Double(curvature.rows)
    let determinant = try LinearAlgebra.logDeterminant(order: curvature.rows, curvature.array)
    return logJoint + 0.5 * (d * log(2 * Double.pi) - determinant.logMagnitude)
  }
}

extension LatentGaussian {
  /// Slope and negated Hessian of log p(y, z).
  package func derivatives(at z: Vector) -> (slope: Vector, curvature: Matrix) {
    let etas = offset + features.times(z)
    let (means, variances) = (etas.array.map(law.mean), etas.array.map(law.variance))
    let slope = features.transposedTimes(counts - Vector(means)) - precision.times(z - mean)
    var curvature = precision
    for (i, variance) in variances.enumerated() {
      curvature += variance * outer(features.row(i), features.row(i))
    }
    return (slope, curvature)
  }

  /// The top of the parabola that touches log p(y, z) at z.
  package func newtonStep(from z: Vector) throws(GSLError) -> Vector {
    let (slope, curvature) = derivatives(at: z)
    return z
      + Vector(
        try LinearAlgebra.choleskySolve(order: z.count, curvature.array, right: slope.array))
  }
  // end of listing

  /// A step, or as much of it as climbs.
  ///
  /// A step on which no η moves by 0.3 changes no curvature by more than a third, and is taken whole: so near the
  /// top rounding would decide what climbs.
  fileprivate func climbing(_ step: Vector, from z: Vector, gain: Double) -> Vector {
    let moves = features.times(step).array
    if moves.allSatisfy({ abs($0) < 0.3 }) { return step }
    let here = logJoint(z.array)
    var scale = 1.0
    while !(logJoint((z + scale * step).array) >= here + 0.1 * scale * gain) && scale > 1e-18 {
      scale /= 2
    }
    return scale * step
  }
}
