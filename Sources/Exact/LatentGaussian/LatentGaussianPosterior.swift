public import GSL
public import Models
public import Networks
public import Probability

// ∫ p(y, z) dz over up to three numbers by the trapezoid rule in each, in coordinates in which the peak is
// a unit bump. For an analytic integrand with tails that are given up at e^−50 the error falls
// geometrically with the number of points per unit (Trefethen and Weideman 2014). How fast depends on how
// curved the density is on the scale of its peak; so the lattice is refined until a lattice that lies between
// its points, at an odd offset in each direction, gives the same sums. The offset turns the sign of what
// aliasing leaves, so the difference is of the size of the error, and the mean of the two is better than both.

/// The exact evidence and posterior of a Gaussian latent seen through counts or bits.
public struct LatentGaussianPosterior: Sendable, Equatable {
  /// log p(y).
  public let logEvidence: QuadratureValue
  /// E[z|y].
  public let mean: Vector
  /// Cov[z|y].
  public let covariance: Matrix
  /// The z of the largest p(z|y).
  public let mode: Vector
  /// E[log p(y, z)] under the posterior.
  public let meanLogJoint: QuadratureValue
  /// How far a moment may be off, on the scale of the posterior's own deviations.
  public let errorBound: Double
  /// How many points were summed.
  public let points: Double

  /// The most points that are summed.
  public static let mostPoints = 2e8

  /// By the trapezoid rule, refined until it stands still; nil where that takes too many points.
  public init?(
    of model: LatentGaussian, mostPoints: Double = LatentGaussianPosterior.mostPoints
  ) throws(GSLError) {
    let field = try PeakedField.standardised(model)
    let n = model.dimension
    let none = [Double](repeating: 0, count: n)
    let between = Array([0.5, 0.3, 0.2].prefix(n))
    var spacing = 0.5
    while true {
      guard
        let on = try LatticeSums(field, spacing: spacing, shift: none, limit: mostPoints),
        let off = try LatticeSums(field, spacing: spacing, shift: between, limit: mostPoints)
      else { return nil }
      let difference = LatentGaussianPosterior.difference(on, off)
      // Nothing that is better can be told from rounding.
      if difference <= 1e-12 {
        let height = LatentGaussianPosterior.height(of: model, at: field.centre)
        let turn = model.root.times(field.root)
        let rounding =
          8 * Double.ulpOfOne * (abs(height) + LatticeSums.depth + field.centre.dot(field.centre))
        let logVolume = LatentGaussianPosterior.logVolume(field.root) + height
        logEvidence = QuadratureValue(
          logVolume + 0.5 * (on.logMass + off.logMass), errorBound: difference + rounding)
        meanLogJoint = QuadratureValue(
          height - 0.5 * model.logDeterminant + 0.5 * (on.meanValue + off.meanValue),
          errorBound: difference + rounding)
        let shift = Vector(zip(on.mean, off.mean).map { 0.5 * ($0 + $1) })
        mean = model.mean + model.root.times(field.centre) + turn.times(shift)
        let spread = 0.5 * (Matrix(on.covariance) + Matrix(off.covariance))
        covariance = turn.times(spread).times(turn.transposed()).symmetrised
        mode = model.mean + model.root.times(field.centre)
        errorBound = difference + rounding
        points = on.points + off.points
        return
      }
      // Aliasing leaves e^(−c/h): the h that leaves 1e−14 follows, at most half at a time.
      let wanted = difference < 0.05 ? log(difference) / log(1e-14) : 0.5
      let finer = spacing * min(0.85, max(0.5, wanted))
      guard 1.2 * on.points * pow(spacing / finer, Double(n)) <= mostPoints else { return nil }
      spacing = finer
    }
  }

  /// log p(y, w) at a w, but for the volume element.
  private static func height(of model: LatentGaussian, at w: Vector) -> Double {
    model.logLikelihood(at: w)
      - 0.5 * (w.dot(w) + Double(model.dimension) * log(2 * Double.pi))
  }

  private static func logVolume(_ root: Matrix) -> Double {
    (0..<root.rows).reduce(0) { $0 + log(root[$1, $1]) }
  }

  /// The largest difference of what is asked of two lattices, relative to the posterior's own size.
  private static func difference(_ a: LatticeSums, _ b: LatticeSums) -> Double {
    var largest = max(abs(a.logMass - b.logMass), abs(a.meanValue - b.meanValue))
    let (p, q) = (a.covariance, b.covariance)
    let sizes = p.indices.map { max(1, p[$0][$0]).squareRoot() }
    for (j, (one, other)) in zip(a.mean, b.mean).enumerated() {
      largest = max(largest, abs(one - other) / sizes[j])
      for k in sizes.indices {
        largest = max(largest, abs(p[j][k] - q[j][k]) / (sizes[j] * sizes[k]))
      }
    }
    return largest.isNaN ? .infinity : largest
  }
}

extension LatentGaussianPosterior {
  /// KL(p(z|y)‖q) for a normal q, by the exact moments.
  ///
  /// ```
  /// E_p[log p(y, z)] − log p(y) − E_p[log q]
  /// E_p[log q] = −½ [d log 2π + log |V| + tr(V⁻¹·S) + (μ − m)ᵀ·V⁻¹·(μ − m)]
  /// ```
  public func kullbackLeibler(from q: GaussianFactor) throws(GSLError) -> QuadratureValue {
    let n = mean.count
    let shift = mean - q.mean
    let whole = covariance + outer(shift, shift)
    let quotient = try LinearAlgebra.choleskySolve(
      order: n, q.covariance.array, right: whole.array, rightColumns: n)
    let trace = (0..<n).reduce(0) { $0 + quotient[$1 * n + $1] }
    let logQ = -0.5 * (Double(n) * log(2 * Double.pi) + q.logDeterminant + trace)
    return QuadratureValue(
      meanLogJoint.value - logEvidence.value - logQ,
      errorBound: meanLogJoint.errorBound + logEvidence.errorBound
        + 4 * errorBound * (1 + abs(trace)))
  }
}
