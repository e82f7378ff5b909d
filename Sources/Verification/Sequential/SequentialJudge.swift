import GSL
import Probability

/// Judges the mean of draws while they come: the chance of ever calling an unbiased estimator biased,
/// however often and however long one looks, is no more than a stated rate.
///
/// A t-test that is repeated until it rejects rejects everything in the end.
public struct SequentialJudge: Sendable {
  /// What makes the rate hold.
  public enum Basis: Sendable, Equatable {
    /// All draws lie in a known range: the rate holds for every law and every number of draws.
    case range(from: Double, to: Double)
    /// A finite variance: the rate holds in the limit of many draws.
    case asymptotic
  }

  /// What makes the rate hold.
  public let basis: Basis
  /// The chance of a false alarm, over all components and all time.
  public let falseAlarm: Double
  /// What the mean should be.
  public let target: [Double]
  /// How many draws there were.
  public private(set) var count = 0
  /// After how many draws a bias was seen first, and in which component.
  public private(set) var alarm: (count: Int, component: Int)?
  private var sequences: [any ConfidenceSequence]

  /// A judge that has seen nothing.
  public init(target: [Double], basis: Basis, falseAlarm: Double = 1e-3) {
    self.target = target
    self.basis = basis
    self.falseAlarm = falseAlarm
    let share = falseAlarm / Double(max(1, target.count))
    sequences = target.map { _ in
      switch basis {
      case .range(let low, let high): BoundedSequence(from: low, to: high, falseAlarm: share)
      case .asymptotic: AsymptoticSequence(falseAlarm: share)
      }
    }
  }

  /// Takes the next draw.
  ///
  /// - Throws: a refusal where it has another number of components, is not finite, or lies outside of
  ///   the range that was stated.
  public mutating func add(_ draw: [Double]) throws(DrawRefusal) {
    guard draw.count == target.count else {
      throw DrawRefusal(
        "draw \(count + 1) has \(draw.count) components, \(target.count) belong there")
    }
    for (component, value) in draw.enumerated() {
      guard value.isFinite else {
        throw DrawRefusal("number \(component + 1) of draw \(count + 1) is \(value)")
      }
      if case .range(let low, let high) = basis, value < low || value > high {
        throw DrawRefusal(
          "number \(component + 1) of draw \(count + 1) is \(Format.short(value)), outside of the range "
            + "\(Format.short(low)) to \(Format.short(high)) that was stated")
      }
    }
    count += 1
    for component in draw.indices {
      sequences[component].add(draw[component])
      guard alarm == nil else { continue }
      let (centre, halfWidth) = sequences[component].interval
      if abs(centre - target[component]) > halfWidth { alarm = (count, component) }
    }
  }

  /// Where the mean of each component is said to lie so far.
  public var intervals: [(centre: Double, halfWidth: Double)] { sequences.map(\.interval) }

  /// The largest bias of each component that is not excluded so far.
  public var largestBias: [Double] {
    zip(intervals, target).map { abs($0.centre - $1) + $0.halfWidth }
  }

  /// Whether no bias has been seen at any time.
  public var holds: Bool { alarm == nil }

  /// About how many draws it takes until no bias above a size is possible, if there is none: widths
  /// shrink with the root of the number.
  public func drawsNeeded(toExclude size: Double) -> Double {
    let widest = intervals.map(\.halfWidth).max() ?? 0
    return Double(count) * (widest / size) * (widest / size)
  }
}

/// Why a draw cannot be judged.
public struct DrawRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong with it.
  public let description: String
  init(_ description: String) { self.description = description }
}
