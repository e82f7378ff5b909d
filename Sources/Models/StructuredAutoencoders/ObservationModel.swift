public import Networks

/// How a latent state is seen: p(y | x), by a decoder that may be a network.
public protocol ObservationModel: Sendable {
  /// d, the numbers in a state.
  var latentCount: Int { get }
  /// D, the numbers in an observation.
  var outputCount: Int { get }
  /// log p(y | x).
  func logDensity(of y: Vector, at x: Vector) -> Double
}

/// An observation whose likelihood has a slope in the state, which is all that reparameterised gradients ask.
public protocol SlopedObservation: ObservationModel {
  /// ∇_x log p(y | x).
  func slope(of y: Vector, at x: Vector) -> Vector
}
