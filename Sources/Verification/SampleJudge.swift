import GSL
public import Probability

/// The error rates that a test from samples promises.
public struct ErrorRates: Sendable, Equatable {
  /// The chance of calling an unbiased estimator biased, over all its components together.
  public let falseAlarm: Double
  /// The chance of missing a bias of the smallest size it promises to see.
  public let miss: Double

  /// One false alarm in a million, one miss in a thousand, unless said otherwise.
  public init(falseAlarm: Double = 1e-6, miss: Double = 1e-3) {
    self.falseAlarm = falseAlarm
    self.miss = miss
  }
}

/// What samples can say about an estimator, where its outcomes cannot all be visited.
public struct SampleJudgement: Sendable, Equatable {
  /// The components whose average is too far from the target, with how far.
  public let departures: [Int: Double]
  /// How far an unbiased estimator's average can stray at the stated false-alarm rate.
  public let allowed: [Double]
  /// The smallest bias that would have been seen at the stated miss rate, by component.
  public let smallestVisible: [Double]
  /// The rates.
  public let rates: ErrorRates
  /// The number of draws.
  public let count: Int
  /// Whether the thresholds hold for any law on the stated range, or by the normal approximation.
  public let isFiniteSample: Bool

  /// Whether no bias was seen.
  public var holds: Bool { departures.isEmpty }

  /// The verdict with everything that it depends on.
  public var words: String {
    let visible = Format.short(smallestVisible.max() ?? 0)
    let basis = isFiniteSample ? "Hoeffding's bound" : "normal approximation"
    let rates =
      "\(count) draws, false alarms \(Format.short(rates.falseAlarm)), misses \(Format.short(rates.miss)), \(basis)"
    guard let (component, distance) = departures.max(by: { abs($0.value) < abs($1.value) }) else {
      return "no bias seen; one of \(visible) would have been (\(rates))"
    }
    return "biased: component \(component) is off by \(Format.short(distance)), "
      + "\(Format.short(allowed[component])) is allowed (\(rates))"
  }
}

/// Judges an estimator's mean from samples, with stated error rates and power.
///
/// Without a range the thresholds rest on the central limit theorem: z(α/2d) standard errors. With
/// the range of each component, which exhaustive execution gives for free on a small model,
/// Hoeffding's inequality holds at any number of draws: (b − a) √(log(2d/α) / 2n).
public func judgeSamples(
  _ found: SampledMoments, target: [Double], rates: ErrorRates = ErrorRates(),
  range: (smallest: [Double], largest: [Double])? = nil
) throws -> SampleJudgement {
  let components = target.count
  let share = rates.falseAlarm / Double(components)
  var allowed: [Double] = []
  var visible: [Double] = []
  for component in 0..<components {
    if let range {
      let width = range.largest[component] - range.smallest[component]
      func envelope(_ rate: Double) -> Double {
        width * sqrt(log(1 / rate) / (2 * Double(found.count)))
      }
      allowed.append(envelope(share / 2))
      visible.append(envelope(share / 2) + envelope(rates.miss))
    } else {
      let error = found.standardErrors[component]
      let alarm = try SpecialFunctions.normalUpperQuantile(share / 2)
      allowed.append(alarm * error)
      visible.append((alarm + (try SpecialFunctions.normalUpperQuantile(rates.miss))) * error)
    }
  }
  var departures: [Int: Double] = [:]
  for component in 0..<components {
    let distance = found.mean[component] - target[component]
    if !(abs(distance) <= allowed[component]) { departures[component] = distance }
  }
  return SampleJudgement(
    departures: departures, allowed: allowed, smallestVisible: visible, rates: rates,
    count: found.count, isFiniteSample: range != nil)
}
