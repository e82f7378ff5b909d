public import Models
public import Probability

/// One step of an estimator of bits with S samples, to be run over every outcome of its choices.
public struct EstimatorProgram: Sendable {
  /// A step.
  public typealias Step =
    @Sendable (ExpectedValue<BernoulliFactors>, _ samples: Int, inout Exhaustive) throws -> [Double]
  /// The exact law of a step.
  typealias Law =
    @Sendable (ExpectedValue<BernoulliFactors>, _ samples: Int, ChoiceLimits) throws -> LawInLeaves

  private let step: Step
  private let law: Law

  /// The program of a step that knows no other way to its law than to be run.
  public init(_ step: @escaping Step) {
    self.init(step) { mean, samples, limits in
      try LawInLeaves(limits: limits) { choices, estimate in
        estimate = try step(mean, samples, &choices)
      }
    }
  }

  init(_ step: @escaping Step, law: @escaping Law) { (self.step, self.law) = (step, law) }

  /// One step.
  public func callAsFunction(
    _ mean: ExpectedValue<BernoulliFactors>, _ samples: Int, _ choices: inout Exhaustive
  ) throws -> [Double] {
    try step(mean, samples, &choices)
  }

  /// The law of a step.
  public func law(
    of mean: ExpectedValue<BernoulliFactors>, samples: Int, limits: ChoiceLimits = ChoiceLimits()
  ) throws -> LawInLeaves {
    try law(mean, samples, limits)
  }
}

/// The gradient estimators of the library by name; cases of estimators ask for them by these keys.
public enum EstimatorName: String, Sendable, CaseIterable {
  case scoreFunction, constantBaseline, optimalConstantBaseline, leaveOneOut
  case runningMean, inputBaseline, standardised
  case localSignals, localExpectation, importanceSampled, surrogate

  /// The name as a person says it.
  public var words: String {
    switch self {
    case .scoreFunction: "score function"
    case .constantBaseline: "constant baseline"
    case .optimalConstantBaseline: "optimal constant baseline"
    case .leaveOneOut: "leave-one-out"
    case .runningMean: "running mean"
    case .inputBaseline: "input-dependent baseline"
    case .standardised: "standardised signal"
    case .localSignals: "local signals"
    case .localExpectation: "local expectation"
    case .importanceSampled: "importance-sampled"
    case .surrogate: "surrogate"
    }
  }

  /// The fewest samples that it can work with.
  public var fewestSamples: Int { self == .leaveOneOut ? 2 : 1 }
}

/// The list of all estimators, with the numbers that some of them need.
public struct EstimatorList: Sendable {
  /// c_d, what each component subtracts where the estimator is given constants; where it takes one
  /// for all, or remembers one, the first.
  public let constants: [Double]

  /// The list with constants for the components.
  public init(constants: [Double]) { self.constants = constants }

  /// The program of an estimator.
  public func program(_ name: EstimatorName) -> EstimatorProgram {
    let constant = constants.first ?? 0
    switch name {
    case .scoreFunction: return step(ScoreFunction(None()))
    case .constantBaseline: return step(ScoreFunction(Constant(constant)))
    case .optimalConstantBaseline: return step(ScoreFunction(PerComponent(constants)))
    case .leaveOneOut: return step(ScoreFunction(LeaveOneOut()))
    case .runningMean: return step(ScoreFunction(RunningMean(decay: 0.9, startingAt: constant)))
    case .inputBaseline:
      return step(ScoreFunction(OfInput(features: [1], weights: [constant], rate: 0.1)))
    case .standardised:
      let past = RunningMoments(decay: 0.9, mean: constant, variance: 1)
      return step(ScoreFunction(Standardised(by: past)))
    case .localSignals: return step(LocalSignals())
    case .localExpectation: return step(LocalExpectation())
    case .importanceSampled:
      return EstimatorProgram { mean, samples, choices in
        let fair = BernoulliFactors(mean.law.probabilities.map { _ in 0.5 })
        return try mean.gradient(by: ImportanceSampled(from: fair), samples: samples, &choices)
      }
    case .surrogate: return step(Surrogate(baseline: constant))
    }
  }

  private func step(_ estimator: some GradientEstimator<BernoulliFactors>) -> EstimatorProgram {
    EstimatorProgram { mean, samples, choices in
      try mean.gradient(by: estimator, samples: samples, &choices)
    } law: { mean, samples, limits in
      try estimator.law(of: mean, samples: samples, steps: 1, limits: limits)
    }
  }
}

/// A wrong program that can stand in the place of some estimators of the list.
public struct EstimatorMistake: Sendable {
  /// What a wrong program may look at besides the expectation.
  public struct Setting: Sendable {
    /// log p(x, z), with x observed.
    public let model: any BinaryLatentModel
    /// P(z_d = 1) under the model.
    public let prior: [Double]
    /// c_d, what each component is to subtract.
    public let constants: [Double]

    /// A model with its prior, and the constants of the estimator that is replaced.
    public init(model: any BinaryLatentModel, prior: [Double], constants: [Double]) {
      self.model = model
      self.prior = prior
      self.constants = constants
    }
  }

  /// Its name, one word with hyphens.
  public let name: String
  /// The estimators that it replaces.
  public let replaced: Set<EstimatorName>
  /// The wrong program.
  public let program: @Sendable (Setting) -> EstimatorProgram

  /// A wrong program under the name of its mistake.
  public init(
    _ name: String, inPlaceOf replaced: Set<EstimatorName>,
    program: @escaping @Sendable (Setting) -> EstimatorProgram
  ) {
    self.name = name
    self.replaced = replaced
    self.program = program
  }
}
