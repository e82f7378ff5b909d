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
    var (w, steps, isClose) = (Vector(zeros: model.dimension), 0, false)
    var curvature = model.newton(at: w).curvature
    while steps < 10_000 {
      let derivatives = model.newton(at: w)
      curvature = derivatives.curvature
      let step = Vector(
        try LinearAlgebra.choleskySolve(
          order: w.count, curvature.array, right: derivatives.gradient.array))
      w += model.climbing(step, from: w, slope: step.dot(derivatives.gradient))
      steps += 1
      // Where a step gains less than this, the one after it ends at the last digit.
      if isClose { break }
      isClose = step.dot(derivatives.gradient) < 1e-18
    }
    let n = Double(w.count)
    let standard = try GaussianFactor(QuadraticPotential(linear: w, precision: curvature))
    let (root, inverse) = (model.root, model.inverseRoot)
    q = try GaussianFactor(
      mean: model.mean + root.times(w),
      covariance: root.times(standard.covariance).times(root.transposed()).symmetrised)
    negativeHessian = inverse.transposed().times(curvature).times(inverse).symmetrised
    let logJoint =
      model.logLikelihood(at: w) - 0.5 * (w.dot(w) + n * log(2 * Double.pi))
    logEvidence = logJoint + 0.5 * (n * log(2 * Double.pi) + standard.logDeterminant)
    self.steps = steps
  }
}

extension LatentGaussian {
  // listing: 09 mode-and-curvature
  /// Gradient and negated Hessian of log p(y, w), for a prior N(0, 1) of w.
  fileprivate func newton(at w: Vector) -> (gradient: Vector, curvature: Matrix) {
    let etas = naturalMeans + loadings.times(w)
    let (means, variances) = (etas.array.map(law.mean), etas.array.map(law.variance))
    let gradient = loadings.transposedTimes(counts - Vector(means)) - w
    var curvature = Matrix(identity: w.count)
    for (i, variance) in variances.enumerated() {
      curvature += variance * outer(loadings.row(i), loadings.row(i))
    }
    return (gradient, curvature)
  }
  // end of listing

  /// A step, or as much of it as climbs.
  ///
  /// A step on which no η moves by 0.3 changes no curvature by more than a third, and is taken whole: so near the
  /// top rounding would decide what climbs.
  fileprivate func climbing(_ step: Vector, from w: Vector, slope: Double) -> Vector {
    let moves = loadings.times(step).array
    if moves.allSatisfy({ abs($0) < 0.3 }) { return step }
    func height(_ w: Vector) -> Double { logLikelihood(at: w) - 0.5 * w.dot(w) }
    let here = height(w)
    var scale = 1.0
    while !(height(w + scale * step) >= here + 0.1 * scale * slope) && scale > 1e-18 { scale /= 2 }
    return scale * step
  }
}
