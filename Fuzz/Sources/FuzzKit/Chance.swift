/// Random choices from a seed (SplitMix64): the same seed makes the same input.
public struct Chance: RandomNumberGenerator {
  private var state: UInt64

  /// Choices that follow from a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A whole number below `count`, which is at least 1.
  public mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  /// True once in so many times.
  public mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

  /// A number from zero to one, one excluded.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// One of a few things, of which there is at least one.
  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  /// A size: mostly small, now and then such that blocks of eight do not divide it evenly.
  mutating func size(_ range: ClosedRange<Int>, rarely most: Int? = nil) -> Int {
    if let most, oneIn(12) { return range.lowerBound + below(most - range.lowerBound + 1) }
    return range.lowerBound + below(range.count)
  }
}
