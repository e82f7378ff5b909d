public import _Differentiation

/// A function applied to every entry between two linear maps.
public enum Activation: String, Sendable, CaseIterable {
  /// The entries as they are.
  case identity
  /// The logistic function 1 / (1 + e⁻ˣ).
  case sigmoid
  /// The smooth ramp log(1 + eˣ).
  case softplus
  /// The hyperbolic tangent.
  case tanh

  /// The function's value at every entry.
  @differentiable(reverse,wrt: input)
  public func callAsFunction(_ input: Vector) -> Vector {
    switch self {
    case .identity: input
    case .sigmoid: Networks.sigmoid(input)
    case .softplus: Networks.softplus(input)
    case .tanh: Networks.tanh(input)
    }
  }
}

/// A network with one hidden layer, output(activation(hidden(x))).
///
/// Also the pattern of a struct of parameters: what is learned is a `var`, what is chosen is a
/// `@noDerivative let`.
public struct Perceptron: Sendable, Hashable, Differentiable {
  /// The map from the input to the hidden layer.
  public var hidden: Linear
  /// The map from the hidden layer to the output.
  public var output: Linear
  /// The function in between.
  @noDerivative public let activation: Activation

  /// Creates the network from its parts.
  public init(hidden: Linear, activation: Activation = .tanh, output: Linear) {
    self.hidden = hidden
    self.activation = activation
    self.output = output
  }

  /// Creates a network with random weights and no shifts; the caller draws the numbers.
  public init(
    inputs: Int, hidden: Int, outputs: Int, activation: Activation = .tanh,
    drawing standardNormal: () -> Double
  ) {
    self.hidden = Linear(inputs: inputs, outputs: hidden, drawing: standardNormal)
    self.activation = activation
    output = Linear(inputs: hidden, outputs: outputs, drawing: standardNormal)
  }

  /// The output at an input.
  @differentiable(reverse)
  public func callAsFunction(_ input: Vector) -> Vector {
    output(activation(hidden(input)))
  }
}

extension Perceptron: Parameters {
  /// Shows the hidden map, then the output map.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    hidden.visit(&tour, beside: direction.hidden)
    output.visit(&tour, beside: direction.output)
  }
}
