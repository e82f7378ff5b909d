public import GSL

/// Why a program of random choices could not be interpreted.
public enum ChoiceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A probability outside [0, 1], or not a number.
  case notAProbability(Double)
  /// Probabilities that do not sum to one.
  case doesNotSumToOne(Double)
  /// A choice among no outcomes.
  case nothingToChoose
  /// More outcomes than the cap allows; `atLeast` of them are known to exist.
  case tooManyOutcomes(atLeast: Int, cap: Int)
  /// More choices in a single run than the cap allows.
  case tooManyChoices(cap: Int)
  /// A program that asked for other choices when it was run again.
  case changedItsMind(choice: Int)
  /// The probabilities of all outcomes did not add up to one.
  case lostProbability(total: Double)
  /// Outcomes whose values have different lengths.
  case changedItsLength(was: Int, now: Int)
  /// A random generator that could not be made or asked.
  case generator(GSLError)
  /// A baseline without a number for each sample.
  case notOneForEachSample(found: Int, samples: Int)
  /// An estimator asked for fewer samples than it can work with.
  case tooFewSamples(found: Int, needed: Int)
  /// Moments asked for from fewer draws than a variance can be told from.
  case tooFewDraws(found: Int, needed: Int)
  /// A noise cut into fewer cells than the rule has.
  case tooFewCells(found: Int, needed: Int)
  /// Noise that cannot be cut into pieces on which the program is a polynomial.
  case continuousNoise
  /// A law of noise without a rule for it.
  case noRule(String)
  /// A quadrature whose last refinement moved its moments too far.
  case unsettled(moved: Double, points: Int)
  /// A value that is not a finite number.
  case notFinite(component: Int, value: Double)

  /// One line with the reason and the value.
  public var description: String {
    switch self {
    case .notAProbability(let value): "expected a probability between 0 and 1, found \(value)"
    case .doesNotSumToOne(let total):
      "expected probabilities that sum to 1, found a sum of \(total)"
    case .nothingToChoose: "expected at least one outcome to choose from, found none"
    case .tooManyOutcomes(let atLeast, let cap):
      "needs at least \(atLeast) outcomes, the cap is \(cap)"
    case .tooManyChoices(let cap): "one run made more than \(cap) choices, the cap: does it end?"
    case .changedItsMind(let choice):
      "choice \(choice) differs between two runs of one trail: something outside the choices is random"
    case .lostProbability(let total): "the outcomes' probabilities add up to \(total) instead of 1"
    case .changedItsLength(let was, let now): "one outcome has \(was) values, another \(now)"
    case .generator(let error): "\(error)"
    case .notOneForEachSample(let found, let samples):
      "expected a baseline for each of \(samples) samples, found \(found)"
    case .tooFewSamples(let found, let needed):
      "expected at least \(needed) samples, found \(found)"
    case .tooFewDraws(let found, let needed):
      "expected at least \(needed) draws, found \(found)"
    case .tooFewCells(let found, let needed):
      "expected at least \(needed) cells, found \(found)"
    case .continuousNoise:
      "expected choices and uniforms with cuts, found noise that is not a polynomial between cuts"
    case .noRule(let reason): reason
    case .unsettled(let moved, let points):
      "the quadrature does not settle: its last refinement, to \(points) points, moved a moment by"
        + " \(moved) of its size; is a variance infinite?"
    case .notFinite(let component, let value): "value \(component) of an outcome is \(value)"
    }
  }
}

/// The bounds that keep an exhaustive run from hanging.
public struct ChoiceLimits: Sendable, Equatable {
  /// The largest number of outcomes visited.
  public var outcomes: Int
  /// The largest number of choices in one run.
  public var choices: Int

  /// Ten million outcomes of a hundred thousand choices, unless said otherwise.
  public init(outcomes: Int = 10_000_000, choices: Int = 100_000) {
    self.outcomes = outcomes
    self.choices = choices
  }
}
