/// A short name for one random case: "seed-index", or "t" and the trail of choices that made it.
public enum CaseToken: Sendable, Equatable, CustomStringConvertible {
  /// The case drawn from the stream `index` of a seed.
  case drawn(seed: UInt64, index: Int)
  /// The case that a trail of choices makes.
  case trail([Int])

  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_~")

  /// The token; five bits of an outcome a character, the sixth says that more follow.
  public var description: String {
    switch self {
    case .drawn(let seed, let index): return "\(seed)-\(index)"
    case .trail(let trail):
      var text = "t"
      for outcome in trail {
        var left = outcome
        while left >= 32 {
          text.append(CaseToken.alphabet[32 + left % 32])
          left /= 32
        }
        text.append(CaseToken.alphabet[left])
      }
      return text
    }
  }

  /// Reads a token back; nil when it is none.
  public init?(_ text: String) {
    guard text.hasPrefix("t") else {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let seed = UInt64(parts[0]), let index = Int(parts[1]), index >= 0
      else { return nil }
      self = .drawn(seed: seed, index: index)
      return
    }
    var trail: [Int] = []
    var value = 0
    var place = 1
    for character in text.dropFirst() {
      guard let digit = CaseToken.alphabet.firstIndex(of: character), place < 1 << 40 else {
        return nil
      }
      value += digit % 32 * place
      place *= 32
      guard digit < 32 else { continue }
      trail.append(value)
      (value, place) = (0, 1)
    }
    guard place == 1 else { return nil }
    self = .trail(trail)
  }
}
