public import GSL
public import Models
public import Networks

/// Model-predictive control: plan some steps ahead, play the first, look where one is, plan again.
///
/// ```
/// x_t = Φ_t x_0 + G_t u
/// (Σ_t G_tᵀ Q_t G_t + R) u = −Σ_t G_tᵀ Q_t Φ_t x_0
/// ```
/// The plan is the minimum of a quadratic function of all its controls. The last state of a plan costs F.
public struct RecedingHorizon: Sendable, Equatable {
  /// What the planner believes of the world.
  public let model: LinearQuadratic
  /// H, how many steps it plans, or fewer where fewer are left.
  public let horizon: Int

  /// A planner that looks one step ahead at least.
  public init(model: LinearQuadratic, horizon: Int) throws(ModelError) {
    guard horizon > 0 else {
      throw ModelError("horizon", "expected at least 1, found \(horizon)")
    }
    self.model = model
    self.horizon = horizon
  }

  /// The best controls of so many steps, from this state.
  public func plan(from state: Vector, steps: Int) throws(GSLError) -> [Vector] {
    let (m, steps) = (model.controlCount, max(1, steps))
    var curvature = Matrix(zeros: m * steps, m * steps)
    var slope = Vector(zeros: m * steps)
    var (free, response) = (state, Matrix(zeros: model.stateCount, m * steps))
    for t in 0..<steps {
      (free, response) = (model.dynamics.times(free), model.dynamics.times(response))
      response += placed(model.input, at: t, of: steps)
      let cost = t == steps - 1 ? model.finalCost : model.stateCost
      curvature += response.transposed().times(cost).times(response)
      let block = placed(Matrix(identity: m), at: t, of: steps)
      curvature += block.transposed().times(model.controlCost).times(block)
      slope += response.transposedTimes(cost.times(free))
    }
    let all = try LinearAlgebra.choleskySolve(
      order: m * steps, curvature.array, right: slope.array.map { -$0 })
    return (0..<steps).map { Vector(Array(all[($0 * m)..<(($0 + 1) * m)])) }
  }

  /// A matrix of m columns, put where the controls of step t stand.
  private func placed(_ matrix: Matrix, at step: Int, of steps: Int) -> Matrix {
    let m = matrix.columns
    return Matrix(
      rows: matrix.rows, columns: m * steps,
      (0..<matrix.rows).flatMap { i in
        (0..<(m * steps)).map { j in j / m == step ? matrix[i, j % m] : 0 }
      })
  }

  // listing: 13 receding
  /// The first control of a plan that looks H steps ahead, or to the end.
  public func control(at state: Vector, remaining: Int) throws(GSLError) -> Vector {
    try plan(from: state, steps: min(horizon, remaining))[0]
  }

  /// The controls that are played where the world pushes: each push is seen after its step.
  public func play(from start: Vector, pushes: [Vector]) throws(GSLError) -> [Vector] {
    var (state, played) = (start, [Vector]())
    for (t, push) in pushes.enumerated() {
      let control = try control(at: state, remaining: pushes.count - t)
      played.append(control)
      state = model.next(state, control) + push
    }
    return played
  }
  // end of listing
}
