/// How many structures there are; a number too large for 64 bits is known to be that.
public struct Count: Semiring {
  /// The number; nil where it does not fit into 64 bits.
  public let exact: Int?

  /// A number, nil for one that is too large.
  public init(_ exact: Int?) { self.exact = exact }

  /// One for what is possible, none for what is not.
  public init(logWeight: Double) { exact = logWeight > -.infinity ? 1 : 0 }

  /// None.
  public static let zero = Count(0)
  /// One: the structure without parts.
  public static let one = Count(1)

  /// As many as of both.
  public static func + (left: Count, right: Count) -> Count {
    guard let a = left.exact, let b = right.exact else { return Count(nil) }
    let (sum, overflow) = a.addingReportingOverflow(b)
    return Count(overflow ? nil : sum)
  }

  /// Each of one kind with each of the other; none of too many is none.
  public static func * (left: Count, right: Count) -> Count {
    if left == zero || right == zero { return zero }
    guard let a = left.exact, let b = right.exact else { return Count(nil) }
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return Count(overflow ? nil : product)
  }
}
