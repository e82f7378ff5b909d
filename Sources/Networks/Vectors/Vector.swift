// How differentiation is organised in this room, in order of priority:
//
// 1. Every operation on a whole vector or matrix has a derivative written out beside it and
//    registered with `@derivative`. The compiler only composes them; it never differentiates a loop
//    over entries, which would be slow and hard to read in a debugger.
// 2. A vector's tangent is a vector, a matrix's tangent is a matrix: a gradient is printed, added
//    and compared like the thing it is the gradient of.
// 3. `AdditiveArithmetic` wants one `zero` for all lengths. It is the vector with no entries, and
//    everything linear (`+`, `-`, products, `dot`, `sum`) treats it as the zero of whatever length
//    the other operand has. The gradient with respect to something unused is that vector.
//
// Shapes that do not fit are a programmer's error, not a user's: readers of models validate
// first. They stop the program with a precondition whose message carries both shapes.

/// A column of real numbers that can be differentiated with respect to.
public struct Vector: Sendable, Hashable {
  /// The entries, in order.
  public internal(set) var array: [Double]

  /// Creates a vector of the given entries.
  public init(_ entries: [Double]) {
    array = entries
  }

  /// Creates a vector that repeats one number.
  public init(repeating value: Double, count: Int) {
    array = Array(repeating: value, count: count)
  }

  /// Creates a vector of zeros: unlike `zero` it has a length of its own.
  public init(zeros count: Int) {
    array = Array(repeating: 0, count: count)
  }

  /// The number of entries.
  public var count: Int { array.count }

  /// Whether this is the vector without entries, the zero of every length.
  public var isEmpty: Bool { array.isEmpty }

  /// The positions of the entries.
  public var indices: Range<Int> { array.indices }

  /// The entry at a position.
  public subscript(index: Int) -> Double {
    precondition(
      array.indices.contains(index), "Vector: no entry \(index) among \(array.count) entries.")
    return array[index]
  }

  /// The same vector with the length of `other` if it is the zero without entries.
  ///
  /// A gradient with respect to something unused has no entries; this gives it its zeros.
  public func filled(like other: Vector) -> Vector {
    isEmpty ? Vector(zeros: other.count) : self
  }
}

extension Vector: ExpressibleByArrayLiteral {
  /// Creates a vector from a list of numbers.
  public init(arrayLiteral elements: Double...) {
    array = elements
  }
}

extension Vector: CustomStringConvertible {
  /// The entries in brackets.
  public var description: String { array.description }
}

// MARK: Loops shared by the operations

extension Vector {
  /// Applies a function to every entry; not differentiable, for use inside operations.
  @inline(__always)
  func mapped(_ function: (Double) -> Double) -> Vector {
    var result = array
    for index in result.indices {
      result[index] = function(result[index])
    }
    return Vector(result)
  }

  /// Applies a function to pairs of entries; not differentiable, for use inside operations.
  @inline(__always)
  func zipped(
    _ name: StaticString, _ other: Vector, _ function: (Double, Double) -> Double
  ) -> Vector {
    requireSameCount(name, self, other)
    var result = array
    for index in result.indices {
      result[index] = function(result[index], other.array[index])
    }
    return Vector(result)
  }
}

@inline(__always)
func requireSameCount(_ name: StaticString, _ left: Vector, _ right: Vector) {
  precondition(
    left.array.count == right.array.count,
    "\(name): \(left.array.count) entries against \(right.array.count).")
}
