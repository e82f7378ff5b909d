/// A column of real numbers that can be differentiated with respect to.
public struct Vector: Entrywise {
  /// A direction in which a vector can change is a vector.
  public typealias TangentVector = Vector

  /// The entries, in order.
  public internal(set) var array: [Double]

  /// Creates a vector of the given entries.
  public init(_ entries: [Double]) {
    array = entries
  }

  /// Creates a vector that repeats one number.
  public init(repeating value: Double, count: Int) {
    array = Array(repeating: value, count: max(0, count))
  }

  /// Creates a vector of zeros: unlike `zero` it has a length of its own.
  public init(zeros count: Int) {
    self.init(repeating: 0, count: count)
  }

  /// The number of entries.
  public var count: Int { array.count }

  /// Whether this is the vector without entries, the zero of every length.
  public var isEmpty: Bool { array.isEmpty }

  /// The positions of the entries.
  public var indices: Range<Int> { array.indices }

  /// The entry at a position; NaN where there is none.
  public subscript(index: Int) -> Double {
    array.indices.contains(index) ? array[index] : .nan
  }

  /// The vector without entries: adding it to a vector of any length changes nothing.
  public static var zero: Vector { Vector([]) }

  /// A vector of the same length with other entries; NaN everywhere if there are not as many.
  public func withEntries(_ entries: [Double]) -> Vector {
    entries.count == count ? Vector(entries) : Vector(repeating: .nan, count: count)
  }

  /// Whether another vector is as long.
  public func hasShape(of other: Vector) -> Bool { count == other.count }
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
