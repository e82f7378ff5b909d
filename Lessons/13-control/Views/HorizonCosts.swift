import Exact
import Models
import Networks

/// The exact cost of a planner with a short horizon.
enum HorizonCosts {
  /// E[J_H].
  static func expected(_ problem: ControlProblem, horizon: Int) throws -> Double {
    let gains = try ClosedLoop.recedingGains(
      of: problem.system, horizon: horizon, steps: ControlProblem.steps)
    return ClosedLoop(of: problem.system, gains: gains)
      .value(from: problem.start, noise: problem.covariance)
  }

  /// The places of a run of so many steps without pushes, and what it costs.
  static func run(
    _ system: LinearQuadratic, horizon: Int, steps: Int
  ) throws -> (places: [Double], cost: Double) {
    let gains = try ClosedLoop.recedingGains(of: system, horizon: horizon, steps: steps)
    var state = CameraRuns.start
    var (places, controls) = ([state[0]], [Vector]())
    for gain in gains {
      controls.append(-gain.times(state))
      state = system.next(state, controls[controls.count - 1])
      places.append(state[0])
    }
    return (places, system.cost(from: CameraRuns.start, controls: controls))
  }
}
