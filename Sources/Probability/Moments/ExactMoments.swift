import GSL

/// The exact law of an estimator, as far as its first two moments go.
public struct ExactMoments: Sendable, Equatable {
  /// E[g], component by component.
  public let mean: [Double]
  /// Cov[g], row by row.
  public let covariance: [[Double]]
  /// How far rounding can have moved each mean.
  public let meanBound: [Double]
  /// The smallest value of each component over all outcomes.
  public let smallest: [Double]
  /// The largest value of each component over all outcomes.
  public let largest: [Double]
  /// E|g|, component by component: the magnitude against which rounding is measured.
  public let magnitude: [Double]
  /// What was visited.
  public let coverage: Coverage

  /// Var[g], component by component.
  public var variances: [Double] { covariance.indices.map { covariance[$0][$0] } }

  /// E[g] as numbers that know their rounding.
  public var means: [ExactValue] {
    zip(mean, meanBound).map { ExactValue($0, roundingBound: $1) }
  }

  /// Cov[g], row by row in one list, as numbers that know their rounding.
  ///
  /// ```
  /// |error of Cov_ij| ≤ (depth + 4) u √(E[g_i²] E[g_j²])
  /// ```
  /// Each term of the update is a product of `depth` probabilities and a handful of operations,
  /// and by Cauchy and Schwarz the terms add up to no more than the root.
  public var covariances: [ExactValue] {
    let unit = Double(coverage.depth + 4) * Double.ulpOfOne
    let sizes = mean.indices.map { (variances[$0] + mean[$0] * mean[$0]).squareRoot() }
    return mean.indices.flatMap { i in
      mean.indices.map { j in
        ExactValue(covariance[i][j], roundingBound: unit * sizes[i] * sizes[j])
      }
    }
  }

  /// The sum of the variances, the trace of the covariance.
  public var covarianceTrace: Double { variances.reduce(0, +) }

  /// The number of outcomes visited.
  public var outcomes: Int { coverage.outcomes }
}

/// The exact moments of a program with several values, by running it over every outcome.
///
/// The mean is a compensated sum of p·g. The covariance is built up by the weighted update of
/// West (1979), which never subtracts two large numbers.
public func exactMoments(
  limits: ChoiceLimits = ChoiceLimits(),
  of program: (inout Exhaustive) throws -> [Double]
) throws -> ExactMoments {
  var gathered = MomentSums()
  let coverage = try forEachOutcome(limits: limits, of: program) { values, probability in
    try gathered.add(values, weight: probability)
  }
  return gathered.moments(coverage)
}

/// The moments of values that have been computed elsewhere, with the probability of each, a product of
/// up to `depth` numbers.
public func exactMoments(
  values: [[Double]], probabilities: [Double], depth: Int
) throws(ChoiceError) -> ExactMoments {
  var gathered = MomentSums()
  var total = CompensatedSum()
  for (value, probability) in zip(values, probabilities) {
    try gathered.add(value, weight: probability)
    total.add(probability)
  }
  return gathered.moments(
    Coverage(outcomes: values.count, totalProbability: total.value, depth: depth))
}

/// The exact mean of a program with one value.
public func exactMean(
  limits: ChoiceLimits = ChoiceLimits(), of program: (inout Exhaustive) throws -> Double
) throws -> ExactValue {
  let moments = try exactMoments(limits: limits) { choices in [try program(&choices)] }
  return ExactValue(moments.mean[0], roundingBound: moments.meanBound[0])
}

/// Running sums of weighted values: mean, covariance and range.
struct MomentSums {
  private var weight = 0.0
  private var centre: [Double] = []
  /// The lower triangle, row by row.
  private var scatter: [Double] = []
  /// g − m, kept for its memory.
  private var departures: [Double] = []
  private var sums: [CompensatedSum] = []
  private var magnitude: [Double] = []
  private var smallest: [Double] = []
  private var largest: [Double] = []

  mutating func add(_ values: [Double], weight added: Double) throws(ChoiceError) {
    if centre.isEmpty { start(values.count) }
    guard values.count == centre.count else {
      throw .changedItsLength(was: centre.count, now: values.count)
    }
    for (component, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(component: component, value: value)
    }
    guard added > 0 else { return }
    let before = weight
    weight += added
    // West 1979: m ← m + (w/W) d with d = g − m, and S ← S + w (1 − w/W) d dᵀ.
    // 1 − w/W is taken as (W − w)/W from the weight before: the subtraction would lose every
    // digit where an outcome of tiny probability comes first.
    let share = added / weight
    let rest = before / weight
    for i in values.indices { departures[i] = values[i] - centre[i] }
    var cell = 0
    for i in values.indices {
      centre[i] += share * departures[i]
      for j in 0...i {
        scatter[cell] += added * rest * departures[i] * departures[j]
        cell += 1
      }
      sums[i].add(added * values[i])
      magnitude[i] += added * abs(values[i])
      smallest[i] = min(smallest[i], values[i])
      largest[i] = max(largest[i], values[i])
    }
  }

  private mutating func start(_ count: Int) {
    centre = [Double](repeating: 0, count: count)
    scatter = [Double](repeating: 0, count: count * (count + 1) / 2)
    departures = centre
    sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
    magnitude = centre
    smallest = [Double](repeating: .infinity, count: count)
    largest = [Double](repeating: -.infinity, count: count)
  }

  /// Σ w g, component by component.
  var mean: [Double] { sums.map(\.value) }

  /// Σ w (g − m)(g − m)ᵀ for weights that add up to one.
  var covariance: [[Double]] {
    centre.indices.map { i in
      centre.indices.map { j in
        let (row, column) = (max(i, j), min(i, j))
        return scatter[row * (row + 1) / 2 + column]
      }
    }
  }

  func moments(_ coverage: Coverage) -> ExactMoments {
    // A probability is a product of `depth` factors and a value is weighted and added once.
    let bound = Double(coverage.depth + 4) * Double.ulpOfOne
    return ExactMoments(
      mean: mean, covariance: covariance,
      meanBound: magnitude.map { $0 * bound },
      smallest: smallest, largest: largest, magnitude: magnitude, coverage: coverage)
  }
}
