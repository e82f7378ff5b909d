import GSL
public import Networks
public import Probability

/// A decoder that is a linear map: what it says of a state is a potential, exactly.
///
/// ```
/// y | x ~ N(W·x + b, diag(v))
/// log p(y | x) = ψ(x) + constant,     J = Wᵀ·diag(1/v)·W,     h = Wᵀ·diag(1/v)·(y − b)
/// ```
public struct LinearDecoder: SlopedObservation, Equatable {
  /// W, a row an output.
  public let weights: Matrix
  /// b.
  public let bias: Vector
  /// v, the variance of each output.
  public let variances: Vector

  /// A decoder with positive variances.
  public init(weights: [[Double]], bias: [Double], variances: [Double]) throws(ModelError) {
    try Validate.notEmpty("weights", weights.count)
    try Validate.count("bias", bias.count, expected: weights.count)
    try Validate.count("variances", variances.count, expected: weights.count)
    try Validate.finite("bias", bias)
    for (d, row) in weights.enumerated() {
      try Validate.count("weights[\(d)]", row.count, expected: weights[0].count)
      try Validate.finite("weights[\(d)]", row)
    }
    for (d, variance) in variances.enumerated() where !(variance > 0 && variance.isFinite) {
      throw ModelError("variances[\(d)]", "expected a positive number, found \(variance)")
    }
    self.weights = Matrix(weights)
    self.bias = Vector(bias)
    self.variances = Vector(variances)
  }

  init(checkedWeights: Matrix, bias: Vector, variances: Vector) {
    weights = checkedWeights
    self.bias = bias
    self.variances = variances
  }

  /// d.
  public var latentCount: Int { weights.columns }
  /// D.
  public var outputCount: Int { weights.rows }

  /// log N(y; W·x + b, diag(v)).
  public func logDensity(of y: Vector, at x: Vector) -> Double {
    let misfit = y - bias - weights.times(x)
    return -0.5 * (misfit * misfit / variances + log(2 * Double.pi * variances)).sum()
  }

  /// Wᵀ·diag(1/v)·(y − b − W·x).
  public func slope(of y: Vector, at x: Vector) -> Vector {
    weights.transposedTimes((y - bias - weights.times(x)) / variances)
  }

  /// 1/v.
  public var precisions: Vector { Vector(repeating: 1, count: outputCount) / variances }

  /// What y says of x, as the potential that log p(y | x) is.
  public func potential(of y: Vector) -> QuadraticPotential {
    QuadraticPotential(
      linear: weights.transposedTimes((y - bias) / variances),
      precision: weights.transposed().times(Matrix(diagonal: precisions).times(weights)))
  }

  /// log p(y | x = 0), what the potential leaves out.
  public func logConstant(of y: Vector) -> Double {
    logDensity(of: y, at: Vector(zeros: latentCount))
  }
}
