public import _Differentiation

/// The affine map W x + b.
public struct Linear: Sendable, Hashable {
  /// The matrix W: a row for every output, a column for every input.
  public var weights: Matrix
  /// The shift b, an entry for every output.
  public var bias: Vector

  /// Creates the map from its matrix and shift, an entry for every row of the matrix.
  public init(weights: Matrix, bias: Vector) {
    self.weights = weights
    self.bias = bias
  }

  /// Creates a map with random weights and no shift.
  ///
  /// The weights are standard normal numbers over the root of the number of inputs, so that inputs
  /// of unit variance give outputs of unit variance (LeCun, Bottou, Orr and Müller, Efficient
  /// BackProp, 1998). The caller draws the numbers: no randomness is hidden here.
  public init(inputs: Int, outputs: Int, drawing standardNormal: () -> Double) {
    let scale = 1 / Double(max(inputs, 1)).squareRoot()
    weights = Matrix(
      rows: outputs, columns: inputs,
      (0..<inputs * outputs).map { _ in scale * standardNormal() })
    bias = Vector(zeros: outputs)
  }

  /// The value of the map at an input.
  @differentiable(reverse)
  public func callAsFunction(_ input: Vector) -> Vector {
    weights.times(input) + bias
  }
}

// MARK: A gradient of the map is a pair of the same shape

extension Linear: AdditiveArithmetic, Differentiable {
  /// A direction in which the map can change is a matrix and a shift.
  public typealias TangentVector = Linear

  /// The pair without entries, the zero of every shape.
  public static var zero: Linear { Linear(weights: .zero, bias: .zero) }

  /// The sum part by part.
  public static func + (left: Linear, right: Linear) -> Linear {
    Linear(weights: left.weights + right.weights, bias: left.bias + right.bias)
  }

  /// The difference part by part.
  public static func - (left: Linear, right: Linear) -> Linear {
    Linear(weights: left.weights - right.weights, bias: left.bias - right.bias)
  }

  /// Moves the map along a direction.
  public mutating func move(by offset: Linear) {
    weights += offset.weights
    bias += offset.bias
  }
}

extension Linear: Parameters {
  /// Shows the matrix, row after row, then the shift.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: Linear) {
    weights.visit(&tour, beside: direction.weights)
    bias.visit(&tour, beside: direction.bias)
  }
}
