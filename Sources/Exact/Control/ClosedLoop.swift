public import GSL
public import Models
public import Networks

/// What it costs to steer by u_t = −G_t x_t, for gains that need not be the best.
///
/// ```
/// S_T = F,   S_t = Q + G_tᵀ R G_t + (A − B G_t)ᵀ S_{t+1} (A − B G_t)
/// E[J] = x_0ᵀ S_0 x_0 + Σ_t tr(S_{t+1} W)
/// ```
public struct ClosedLoop: Sendable, Equatable {
  /// S_0 to S_T.
  public let costsToGo: [Matrix]

  /// The cost to go of gains G_0 to G_{T−1}.
  public init(of system: LinearQuadratic, gains: [Matrix]) {
    var costs = [system.finalCost]
    for gain in gains.reversed() {
      let steered = system.dynamics - system.input.times(gain)
      let control = gain.transposed().times(system.controlCost).times(gain)
      costs.insert(
        system.stateCost + control + steered.transposed().times(costs[0]).times(steered), at: 0)
    }
    costsToGo = costs
  }

  /// E[J] from a start, with pushes of covariance W.
  public func value(from start: Vector, noise: Matrix? = nil) -> Double {
    var sum = costsToGo[0].quadraticForm(start)
    if let noise {
      for cost in costsToGo.dropFirst() {
        sum += cost.times(noise).diagonal().array.reduce(0, +)
      }
    }
    return sum
  }

  /// The gains of one who plans H steps, or what is left of T, plays the first and plans again.
  public static func recedingGains(
    of system: LinearQuadratic, horizon: Int, steps: Int
  ) throws(GSLError) -> [Matrix] {
    let recursion = try RiccatiRecursion(of: system, steps: min(horizon, steps))
    // The first gain of a plan of h steps is the one with h steps to go.
    return (0..<steps).compactMap { t in
      let left = min(horizon, steps - t)
      return recursion.gains.dropFirst(recursion.gains.count - left).first
    }
  }
}
