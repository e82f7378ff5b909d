import _Differentiation

// MARK: Reading

extension Vector {
  @derivative(of: subscript)
  @usableFromInline
  func entryDerivative(_ index: Int) -> (value: Double, pullback: (Double) -> Vector) {
    (
      self[index],
      { cotangent in
        var gradient = Vector(zeros: count)
        if indices.contains(index) { gradient.array[index] = cotangent }
        return gradient
      }
    )
  }

  /// The entries at a list of positions, which may repeat; NaN where there is none.
  public subscript(positions: [Int]) -> Vector {
    Vector(positions.map { self[$0] })
  }

  @derivative(of: subscript)
  @usableFromInline
  func gatherDerivative(_ positions: [Int]) -> (value: Vector, pullback: (Vector) -> Vector) {
    (
      self[positions],
      { cotangent in
        if cotangent.isEmpty { return .zero }
        var gradient = Vector(zeros: count)
        for (position, entry) in zip(positions, cotangent.array) where indices.contains(position) {
          gradient.array[position] += entry
        }
        return gradient
      }
    )
  }

  /// The entries at consecutive positions; NaN where there is none.
  @differentiable(reverse)
  public subscript(range: Range<Int>) -> Vector {
    self[Array(range)]
  }
}

// MARK: Building

extension Vector {
  /// Adds an entry at the end.
  public mutating func append(_ entry: Double) {
    array.append(entry)
  }

  @derivative(of: append)
  @usableFromInline
  mutating func appendDerivative(
    _ entry: Double
  ) -> (value: Void, pullback: (inout Vector) -> Double) {
    append(entry)
    return ((), { $0.array.popLast() ?? 0 })
  }

  /// The vector with one more entry at the end.
  @differentiable(reverse)
  public func appending(_ entry: Double) -> Vector {
    var result = self
    result.append(entry)
    return result
  }

  /// A vector of one entry.
  @differentiable(reverse)
  public init(_ only: Double) {
    self = Vector([]).appending(only)
  }

  /// A vector of two entries.
  @differentiable(reverse)
  public init(_ first: Double, _ second: Double) {
    self = Vector(first).appending(second)
  }

  /// A vector of three entries.
  @differentiable(reverse)
  public init(_ first: Double, _ second: Double, _ third: Double) {
    self = Vector(first, second).appending(third)
  }

  /// A vector of four entries.
  @differentiable(reverse)
  public init(_ first: Double, _ second: Double, _ third: Double, _ fourth: Double) {
    self = Vector(first, second, third).appending(fourth)
  }

  /// The entries of this vector followed by those of another.
  public func concatenated(with other: Vector) -> Vector {
    Vector(array + other.array)
  }

  @derivative(of: concatenated)
  @usableFromInline
  func concatenatedDerivative(
    with other: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Vector)) {
    let (first, second) = (count, other.count)
    return (
      concatenated(with: other),
      { cotangent in
        if cotangent.isEmpty { return (.zero, .zero) }
        return (cotangent[0..<first], cotangent[first..<first + second])
      }
    )
  }

  /// The vector with one entry exchanged; NaN everywhere if there is no such entry.
  public func replacing(_ index: Int, with entry: Double) -> Vector {
    guard indices.contains(index) else { return withoutNumbers }
    var result = self
    result.array[index] = entry
    return result
  }

  @derivative(of: replacing)
  @usableFromInline
  func replacingDerivative(
    _ index: Int, with entry: Double
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Double)) {
    (
      replacing(index, with: entry),
      { cotangent in
        if cotangent.isEmpty { return (.zero, 0) }
        return (cotangent.replacing(index, with: 0), cotangent[index])
      }
    )
  }
}
