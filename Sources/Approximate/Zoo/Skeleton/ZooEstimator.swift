public import Models
public import Probability

/// A gradient estimator as data: what it is called, what it is for, its formula, and its program.
///
/// Commands, lessons, the book and tests all go through the two lists of these, `DiscreteZoo.all` and
/// `GaussianZoo.all`. A name stands in both where one idea has a form for states and one for Gaussians.
public struct ZooEstimator<Problem: Sendable>: Sendable {
  /// The name in files, one word with hyphens.
  public let name: String
  /// What one run computes, in the symbols of Reference/zoo.md.
  public let formula: String
  /// Works to read, the first author with the year.
  public let papers: [String]
  /// What it works on.
  public let scope: ZooScope
  /// Whether it needs log p(x, z), or must not have it.
  public let needs: ZooNeed
  /// What it can be told, `samples` always among it.
  public let settings: [ZooSetting]
  /// What becomes of more than one sample.
  public let repetition: ZooRepetition
  /// How many whole states a run draws; nil where its draws are something else.
  public let draws: (@Sendable (ZooSettings) throws(ZooError) -> Int)?
  /// What it aims at.
  public let target: @Sendable (ZooSettings) throws(ZooError) -> GradientTarget
  /// How its mean differs from what it aims at.
  public let bias: ZooBias<Problem>
  /// Whether it draws from the model, so that it has moments where a state of q is impossible.
  public let drawsFromModel: Bool
  /// Whether a run has a continuum of values, though its moments are sums.
  public let isContinuous: Bool
  /// How many outcomes a run has, where that grows with the samples and is not N^draws.
  public let outcomes: (@Sendable (Problem, ZooSettings) -> Double)?
  /// Constants that it computes first, one a parameter; an answer shows them.
  public let constants: (@Sendable (Problem) throws -> [Double?])?
  /// How its moments are found where its noise is continuous; nil where every outcome is visited.
  public let integral: (@Sendable (Problem, ZooSettings, ChoiceLimits) throws -> ZooMoments)?
  /// Its program; for averaged runs that of one run.
  public let program: @Sendable (Problem, ZooSettings) throws(ZooError) -> any ZooProgram<Problem>

  /// An estimator.
  public init(
    _ name: String, formula: String, papers: [String] = [],
    scope: ZooScope, needs: ZooNeed = .anything, settings: [ZooSetting] = [.samples()],
    repetition: ZooRepetition,
    draws: (@Sendable (ZooSettings) throws(ZooError) -> Int)? = nil,
    target: @escaping @Sendable (ZooSettings) throws(ZooError) -> GradientTarget = { _ in
      .objective
    },
    bias: ZooBias<Problem>, drawsFromModel: Bool = false, isContinuous: Bool = false,
    outcomes: (@Sendable (Problem, ZooSettings) -> Double)? = nil,
    constants: (@Sendable (Problem) throws -> [Double?])? = nil,
    integral: (@Sendable (Problem, ZooSettings, ChoiceLimits) throws -> ZooMoments)? = nil,
    program:
      @escaping @Sendable (Problem, ZooSettings) throws(ZooError) -> any ZooProgram<Problem>
  ) {
    self.name = name
    self.formula = formula
    self.papers = papers
    self.scope = scope
    self.needs = needs
    self.settings =
      settings.contains { $0.name == "samples" } ? settings : [.samples()] + settings
    self.repetition = repetition
    self.draws = draws
    self.target = target
    self.bias = bias
    self.drawsFromModel = drawsFromModel
    self.isContinuous = isContinuous
    self.outcomes = outcomes
    self.constants = constants
    self.integral = integral
    self.program = program
  }
}

/// An estimator for states.
public typealias DiscreteEstimator = ZooEstimator<DiscreteProblem>
/// An estimator for Gaussians.
public typealias GaussianEstimator = ZooEstimator<GaussianProblem>

/// The laws that an estimator works on.
public struct ZooScope: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: Int
  /// A set of laws.
  public init(rawValue: Int) { self.rawValue = rawValue }
  /// Independent bits.
  public static let independentBits = ZooScope(rawValue: 1)
  /// Bits with couplings.
  public static let chains = ZooScope(rawValue: 2)
  /// One of K classes.
  public static let classes = ZooScope(rawValue: 4)
  /// A Gaussian on the line.
  public static let line = ZooScope(rawValue: 8)
  /// A Gaussian in the plane.
  public static let plane = ZooScope(rawValue: 16)
  /// All laws of states.
  public static let states: ZooScope = [.independentBits, .chains, .classes]
  /// Bits, coupled or not.
  public static let bits: ZooScope = [.independentBits, .chains]
  /// Gaussians of any dimension.
  public static let gaussians: ZooScope = [.line, .plane]

  /// The set in words.
  public var words: String {
    let names: [(ZooScope, String)] = [
      (.independentBits, "independent bits"), (.chains, "chains of bits"), (.classes, "classes"),
      (.line, "a Gaussian on the line"), (.plane, "a Gaussian in the plane"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
  }
}

/// What an estimator asks of the objective.
public enum ZooNeed: Sendable, Equatable {
  /// Any objective will do.
  case anything
  /// log p(x, z) is needed.
  case logJoint
  /// A function that does not depend on q is needed.
  case fixed
}

/// What becomes of S samples.
public enum ZooRepetition: Sendable, Equatable {
  /// The mean of S independent runs: the covariance of one run over S.
  case averaged
  /// All samples stand in one formula.
  case together
}

/// How the mean of an estimator differs from its target.
public enum ZooBias<Problem: Sendable>: Sendable {
  /// Not at all.
  case none
  /// Its mean is the target times a number.
  case scaled(String, by: @Sendable (ZooSettings) throws(ZooError) -> Double)
  /// It differs, but not where the condition holds; nil where no condition is known.
  case biased(String, unless: (@Sendable (Problem, ZooSettings) -> Bool)? = nil)

  /// The condition in words.
  public var words: String {
    switch self {
    case .none: "unbiased"
    case .scaled(let words, _), .biased(let words, _): words
    }
  }
}
