public import _Differentiation

/// A document as one vector: the mean of the rows of a table that its words stand for.
///
/// The order of the words is lost and their frequencies are kept. A document without words is the
/// zero vector.
public struct Embedding: Sendable, Hashable, Differentiable {
  /// A row for every word of the vocabulary.
  public var table: Matrix

  /// Creates the layer from its table.
  public init(table: Matrix) {
    self.table = table
  }

  /// The mean row of a list of word numbers.
  @differentiable(reverse,wrt: self)
  public func callAsFunction(_ words: [Int]) -> Vector {
    table.meanOfRows(words)
  }
}

extension Embedding: Parameters {
  /// Shows the table, row after row.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    table.visit(&tour, beside: direction.table)
  }
}

extension Matrix {
  /// The mean of the listed rows, which may repeat; zero for an empty list, NaN with a row that is
  /// not there.
  public func meanOfRows(_ list: [Int]) -> Vector {
    var result = Vector(zeros: columns)
    guard list.allSatisfy(rowRange.contains) else { return result.withoutNumbers }
    for row in list {
      for column in 0..<columns {
        result.array[column] += array[row * columns + column]
      }
    }
    return list.isEmpty ? result : result / Double(list.count)
  }

  @derivative(of: meanOfRows)
  @usableFromInline
  func meanOfRowsDerivative(_ list: [Int]) -> (value: Vector, pullback: (Vector) -> Matrix) {
    (
      meanOfRows(list),
      { cotangent in
        if cotangent.isEmpty || list.isEmpty { return .zero }
        guard list.allSatisfy(rowRange.contains) else { return withoutNumbers }
        let share = cotangent / Double(list.count)
        var gradient = mapped { _ in 0 }
        for row in list {
          for column in 0..<columns {
            gradient.array[row * columns + column] += share.array[column]
          }
        }
        return gradient
      }
    )
  }
}
