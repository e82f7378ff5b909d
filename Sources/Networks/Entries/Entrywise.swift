// How differentiation is organised in this room, in order of priority:
//
// 1. Every operation on a whole vector or matrix has a derivative written out beside it and
//    registered with `@derivative`. The compiler only composes them; it never differentiates a loop
//    over entries, which would be slow and hard to read in a debugger.
// 2. A vector's tangent is a vector, a matrix's tangent is a matrix: a gradient is printed, added
//    and compared like the thing it is the gradient of.
// 3. `AdditiveArithmetic` wants one `zero` for all shapes. It is the one without entries, and
//    everything linear (`+`, `-`, products, `dot`, `sum`) treats it as the zero of whatever shape
//    the other operand has. The gradient with respect to something unused is that zero.
//
// Shapes that do not fit are a programmer's error, not a user's: readers of models validate first.
// An operation on them, and an entry that is not there, has no number for an answer: it is NaN.

public import _Differentiation

/// Numbers in places, a vector or a matrix, and what is done to them place by place.
///
/// What fits no shape is NaN in every entry, which every further operation keeps.
public protocol Entrywise: Differentiable, AdditiveArithmetic, Hashable, Sendable
where TangentVector == Self {
  /// The entries, in the order in which they are stored.
  var array: [Double] { get }
  /// Whether this is the value without entries, the zero of every shape.
  var isEmpty: Bool { get }
  /// The same shape with other entries; NaN everywhere if there are not as many.
  func withEntries(_ entries: [Double]) -> Self
  /// Whether the entries of another value stand in the same places.
  func hasShape(of other: Self) -> Bool
}

extension Entrywise {
  /// The same shape without a number in it.
  var withoutNumbers: Self { withEntries(Array(repeating: .nan, count: array.count)) }

  /// Applies a function to every entry; not differentiable, for use inside operations.
  @inline(__always)
  func mapped(_ function: (Double) -> Double) -> Self {
    var result = array
    for index in result.indices {
      result[index] = function(result[index])
    }
    return withEntries(result)
  }

  /// Applies a function to pairs of entries; not differentiable, for use inside operations.
  @inline(__always)
  func zipped(_ other: Self, _ function: (Double, Double) -> Double) -> Self {
    guard hasShape(of: other) else { return withoutNumbers }
    let others = other.array
    var result = array
    for index in result.indices {
      result[index] = function(result[index], others[index])
    }
    return withEntries(result)
  }

  /// The same value with the shape of `other` if it is the zero without entries.
  ///
  /// A gradient with respect to something unused has no entries; this gives it its zeros.
  public func filled(like other: Self) -> Self {
    isEmpty ? other.mapped { _ in 0 } : self
  }

  /// Moves the entries along a direction.
  public mutating func move(by offset: Self) {
    self = adding(offset)
  }
}
