import GSL
public import Networks
import _Differentiation

/// A decoder that is a line and a bend: y | x ~ N(line(x) + bend(x), e^s) with one variance for all outputs.
public struct NetworkDecoder: Parameters, Hashable {
  /// The line.
  public var line: Linear
  /// What departs from it.
  public var bend: Perceptron
  /// s, the logarithm of the variance.
  public var logVariance: Double

  /// A decoder by its parts.
  public init(line: Linear, bend: Perceptron, logVariance: Double) {
    self.line = line
    self.bend = bend
    self.logVariance = logVariance
  }

  /// E[y | x].
  @differentiable(reverse)
  public func mean(_ x: Vector) -> Vector { line(x) + bend(x) }

  /// log p(y | x).
  @differentiable(reverse,wrt: (self, x))
  public func logLikelihood(of y: Vector, at x: Vector) -> Double {
    let misfit = withoutDerivative(at: y) - mean(x)
    let count = withoutDerivative(at: Double(y.count))
    return -0.5 * (misfit.dot(misfit) * exp(-logVariance) + count * (logVariance + log2Pi))
  }

  /// Shows the line, the bend, then s.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    line.visit(&tour, beside: direction.line)
    bend.visit(&tour, beside: direction.bend)
    logVariance.visit(&tour, beside: direction.logVariance)
  }
}

/// log 2π.
private let log2Pi = log(2 * Double.pi)

extension NetworkDecoder: SlopedObservation {
  /// d.
  public var latentCount: Int { line.weights.columns }
  /// D.
  public var outputCount: Int { line.weights.rows }
  /// log p(y | x).
  public func logDensity(of y: Vector, at x: Vector) -> Double { logLikelihood(of: y, at: x) }
  /// ∇_x log p(y | x).
  public func slope(of y: Vector, at x: Vector) -> Vector {
    gradient(at: x) { self.logLikelihood(of: y, at: $0) }
  }
}
