import GSL

/// Moments by quadrature that a finer and wider rule has confirmed.
public struct SettledMoments: Sendable {
  /// Those of the finer rule.
  public let moments: ExactMoments
  /// How far the refinement moved a mean or an entry of the covariance, with rounding.
  public let errorBound: Double
}

/// The moments of a program of choices and noise, by rules refined until two levels agree.
///
/// The rules converge like e^(−c/h), so that the difference of two levels is far above the error of the
/// finer one, and is taken as its bound.
/// - Parameters:
///   - limits: the cap on outcomes; no level visits more than four million in any case.
///   - program: the program, the same that a sampler runs.
/// - Returns: the moments of the finer of the two levels, with what the refinement moved.
/// - Throws: what the program throws, and `ChoiceError.unsettled` where no two levels agree.
public func settledMoments(
  limits: ChoiceLimits = ChoiceLimits(), of program: (inout NoiseNodes) throws -> [Double]
) throws -> SettledMoments {
  try settledMoments(limits: limits) { level, limits in
    try weightedMoments(limits: limits) { visit in
      var choices = NoiseNodes(level: level)
      var depth = 0
      repeat {
        choices.restart()
        let values = try program(&choices)
        try visit(values, choices.weight)
        depth = max(depth, choices.depth)
      } while try choices.advance()
      return depth
    }
  }
}

/// The same for moments that are computed in another way at each level.
public func settledMoments(
  limits: ChoiceLimits, at level: (Int, ChoiceLimits) throws -> ExactMoments
) throws -> SettledMoments {
  var limits = limits
  limits.outcomes = min(limits.outcomes, mostPoints)
  var coarse = try level(0, limits)
  var best: SettledMoments?
  for step in 1...28 {
    let fine: ExactMoments
    do { fine = try level(step, limits) } catch let error as ChoiceError {
      guard case .tooManyOutcomes = error, best != nil else { throw error }
      break
    }
    // What has left the doubles on one rule leaves them on all that reach further.
    guard fine.isFinite else {
      throw ChoiceError.unsettled(moved: .infinity, points: fine.outcomes)
    }
    let found = SettledMoments(moments: fine, errorBound: fine.distance(to: coarse))
    // A program that is zero but for rounding has no size to compare with.
    if fine.relativeDistance(to: coarse) <= 1e-10 || found.errorBound <= 1e-13 { return found }
    best = found
    coarse = fine
  }
  guard let best, best.moments.agrees(within: best.errorBound) else {
    throw ChoiceError.unsettled(
      moved: best.map { $0.errorBound / $0.moments.size } ?? .infinity,
      points: best?.moments.outcomes ?? 0)
  }
  return best
}

/// The moments of values with weights that add up to about one.
///
/// - Parameters:
///   - limits: the cap on how many values are taken.
///   - body: hands every value with its weight to its argument; returns how many factors a weight has.
/// - Returns: mean and covariance, as of outcomes with these probabilities.
/// - Throws: what the body throws, and `ChoiceError` where a value is not finite or too many come.
public func weightedMoments(
  limits: ChoiceLimits,
  _ body: ((_ values: [Double], _ weight: Double) throws -> Void) throws -> Int
) throws -> ExactMoments {
  var sums = MomentSums()
  var total = CompensatedSum()
  var outcomes = 0
  let depth = try body { values, weight in
    guard outcomes < limits.outcomes else {
      throw ChoiceError.tooManyOutcomes(atLeast: outcomes + 1, cap: limits.outcomes)
    }
    try sums.add(values, weight: weight)
    total.add(weight)
    outcomes += 1
  }
  return try sums.moments(
    Coverage(outcomes: outcomes, totalProbability: total.value, depth: depth))
}

extension ExactMoments {
  /// √E[g_i²], component by component.
  private var sizes: [Double] {
    mean.indices.map { sqrt(variances[$0] + mean[$0] * mean[$0]) }
  }

  /// The largest size of a moment, at least one.
  fileprivate var size: Double { sizes.reduce(1) { max($0, $1 * $1, $1) } }

  /// Whether means and covariances are numbers.
  fileprivate var isFinite: Bool {
    mean.allSatisfy(\.isFinite) && covariance.allSatisfy { $0.allSatisfy(\.isFinite) }
  }

  /// How far moments are from those of another rule, in units of √E[g²] and of its products.
  fileprivate func relativeDistance(to other: ExactMoments) -> Double {
    distance(to: other) { difference, size in difference / max(size, .leastNormalMagnitude) }
  }

  /// How far moments are from those of another rule.
  fileprivate func distance(to other: ExactMoments) -> Double {
    distance(to: other) { difference, size in difference + 16 * Double.ulpOfOne * size }
  }

  private func distance(
    to other: ExactMoments, _ measure: (_ difference: Double, _ size: Double) -> Double
  ) -> Double {
    let sizes = sizes
    var largest = 0.0
    for i in mean.indices {
      largest = max(largest, measure(abs(mean[i] - other.mean[i]), sizes[i]))
      for j in mean.indices {
        let moved = abs(covariance[i][j] - other.covariance[i][j])
        largest = max(largest, measure(moved, sizes[i] * sizes[j]))
      }
    }
    return largest
  }

  /// Whether a bound is small enough to show the moments: 10⁻⁸, of the larger of one and a variance.
  fileprivate func agrees(within bound: Double) -> Bool { bound <= 1e-8 * size }
}
