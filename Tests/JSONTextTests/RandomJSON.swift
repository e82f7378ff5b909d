import JSONText

/// SplitMix64, for tests that replay.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension JSON {
  /// A value of random shape; its numbers cover every exponent of a double.
  static func random(depth: Int, using generator: inout SplitMix64) -> JSON {
    let kinds = depth > 0 ? 9 : 6
    switch Int.random(in: 0..<kinds, using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int.random(in: -1_000_000...1_000_000, using: &generator))
    case 3: return .number(Double.random(in: -10...10, using: &generator))
    case 4: return .number(anyDouble(using: &generator))
    case 5: return .string(anyString(using: &generator))
    case 6, 7:
      let count = Int.random(in: 0...4, using: &generator)
      return .array((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
    default:
      let count = Int.random(in: 0...4, using: &generator)
      let members = (0..<count).map { index in
        let key = "\(index)" + anyString(using: &generator)
        return (key: key, value: random(depth: depth - 1, using: &generator))
      }
      return .object(members)
    }
  }
}

/// A finite double with random bits.
func anyDouble(using generator: inout SplitMix64) -> Double {
  while true {
    let value = Double(bitPattern: generator.next())
    if value.isFinite { return value }
  }
}

private func anyString(using generator: inout SplitMix64) -> String {
  let count = Int.random(in: 0...8, using: &generator)
  var text = String.UnicodeScalarView()
  while text.count < count {
    let highest: UInt32 = Bool.random(using: &generator) ? 0x7F : 0x10FFFF
    let value = UInt32.random(in: 0...highest, using: &generator)
    if let scalar = Unicode.Scalar(value) { text.append(scalar) }
  }
  return String(text)
}
