/// A number for each sample of a step.
///
/// Those of up to four samples lie in the value itself: an exact law asks for them on every outcome, and
/// an array each time would take longer than all that is done with it.
public struct PerSample: Sendable, Equatable {
  /// S.
  public let count: Int
  @usableFromInline let few: SIMD4<Double>
  /// All of them, where they are more.
  @usableFromInline let many: [Double]?

  /// The number of each sample.
  @inlinable
  public init<Failure: Error>(
    _ count: Int, _ number: (_ sample: Int) throws(Failure) -> Double
  ) throws(Failure) {
    self.count = count
    if count <= 4 {
      func lane(_ s: Int) throws(Failure) -> Double { s < count ? try number(s) : 0 }
      few = SIMD4(try lane(0), try lane(1), try lane(2), try lane(3))
      many = nil
    } else {
      var numbers: [Double] = []
      for s in 0..<count { numbers.append(try number(s)) }
      (few, many) = (SIMD4(), numbers)
    }
  }

  /// The same number for all.
  @inlinable
  public init(repeating number: Double, count: Int) { self.init(count) { _ in number } }

  /// The numbers of an array.
  @inlinable
  public init(_ numbers: [Double]) { self.init(numbers.count) { numbers[$0] } }
}

extension PerSample: RandomAccessCollection {
  /// The first sample.
  @inlinable public var startIndex: Int { 0 }
  /// S.
  @inlinable public var endIndex: Int { count }

  /// The number of a sample.
  @inlinable
  public subscript(sample: Int) -> Double { many?[sample] ?? few[sample] }
}

extension PerSample: ExpressibleByArrayLiteral {
  /// The numbers as they are written.
  public init(arrayLiteral numbers: Double...) { self.init(numbers) }
}
