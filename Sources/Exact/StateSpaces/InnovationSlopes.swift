import GSL
import Models
import Probability

extension DoubledChainLaw {
  /// The slopes of log p(y), once two forms of them agree: as much as is promised of every answer.
  ///
  /// Both have 32 digits. Where noise is small beside states, or states beside noise, one of them takes differences of
  /// large numbers and the other does not.
  public var slopes: StateSpaceSlopes {
    get throws {
      let (slopes, expected) = (try innovationSlopes, expectedSlopes)
      let agree = zip(slopes.numbers, expected.numbers).allSatisfy {
        // The negated form would let pass what is no number.
        abs($0 - $1) <= StateSpacePosterior.promised * max(1, abs($0))
      }
      guard agree else {
        throw ExactRefusal.undecided("gradient", "it is a difference of numbers that are too large")
      }
      return slopes
    }
  }

  /// By what a belief and a likelihood that meet in one place say together.
  ///
  /// ```
  /// x ~ N(m, P), likelihood |F·x − g|²:    S = F·P·Fᵀ + 1,  λ = Fᵀ S⁻¹ (g − F·m)    ∂/∂m = λ    ∂/∂P = ½ (λ·λᵀ − Fᵀ S⁻¹ F)
  /// P = A·P₀·Aᵀ + Q, m = A·m₀ + b          ∂/∂A = (λ·λᵀ − Fᵀ S⁻¹ F)·A·P₀ + λ·m₀ᵀ
  /// y = C·x + d + N(0, R), x ~ N(m, P) given all other outputs:    S = C·P·Cᵀ + R,  α = S⁻¹ (y − C·m − d)
  ///                                        ∂/∂d = α    ∂/∂R = ½ (α·αᵀ − S⁻¹)    ∂/∂C = α·(m + P·Cᵀ·α)ᵀ − S⁻¹·C·P
  /// ```
  /// No noise is inverted alone, so that it may be as small as it likes.
  var innovationSlopes: StateSpaceSlopes {
    get throws {
      var slopes = StateSpaceSlopes(zeroLike: sequence.system)
      let n = sequence.system.stateCount
      for t in 0..<sequence.length {
        let (belief, rows) = (unseen[t], backward[t].rows)
        let innovation = try Innovation(
          belief, seen: rows.block(0..<rows.rows, 0..<n), target: rows.column(n), noise: nil)
        let pull = innovation.view.transposed().times(innovation.alpha)
        let curvature =
          outer(pull, pull)
          - innovation.view.transposed().times(innovation.solved(innovation.view))
        if t == 0 {
          slopes.addStart(mean: pull, covariance: curvature.scaled(by: 0.5))
        } else {
          let (before, step) = (updated[t - 1], steps[t - 1])
          let spread = before.doubts.transposed().times(before.doubts)
          slopes.addStep(
            t - 1, of: sequence,
            dynamics: curvature.times(step.dynamics).times(spread) + outer(pull, before.mean),
            noise: curvature.scaled(by: 0.5), offset: pull)
        }
        try addView(t, to: &slopes)
      }
      return slopes
    }
  }

  private func addView(_ t: Int, to slopes: inout StateSpaceSlopes) throws {
    let (system, seen) = (sequence.system, sequence.seen[t])
    guard !seen.isEmpty else { return }
    let (emission, noise) = (system.emission[t], system.emissionNoise[t])
    let offset = sequence.outputOffset(at: t)
    let others = unseen[t].conditioned(on: later[t]).0
    let innovation = try Innovation(
      others, seen: DoubledMatrix(seen.map { emission[$0] }),
      target: seen.map { DoubleDouble(sequence.observations[t][$0]) - offset[$0] },
      noise: DoubledMatrix(seen.map { i in seen.map { noise[i][$0] } }))
    let alpha = innovation.alpha
    let smoothed = zip(
      others.mean,
      innovation.spread.times(innovation.view.transposed().times(alpha))
    ).map { $0 + $1 }
    var identity = DoubledMatrix(zeros: seen.count, seen.count)
    for i in seen.indices { identity[i, i] = DoubleDouble(1) }
    let ofNoise = (outer(alpha, alpha) - innovation.solved(identity)).scaled(by: 0.5)
    let ofEmission =
      outer(alpha, smoothed) - innovation.solved(innovation.view.times(innovation.spread))
    slopes.addView(
      t, of: sequence, emission: ofEmission.spread(rows: seen, of: system.outputCount),
      noise: ofNoise.spread(rows: seen, of: system.outputCount).transposed()
        .spread(rows: seen, of: system.outputCount).transposed(),
      offset: DoubledMatrix(column: alpha).spread(rows: seen, of: system.outputCount).column(0))
  }
}

/// What a normal belief and something seen of the state have to say to each other.
private struct Innovation {
  /// F, or C: how the state is seen.
  let view: DoubledMatrix
  /// P.
  let spread: DoubledMatrix
  /// S⁻¹(target − view · mean).
  private(set) var alpha: [DoubleDouble] = []
  private let factor: LinearAlgebra.DoubledFactor?

  /// Without a noise, what is seen has noise of covariance 1.
  init(
    _ belief: DoubledBelief, seen view: DoubledMatrix, target: [DoubleDouble],
    noise: DoubledMatrix?
  ) throws {
    self.view = view
    spread = belief.doubts.transposed().times(belief.doubts)
    let influence = view.times(belief.doubts.transposed())
    var covariance = influence.times(influence.transposed())
    if let noise {
      covariance = covariance + noise
    } else {
      for i in 0..<view.rows { covariance[i, i] += DoubleDouble(1) }
    }
    factor = LinearAlgebra.DoubledFactor(order: view.rows, covariance.entries)
    guard factor != nil || view.rows == 0 else {
      throw ExactRefusal.undecided("gradient", "what is predicted is nearly singular")
    }
    alpha = solved(zip(target, view.times(belief.mean)).map { $0 - $1 })
  }

  private func solved(_ vector: [DoubleDouble]) -> [DoubleDouble] {
    factor.map { $0.upperSolved($0.lowerSolved(vector)) } ?? []
  }

  /// S⁻¹ · M.
  func solved(_ matrix: DoubledMatrix) -> DoubledMatrix {
    var result = matrix
    for j in 0..<matrix.columns {
      for (i, entry) in solved(matrix.column(j)).enumerated() { result[i, j] = entry }
    }
    return result
  }
}

extension DoubledMatrix {
  /// A matrix of one column.
  fileprivate init(column: [DoubleDouble]) {
    self.init(zeros: column.count, 1)
    entries = column
  }

  /// The rows as some of those of a larger matrix, whose others are 0.
  fileprivate func spread(rows places: [Int], of count: Int) -> DoubledMatrix {
    var spread = DoubledMatrix(zeros: count, columns)
    for (i, place) in places.enumerated() {
      for j in 0..<columns { spread[place, j] = self[i, j] }
    }
    return spread
  }
}
