import GSL
import Models
import Probability

extension DoubledChainLaw {
  /// By the score s_t = ∇ log p(y_t, y_(t+1), … | x_t) of what comes after a normal step, which needs no inverse of
  /// its noise, and by Fisher's identity for the outputs.
  ///
  /// ```
  /// ∂/∂b = E[s]      ∂/∂A = E[s x_(t−1)ᵀ]      ∂/∂Q = ½ E[s sᵀ + ∇s]              (s of x_t, given y)
  /// e = y − C·x − d  ∂/∂d = R⁻¹ E[e]          ∂/∂C = R⁻¹ E[e xᵀ]      ∂/∂R = ½ (R⁻¹ E[e eᵀ] R⁻¹ − R⁻¹)
  /// ```
  /// The first line is an integration by parts: a derivative by the mean of a normal density is one by its place.
  var expectedSlopes: StateSpaceSlopes {
    var slopes = StateSpaceSlopes(zeroLike: sequence.system)
    let n = sequence.system.stateCount
    for t in 0..<sequence.length {
      let belief = state(at: t)
      let score = MeanScore(of: backward[t], belief)
      if t == 0 {
        slopes.addStart(mean: score.mean, covariance: score.curvature)
      } else {
        let both = pair(after: t - 1)
        let cross = both.doubts.transposed().times(both.doubts).block(n..<2 * n, 0..<n)
        let dynamics =
          outer(score.mean, Array(both.mean[..<n]))
          - score.seen.transposed().times(score.seen.times(cross))
        slopes.addStep(
          t - 1, of: sequence, dynamics: dynamics, noise: score.curvature, offset: score.mean)
      }
      addView(t, belief, to: &slopes)
    }
    return slopes
  }

  private func addView(_ t: Int, _ belief: DoubledBelief, to slopes: inout StateSpaceSlopes) {
    let (system, seen) = (sequence.system, sequence.seen[t])
    guard !seen.isEmpty else { return }
    let noise = seen.flatMap { i in seen.map { DoubleDouble(system.emissionNoise[t][i][$0]) } }
    guard let factor = LinearAlgebra.DoubledFactor(order: seen.count, noise) else { return }
    func solved(_ columns: DoubledMatrix) -> DoubledMatrix {
      var result = columns
      for j in 0..<columns.columns {
        let column = factor.upperSolved(factor.lowerSolved(columns.column(j)))
        for i in column.indices { result[i, j] = column[i] }
      }
      return result
    }
    let emission = DoubledMatrix(seen.map { system.emission[t][$0] })
    let (expected, offset) = (emission.times(belief.mean), sequence.outputOffset(at: t))
    let excess = zip(seen, expected).map {
      DoubleDouble(sequence.observations[t][$0]) - offset[$0] - $1
    }
    let covariance = belief.doubts.transposed().times(belief.doubts)
    let spread = emission.times(covariance)
    let ofExcess = outer(excess, excess) + spread.times(emission.transposed())
    let identity = DoubledMatrix(seen.map { i in seen.map { $0 == i ? 1 : 0 } })
    let whole = solved(solved(ofExcess).transposed()) - solved(identity)
    let rows = seen.count
    var emissionSlopes = DoubledMatrix(zeros: system.outputCount, belief.mean.count)
    var noiseSlopes = DoubledMatrix(zeros: system.outputCount, system.outputCount)
    var offsetSlopes = [DoubleDouble](repeating: DoubleDouble(0), count: system.outputCount)
    let ofEmission = solved(outer(excess, belief.mean) - spread)
    let ofOffset = factor.upperSolved(factor.lowerSolved(excess))
    for i in 0..<rows {
      offsetSlopes[seen[i]] = ofOffset[i]
      for k in belief.mean.indices { emissionSlopes[seen[i], k] = ofEmission[i, k] }
      for j in 0..<rows {
        noiseSlopes[seen[i], seen[j]] = DoubleDouble(0.5) * whole[i, j]
      }
    }
    slopes.addView(
      t, of: sequence, emission: emissionSlopes, noise: noiseSlopes, offset: offsetSlopes)
  }
}

/// Means of the score s(x) = ∇ log p(seen | x) = −Fᵀ(F·x − g) under a belief about x.
private struct MeanScore {
  /// F.
  let seen: DoubledMatrix
  /// E[s] = Fᵀ·r with r = g − F·mean.
  let mean: [DoubleDouble]
  /// ½ E[s sᵀ + ∇s] = ½ Fᵀ(r rᵀ + F·Cov(x)·Fᵀ − 1)F.
  let curvature: DoubledMatrix

  init(of evidence: DoubledEvidence, _ belief: DoubledBelief) {
    let (rows, n) = (evidence.rows.rows, belief.mean.count)
    let seen = evidence.rows.block(0..<rows, 0..<n)
    let excess = zip(evidence.rows.column(n), seen.times(belief.mean)).map { $0 - $1 }
    let influence = seen.times(belief.doubts.transposed())
    var middle = outer(excess, excess) + influence.times(influence.transposed())
    for i in 0..<rows { middle[i, i] -= DoubleDouble(1) }
    self.seen = seen
    mean = seen.transposed().times(excess)
    curvature = seen.transposed().times(middle).times(seen).scaled(by: 0.5)
  }
}
