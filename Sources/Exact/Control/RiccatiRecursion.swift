public import GSL
public import Models
public import Networks

/// The best controls of a linear system with quadratic costs, from the last step backwards.
///
/// ```
/// P_T = F
/// K_t = (R + Bᵀ P_{t+1} B)⁻¹ Bᵀ P_{t+1} A
/// P_t = Q + Aᵀ P_{t+1} (A − B K_t)
/// ```
/// u_t = −K_t x_t is best, and x_tᵀ P_t x_t is what the rest will cost. (Kalman 1960.)
public struct RiccatiRecursion: Sendable, Equatable {
  /// P_0 to P_T.
  public let costsToGo: [Matrix]
  /// K_0 to K_{T−1}.
  public let gains: [Matrix]

  // listing: 13 riccati
  /// T steps, from the end.
  public init(of system: LinearQuadratic, steps: Int) throws(GSLError) {
    var (costs, gains) = ([system.finalCost], [Matrix]())
    for _ in 0..<max(0, steps) {
      let gain = try Self.gain(of: system, next: costs[0])
      costs.insert(Self.costToGo(of: system, next: costs[0], gain: gain), at: 0)
      gains.insert(gain, at: 0)
    }
    (costsToGo, self.gains) = (costs, gains)
  }

  /// K_t, from P_{t+1}.
  public static func gain(
    of system: LinearQuadratic, next cost: Matrix
  ) throws(GSLError) -> Matrix {
    let (turned, m) = (system.input.transposed().times(cost), system.controlCount)
    let weight = system.controlCost + turned.times(system.input)
    let gain = try LinearAlgebra.choleskySolve(
      order: m, weight.array, right: turned.times(system.dynamics).array,
      rightColumns: system.stateCount)
    return Matrix(rows: m, columns: system.stateCount, gain)
  }

  /// P_t, from P_{t+1} and K_t.
  public static func costToGo(
    of system: LinearQuadratic, next cost: Matrix, gain: Matrix
  ) -> Matrix {
    let steered = system.dynamics - system.input.times(gain)
    return system.stateCost + system.dynamics.transposed().times(cost).times(steered)
  }
  // end of listing

  /// x_0ᵀ P_0 x_0, and what noise adds.
  public func value(from start: Vector, noise: Matrix? = nil) -> Double {
    costsToGo[0].quadraticForm(start) + (noise.map { noiseCost($0) } ?? 0)
  }

  /// Σ_t tr(P_{t+1} W): what pushes of covariance W add to the cost, wherever the start is.
  public func noiseCost(_ noise: Matrix) -> Double {
    costsToGo.dropFirst().reduce(0) { sum, cost in
      sum + cost.times(noise).diagonal().array.reduce(0, +)
    }
  }
}
