/// A number that says what it is wherever it goes.
///
/// Nothing in Tightbound returns "exact if possible": the type tells.
public protocol LabelledNumber: Sendable, CustomStringConvertible {
  /// The number itself.
  var value: Double { get }
  /// What kind of number it is.
  var kind: NumberKind { get }
  /// Its kind in words, with the bound or the error that belongs to it.
  var label: String { get }
}

extension LabelledNumber {
  /// The number and what it is.
  public var description: String { "\(value) (\(label))" }
}

/// A number that is exact up to rounding.
public struct ExactValue: LabelledNumber, Equatable {
  /// The number itself.
  public let value: Double
  /// How far rounding can have moved it.
  public let roundingBound: Double

  /// A value with the bound on its rounding.
  public init(_ value: Double, roundingBound: Double) {
    self.value = value
    self.roundingBound = roundingBound
  }

  /// What kind of number it is.
  public var kind: NumberKind { .exact }
  /// "exact" with the rounding bound.
  public var label: String { "exact, rounding ≤ \(Format.brief(roundingBound))" }
}

/// A number from a quadrature rule with a bound on its error.
public struct QuadratureValue: LabelledNumber, Equatable {
  /// The number itself.
  public let value: Double
  /// How far it can be from the integral.
  public let errorBound: Double

  /// A value with the bound on its error.
  public init(_ value: Double, errorBound: Double) {
    self.value = value
    self.errorBound = errorBound
  }

  /// What kind of number it is.
  public var kind: NumberKind { .quadrature }
  /// "quadrature" with the error bound.
  public var label: String { "quadrature, error ≤ \(Format.brief(errorBound))" }
}

/// A number from an adaptive rule that estimates its own error; the estimate is no bound.
public struct QuadratureEstimate: LabelledNumber, Equatable {
  /// The number itself.
  public let value: Double
  /// The rule's own estimate of its error.
  public let estimatedError: Double

  /// A value with the rule's estimate of its error.
  public init(_ value: Double, estimatedError: Double) {
    self.value = value
    self.estimatedError = estimatedError
  }

  /// What kind of number it is.
  public var kind: NumberKind { .quadrature }
  /// "quadrature" with the estimated error.
  public var label: String { "quadrature, error about \(Format.brief(estimatedError))" }
}

/// An average of random draws.
public struct MonteCarloValue: LabelledNumber, Equatable {
  /// The average.
  public let value: Double
  /// Its standard error.
  public let standardError: Double
  /// The number of draws.
  public let count: Int

  /// An average with its standard error and count.
  public init(_ value: Double, standardError: Double, count: Int) {
    self.value = value
    self.standardError = standardError
    self.count = count
  }

  /// What kind of number it is.
  public var kind: NumberKind { .sampled }
  /// "Monte Carlo" with the standard error and the count.
  public var label: String {
    "Monte Carlo, n = \(count), standard error \(Format.brief(standardError))"
  }
}

/// A number that is never above the quantity it stands for.
public struct LowerBound: LabelledNumber, Equatable {
  /// The number itself.
  public let value: Double
  /// A lower bound.
  public init(_ value: Double) { self.value = value }
  /// What kind of number it is.
  public var kind: NumberKind { .lowerBound }
  /// "lower bound".
  public var label: String { "lower bound" }
}

/// A number that is never below the quantity it stands for.
public struct UpperBound: LabelledNumber, Equatable {
  /// The number itself.
  public let value: Double
  /// An upper bound.
  public init(_ value: Double) { self.value = value }
  /// What kind of number it is.
  public var kind: NumberKind { .upperBound }
  /// "upper bound".
  public var label: String { "upper bound" }
}

/// A number that is off by an amount nobody has bounded.
public struct BiasedEstimate: LabelledNumber, Equatable {
  /// The number itself.
  public let value: Double
  /// A biased estimate.
  public init(_ value: Double) { self.value = value }
  /// What kind of number it is.
  public var kind: NumberKind { .biased }
  /// "biased estimate".
  public var label: String { "biased estimate" }
}
