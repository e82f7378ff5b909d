import GSL

/// The exact means of a program with several values, without their covariances.
///
/// What has hundreds of values has tens of thousands of covariances; where nobody asks for these,
/// the means cost one addition a value and outcome.
public func exactMeans(
  limits: ChoiceLimits = ChoiceLimits(), of program: (inout Exhaustive) throws -> [Double]
) throws -> [ExactValue] {
  var (sums, sizes) = ([CompensatedSum](), [Double]())
  let coverage = try forEachOutcome(limits: limits, of: program) { values, probability in
    if sums.isEmpty {
      sums = [CompensatedSum](repeating: CompensatedSum(), count: values.count)
      sizes = [Double](repeating: 0, count: values.count)
    }
    guard values.count == sums.count else {
      throw ChoiceError.changedItsLength(was: sums.count, now: values.count)
    }
    for (component, value) in values.enumerated() {
      guard value.isFinite else {
        throw ChoiceError.notFinite(component: component, value: value)
      }
      sums[component].add(probability * value)
      sizes[component] += probability * abs(value)
    }
  }
  // A probability is a product of `depth` factors, and a value is weighted and added once.
  let unit = Double(coverage.depth + 4) * Double.ulpOfOne
  return zip(sums, sizes).map { ExactValue($0.value, roundingBound: unit * $1) }
}

/// The exact variances of a program with several values, without their covariances: a second run
/// over every outcome, when the means are known.
///
/// ```
/// Var g = Σ (√p (g − E g))²
/// ```
/// The root of the probability goes in before the square, so that a rare and enormous value counts
/// for what it is where its square alone would leave the doubles.
public func exactVariances(
  around means: [Double], limits: ChoiceLimits = ChoiceLimits(),
  of program: (inout Exhaustive) throws -> [Double]
) throws -> [ExactValue] {
  var sums = means.map { _ in CompensatedSum() }
  let coverage = try forEachOutcome(limits: limits, of: program) { values, probability in
    guard values.count == sums.count else {
      throw ChoiceError.changedItsLength(was: sums.count, now: values.count)
    }
    let root = probability.squareRoot()
    for (component, value) in values.enumerated() {
      let departure = root * (value - means[component])
      guard departure.isFinite else {
        throw ChoiceError.notFinite(component: component, value: value)
      }
      sums[component].add(departure * departure)
    }
  }
  let unit = Double(coverage.depth + 8) * Double.ulpOfOne
  return sums.map { ExactValue($0.value, roundingBound: unit * $0.value) }
}
