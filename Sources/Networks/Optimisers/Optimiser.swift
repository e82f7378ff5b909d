public import _Differentiation

/// A rule that turns gradients into steps; it remembers what it needs from earlier ones.
///
/// An optimiser is a value: a copy of it remembers separately. Whether a step goes up or down is in
/// the name of the method, and nowhere else: `descend` is `ascend` along the negative gradient.
public protocol Optimiser: Sendable {
  /// The step to take when the function increases in a direction, as a list of changes.
  mutating func step(up direction: [Double]) -> [Double]
}

extension Optimiser {
  /// Moves the parameters so that the function with this gradient increases.
  public mutating func ascend<Model: Parameters>(
    _ parameters: inout Model, along gradient: Model.TangentVector
  ) {
    parameters.add(step(up: parameters.flat(gradient)))
  }

  /// Moves the parameters so that the function with this gradient decreases.
  public mutating func descend<Model: Parameters>(
    _ parameters: inout Model, along gradient: Model.TangentVector
  ) {
    parameters.add(step(up: parameters.flat(gradient).map { -$0 }))
  }
}

extension Optimiser {
  /// The memory of earlier steps; of zeros before the first one, and for a direction of another
  /// length than theirs.
  func memory(_ earlier: [Double], for direction: [Double]) -> [Double] {
    earlier.count == direction.count ? earlier : Array(repeating: 0, count: direction.count)
  }
}
