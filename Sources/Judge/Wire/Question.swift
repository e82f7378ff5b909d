import JSONText

/// A random choice that a program under judgement asks for.
public enum Question: Sendable, Equatable {
  /// 1 with this probability, else 0.
  case flip(Double)
  /// An index, drawn with these probabilities.
  case choose([Double])
  /// A number uniform on [from, to).
  case uniform(from: Double, to: Double)
  /// A draw from N(0, 1).
  case normal

  /// What a program takes where its trail has ended.
  public var first: Double {
    switch self {
    case .flip(let p): p < 1 ? 0 : 1
    case .choose(let law): Double(law.firstIndex { $0 > 0 } ?? 0)
    case .uniform(let low, let high): (low + high) / 2
    case .normal: 0
    }
  }

  /// Whether all its outcomes can be visited.
  public var isDiscrete: Bool {
    switch self {
    case .flip, .choose: true
    case .uniform, .normal: false
    }
  }

  /// Whether two runs asked for the same, up to rounding.
  public func agrees(with other: Question) -> Bool {
    switch (self, other) {
    case (.flip(let a), .flip(let b)): abs(a - b) <= Self.slack
    case (.choose(let a), .choose(let b)):
      a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= Self.slack }
    case (.uniform(let a, let b), .uniform(let c, let d)):
      abs(a - c) <= Self.slack && abs(b - d) <= Self.slack
    case (.normal, .normal): true
    default: false
    }
  }

  /// Whether two questions are of one kind.
  func isLike(_ other: Question) -> Bool {
    switch (self, other) {
    case (.flip, .flip), (.uniform, .uniform), (.normal, .normal): true
    case (.choose(let a), .choose(let b)): a.count == b.count
    default: false
    }
  }

  /// A number of this noise, at a node of a rule for its kind.
  func value(at node: Double) -> Double {
    guard case .uniform(let low, let high) = self else { return node }
    return node == 0.5 ? first : low + (high - low) * node
  }

  private static let slack = 1e-12
}

// MARK: As it is written

extension Question {
  /// Reads a question, or refuses it with its place.
  init(_ place: JSONPlace) throws(PlaceError) {
    switch place.value {
    case .number: self = .flip(try place.probability())
    case .array:
      let law = try place.numbers()
      guard law.allSatisfy({ $0 >= 0 && $0 <= 1 + 1e-9 }), abs(law.reduce(0, +) - 1) <= 1e-9 else {
        throw place.error(expected: "probabilities that sum to 1")
      }
      self = .choose(law)
    case .string("uniform"): self = .uniform(from: 0, to: 1)
    case .string("normal"): self = .normal
    case .object:
      let ends = try place.object(requiring: ["uniform"]).member("uniform").numbers(count: 2)
      guard ends[0] >= 0, ends[0] < ends[1], ends[1] <= 1 else {
        throw place.error(expected: "{\"uniform\": [a, b]} with 0 ≤ a < b ≤ 1")
      }
      self = .uniform(from: ends[0], to: ends[1])
    default:
      throw place.error(
        expected: "a probability, a list of them, \"uniform\", {\"uniform\": [a, b]} or \"normal\"")
    }
  }
}
