import GSL
public import Networks

/// A decoder of one number into one, along a curve: y | x ~ N(curve(x), variance).
public struct CurveDecoder: SlopedObservation, Equatable {
  /// The curve.
  public enum Curve: Sendable, Equatable {
    /// slope · x.
    case line(Double)
    /// x²/2.
    case halfSquare
    /// sin(frequency · x).
    case sine(Double)

    /// Its height.
    public func callAsFunction(_ x: Double) -> Double {
      switch self {
      case .line(let slope): slope * x
      case .halfSquare: 0.5 * x * x
      case .sine(let frequency): sin(frequency * x)
      }
    }

    /// Its slope.
    public func slope(_ x: Double) -> Double {
      switch self {
      case .line(let slope): slope
      case .halfSquare: x
      case .sine(let frequency): frequency * cos(frequency * x)
      }
    }
  }

  /// The mean of y as a function of x.
  public let curve: Curve
  /// The variance of y given x.
  public let variance: Double

  /// A decoder with noise of positive variance.
  public init(_ curve: Curve, variance: Double) throws(ModelError) {
    guard variance > 0, variance.isFinite else {
      throw ModelError("variance", "expected a positive number, found \(variance)")
    }
    self.init(curve, checkedVariance: variance)
  }

  package init(_ curve: Curve, checkedVariance variance: Double) {
    self.curve = curve
    self.variance = variance
  }

  /// 1.
  public var latentCount: Int { 1 }
  /// 1.
  public var outputCount: Int { 1 }

  /// log N(y; curve(x), variance).
  public func logDensity(of y: Vector, at x: Vector) -> Double {
    let misfit = y[0] - curve(x[0])
    return -0.5 * (misfit * misfit / variance + log(2 * Double.pi * variance))
  }

  /// (y − curve(x)) curve′(x) / variance.
  public func slope(of y: Vector, at x: Vector) -> Vector {
    Vector([(y[0] - curve(x[0])) * curve.slope(x[0]) / variance])
  }
}
