public import _Differentiation

/// A list of vectors that a dynamic program fills from front to back.
///
/// The list is differentiable as a whole: reading an entry and adding one have derivatives of their
/// own, so a loop that appends and reads is differentiated step by step, and its gradient is a list
/// again. In a gradient, entries that were never read are missing or empty, which counts as zero.
///
/// ```swift
/// var alpha = Chart([logInitial + logEmission.column(words[0])])
/// for t in 1..<words.count {
///   alpha.append(logProduct(alpha[t - 1], logTransition) + logEmission.column(words[t]))
/// }
/// return logSumExp(alpha[words.count - 1])
/// ```
public struct Chart: Sendable, Hashable {
  /// The vectors, in the order in which they were added.
  public internal(set) var vectors: [Vector]

  /// Creates a list of the given vectors.
  public init(_ vectors: [Vector] = []) {
    self.vectors = vectors
  }

  /// The number of vectors.
  public var count: Int { vectors.count }

  /// The vector at a position; one NaN, which fits nothing, where there is none.
  public subscript(index: Int) -> Vector {
    vectors.indices.contains(index) ? vectors[index] : Vector([.nan])
  }

  /// Adds a vector at the end.
  public mutating func append(_ vector: Vector) {
    vectors.append(vector)
  }

  /// The list with one more vector at the end.
  @differentiable(reverse)
  public func appending(_ vector: Vector) -> Chart {
    var result = self
    result.append(vector)
    return result
  }

  /// The matrix whose rows are the vectors, which must be equally long.
  public func stacked() -> Matrix {
    Matrix(vectors.map(\.array))
  }
}

extension Chart: AdditiveArithmetic {
  /// The list without vectors.
  public static var zero: Chart { Chart() }

  /// The sum position by position; a missing vector is zero.
  public static func + (left: Chart, right: Chart) -> Chart {
    var result = left
    result += right
    return result
  }

  /// Adds another list position by position; a missing vector is zero.
  public static func += (left: inout Chart, right: Chart) {
    for (index, vector) in right.vectors.enumerated() {
      if index < left.count {
        left.vectors[index] += vector
      } else {
        left.vectors.append(vector)
      }
    }
  }

  /// The difference position by position; a missing vector is zero.
  public static func - (left: Chart, right: Chart) -> Chart {
    left + Chart(right.vectors.map { -$0 })
  }
}

extension Chart: Differentiable {
  /// A direction in which a list can change is a list.
  public typealias TangentVector = Chart

  /// Moves every vector along a direction.
  public mutating func move(by offset: Chart) {
    self += offset
  }

  @derivative(of: subscript)
  @usableFromInline
  func vectorDerivative(_ index: Int) -> (value: Vector, pullback: (Vector) -> Chart) {
    (
      self[index],
      { cotangent in
        var gradient = Chart(Array(repeating: .zero, count: max(0, index)))
        gradient.append(cotangent)
        return gradient
      }
    )
  }

  @derivative(of: append)
  @usableFromInline
  mutating func appendDerivative(
    _ vector: Vector
  ) -> (value: Void, pullback: (inout Chart) -> Vector) {
    let before = count
    append(vector)
    // The gradient of the longer list may have been cut short where nothing was read.
    return ((), { $0.count > before ? $0.vectors.removeLast() : .zero })
  }

  @derivative(of: stacked)
  @usableFromInline
  func stackedDerivative() -> (value: Matrix, pullback: (Matrix) -> Chart) {
    (
      stacked(),
      { cotangent in Chart((0..<cotangent.rows).map { cotangent.row($0) }) }
    )
  }
}
