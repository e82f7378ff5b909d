import GSL

/// How far a finding is from what it states, in the relation's own measure.
public struct Violation: Sendable, Equatable {
  /// The relative difference for =, ≈; the shortfall below zero for ≥ and ≤, relative to the scale;
  /// the distance to the smallest difference wanted for ≠; the departure from the order for →.
  public let worst: Double
  /// What of it is allowed.
  public let allowed: Double
  /// The relative difference between the stated and the found gap, where a gap is stated.
  public let gapWorst: Double
  /// What of that is allowed.
  public let gapAllowed: Double

  /// Whether the statement holds.
  public var holds: Bool { worst <= allowed && gapWorst <= gapAllowed }

  /// How close to refusal, for choosing the worst of many cases: above one is refused.
  public var severity: Double {
    func share(_ worst: Double, _ allowed: Double) -> Double {
      if worst <= 0 { return 0 }
      return allowed > 0 ? worst / allowed : .infinity
    }
    return max(share(worst, allowed), share(gapWorst, gapAllowed))
  }
}

extension Finding {
  /// Measures the statement, with the left side moved by a fraction of its own size if asked.
  ///
  /// A check that still holds when its reference is moved by one part in a million is no check;
  /// a side that is exactly zero is moved by that fraction of the terms it is made of.
  public func violation(perturbedBy fraction: Double = 0) -> Violation {
    let moved = fraction == 0 ? left : left.map { self.moved($0, by: fraction) }
    guard moved.count == right.count || relation == .tends,
      !(moved + right + (gap ?? [])).contains(where: \.isNaN)
    else { return refused }
    switch relation {
    case .equal:
      return Violation(
        worst: relativeDifference(moved, right), allowed: rounding, gapWorst: 0, gapAllowed: 0)
    case .atLeast: return inequality(zip(moved, right).map { $0 - $1 })
    case .atMost: return inequality(zip(moved, right).map { $1 - $0 })
    case .within:
      let size = max(scale, .leastNormalMagnitude)
      return Violation(
        worst: relativeDifference(moved, right), allowed: limit / size + rounding,
        gapWorst: 0, gapAllowed: 0)
    case .different:
      let differences = zip(moved, right).map { $0 - $1 }
      let largest = differences.map { abs($0) }.max() ?? 0
      return Violation(
        worst: max(0, limit - largest), allowed: 0,
        gapWorst: relativeDifference(differences, gap ?? []), gapAllowed: rounding)
    case .tends: return departure(moved)
    }
  }

  /// A number moved by a fraction of its size; what is infinite is moved to where it is finite.
  private func moved(_ value: Double, by fraction: Double) -> Double {
    guard value.isFinite || value.isNaN else {
      return value < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
    }
    return value + fraction * (abs(value) > 0 ? abs(value) : scale)
  }

  private var refused: Violation {
    Violation(worst: .infinity, allowed: rounding, gapWorst: 0, gapAllowed: 0)
  }

  private func inequality(_ differences: [Double]) -> Violation {
    let size = max(scale, .leastNormalMagnitude)
    let shortfall = differences.map { max(0, -$0) / size }.max() ?? 0
    return Violation(
      worst: shortfall, allowed: rounding, gapWorst: relativeDifference(differences, gap ?? []),
      gapAllowed: rounding)
  }

  /// The largest |l − r| over the components, relative to the size of the terms.
  private func relativeDifference(_ left: [Double], _ right: [Double]) -> Double {
    guard left.count == right.count else { return .infinity }
    var worst = 0.0
    for (l, r) in zip(left, right) where l != r {
      let difference = abs(l - r) / max(scale, .leastNormalMagnitude)
      worst = max(worst, difference.isNaN ? .infinity : difference)
    }
    return worst
  }

  /// The order that the last two errors show is log(e₁/e₂) / log(h₁/h₂).
  private func departure(_ values: [Double]) -> Violation {
    guard values.count == steps.count, values.count >= 2, let target = right.first else {
      return refused
    }
    let errors = values.map { abs($0 - target) }
    let n = values.count
    guard errors[n - 1] > 0, errors[n - 2] > 0 else { return refused }
    let shown = log(errors[n - 2] / errors[n - 1]) / log(steps[n - 2] / steps[n - 1])
    return Violation(
      worst: abs(shown - order), allowed: limit, gapWorst: 0, gapAllowed: 0)
  }
}
