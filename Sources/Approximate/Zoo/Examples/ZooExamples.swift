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

  /// These, then one of coupled bits and one of classes.
  static let pageExamples: [ZooExample<DiscreteProblem>] =
    examples + [
      ZooExample("chain", "a chain of two bits, costs on each and on both", chain),
      ZooExample(
        "three-classes", "three classes, a quadratic function of the one-hot vector", classes),
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

  private static let chain = DiscreteProblem(
    StateLaw(.bits(logits: [0.6, -0.8], couplings: [1.5])),
    .fixed(
      .terms([
        BitTerm(bits: [0], values: [0.4, -0.9]),
        BitTerm(bits: [0, 1], values: [1, 0.2, -0.7, 2]),
      ])))

  private static let classes = DiscreteProblem(
    StateLaw(.classes(logits: [0.2, -0.7, 1.1])),
    .fixed(.power(targets: [0.45, -0.2, 0.7], exponent: 2)))
}

extension DiscreteProblem: ZooShown {
  /// The estimators for states.
  public static var estimators: [DiscreteEstimator] { DiscreteZoo.all }
  /// Three, of one to three bits.
  public static var examples: [ZooExample<DiscreteProblem>] { DiscreteZoo.examples }
  /// These, one of coupled bits and one of classes.
  public static var pageExamples: [ZooExample<DiscreteProblem>] { DiscreteZoo.pageExamples }

  /// The law of z.
  public var scope: ZooScope {
    switch law.kind {
    case .bits(_, let couplings): couplings.isEmpty ? .independentBits : .chains
    case .classes: .classes
    }
  }

  /// Whether f is log p − log q.
  public var isLogJoint: Bool { logJoint != nil }

  /// Any number of draws, but fewer different states than there are.
  public func allows(samples: Int, outOf states: Bool) -> Bool { !states || samples < law.count }

  /// A value to show a setting with.
  public func shown(_ setting: ZooSetting) -> ZooValue {
    switch setting.kind {
    case .vector: .numbers(law.logits.map { 0.5 * $0 + 0.1 })
    case .stateCount: .number(1)
    case .states, .bits: .numbers([0])
    case .partition: .numbers([0, 0.2, 1])
    case .function: .function(.power(targets: law.logits.map { _ in 0.4 }, exponent: 2))
    default: setting.shown
    }
  }
}

extension ZooSetting {
  /// A value to show it with, whatever the problem.
  var shown: ZooValue {
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
    case .vector, .states, .bits, .partition, .stateCount, .function: .numbers([])
    }
  }
}
