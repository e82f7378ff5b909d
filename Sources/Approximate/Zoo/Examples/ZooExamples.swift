public import Models
import Probability

/// A problem that estimators are compared on, with its name.
public struct ZooExample<Problem: Sendable>: Sendable {
  /// One word with hyphens.
  public let name: String
  /// What it is, in half a sentence.
  public let words: String
  /// The problem.
  public let problem: Problem

  /// A named problem.
  public init(_ name: String, _ words: String, _ problem: Problem) {
    self.name = name
    self.words = words
    self.problem = problem
  }
}

extension DiscreteZoo {
  /// The problems of the table: none of them symmetric, as symmetry hides faults.
  public static let examples: [ZooExample<DiscreteProblem>] = [
    ZooExample("one-bit", "one bit of logit −1, f = (b − 0.45)²", oneBit),
    ZooExample("two-bits", "log p(x, z) of two bits, logits 0.4 and −0.9", twoBits),
    ZooExample("three-bits", "three bits and two tanh units, logits 0.6, −0.4 and 1.1", threeBits),
  ]

  private static let oneBit = DiscreteProblem(
    StateLaw(.bits(logits: [-1], couplings: [])), .fixed(.power(targets: [0.45], exponent: 2)))

  private static let twoBits = DiscreteProblem(
    StateLaw(.bits(logits: [0.4, -0.9], couplings: [])), .logJoint([-2.3, -1.1, -3.4, -1.9]))

  private static let threeBits = DiscreteProblem(
    StateLaw(.bits(logits: [0.6, -0.4, 1.1], couplings: [])),
    .fixed(
      .ridges(
        [
          Ridge(.tanh, weights: [1.2, -0.8, 0.5], shift: 0.3, factor: 1.5),
          Ridge(.tanh, weights: [-0.6, 1.4, 0.9], shift: -0.2, factor: -0.9),
        ], plus: 0.4)))
}

extension ZooEstimator where Problem == DiscreteProblem {
  /// Whether it works on a problem.
  public func fits(_ problem: DiscreteProblem) -> Bool {
    let law: ZooScope =
      switch problem.law.kind {
      case .bits(_, let couplings): couplings.isEmpty ? .independentBits : .chains
      case .classes: .classes
      }
    let isLogJoint = problem.logJoint != nil
    // It is shown with two draws where one formula holds all of them.
    let shown = repetition == .together ? 2 : 1
    let hasEnoughStates = settings.allSatisfy { setting in
      guard case .count(let least, true) = setting.kind else { return true }
      return max(least, shown) < problem.law.count
    }
    return scope.contains(law) && hasEnoughStates
      && (needs == .anything || (needs == .logJoint) == isLogJoint)
  }

  /// Settings to show it with: as few samples as it works with, and what is not symmetric.
  public func exampleSettings(
    on problem: DiscreteProblem, _ changed: [String: ZooValue] = [:]
  ) -> ZooSettings {
    var values: [String: ZooValue] = [:]
    for setting in settings {
      let least = setting.name == "samples" ? setting.example(problem) : setting.standard
      values[setting.name] = least ?? setting.example(problem)
    }
    return ZooSettings(values.merging(changed) { $1 })
  }
}

extension ZooSetting {
  /// A value to show an estimator with.
  fileprivate func example(_ problem: DiscreteProblem) -> ZooValue {
    switch kind {
    case .count(let least, _): .number(Double(max(1, least)))
    case .integer(let range): .number(Double(range.upperBound))
    case .number: .number(["gamma": 0, "eta": 1][name] ?? 0.3)
    case .positive: .number(["epsilon": 0.1, "step": 0.4][name] ?? 0.5)
    case .notNegative: .number(["clip": 0.2][name] ?? 4)
    case .share: .number(0.8)
    case .notOne: .number(0.5)
    case .flag: .flag(true)
    case .word(let words): .word(words.first ?? "")
    case .countOr(let word), .numberOr(let word): .word(word)
    case .vector: .numbers(problem.law.logits.map { 0.5 * $0 + 0.1 })
    case .stateCount: .number(1)
    case .states, .bits: .numbers([0])
    case .partition: .numbers([0, 0.2, 1])
    case .function: .function(.power(targets: problem.law.logits.map { _ in 0.4 }, exponent: 2))
    }
  }
}
