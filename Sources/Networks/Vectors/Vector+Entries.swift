import _Differentiation

// MARK: Reading

extension Vector {
  @derivative(of: subscript)
  @usableFromInline
  func entryDerivative(
    _ index: Int
  ) -> (value: Double, pullback: (Double) -> Vector) {
    let count = count
    return (
      self[index],
      { cotangent in
        var gradient = Vector(zeros: count)
        gradient.array[index] = cotangent
        return gradient
      }
    )
  }

  /// The entries at a list of positions, which may repeat.
  public subscript(positions: [Int]) -> Vector {
    Vector(positions.map { self[$0] })
  }

  @derivative(of: subscript)
  @usableFromInline
  func gatherDerivative(
    _ positions: [Int]
  ) -> (value: Vector, pullback: (Vector) -> Vector) {
    let count = count
    return (
      self[positions],
      { cotangent in
        if cotangent.isEmpty { return .zero }
        var gradient = Vector(zeros: count)
        for (place, position) in positions.enumerated() {
          gradient.array[position] += cotangent.array[place]
        }
        return gradient
      }
    )
  }

  /// The entries at consecutive positions.
  public subscript(range: Range<Int>) -> Vector {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "Vector: no entries \(range) among \(count) entries.")
    return Vector(Array(array[range]))
  }

  @derivative(of: subscript)
  @usableFromInline
  func sliceDerivative(
    _ range: Range<Int>
  ) -> (value: Vector, pullback: (Vector) -> Vector) {
    let count = count
    return (
      self[range],
      { cotangent in
        if cotangent.isEmpty { return .zero }
        var gradient = Vector(zeros: count)
        gradient.array.replaceSubrange(range, with: cotangent.array)
        return gradient
      }
    )
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

  /// The vector with one entry exchanged.
  public func replacing(_ index: Int, with entry: Double) -> Vector {
    var result = self
    precondition(indices.contains(index), "Vector: no entry \(index) among \(count) entries.")
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
