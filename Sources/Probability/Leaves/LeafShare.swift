/// One of several parts of a sum: neighbouring leaves.
public struct LeafShare: Sendable, Equatable {
  /// Which part it is, from one.
  public let part: Int
  /// How many parts there are.
  public let count: Int

  /// Part `part` of `count`; nil where there is no such part.
  public init?(part: Int, of count: Int) {
    guard count >= 1, count <= 10_000, (1...count).contains(part) else { return nil }
    (self.part, self.count) = (part, count)
  }

  /// The leaves that it has of so many.
  func leaves(of all: Int) -> Range<Int> {
    all * (part - 1) / count..<all * part / count
  }
}

/// The sum over some neighbouring leaves, as the numbers that it holds.
public struct LeafNode: Sendable, Equatable {
  /// The leaves.
  public let leaves: Range<Int>
  /// What was added up over them.
  public let numbers: [Double]

  /// A node of its parts.
  public init(leaves: Range<Int>, numbers: [Double]) {
    self.leaves = leaves
    self.numbers = numbers
  }
}

/// Why sums that were found before cannot be put together.
public enum LeafError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Nobody has summed a leaf.
  case missing(Int)
  /// They are no sums of what is asked for.
  case unfit

  /// One line.
  public var description: String {
    switch self {
    case .missing(let leaf): "leaf \(leaf) has not been summed"
    case .unfit: "its sums are not those of this model"
    }
  }
}
