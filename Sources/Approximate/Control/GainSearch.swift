public import Models
public import Networks

/// Steering without a model: a gain is moved downhill by the costs of whole runs, nothing else.
///
/// ```
/// u_t = −K x_t,   ∂J/∂K_i ≈ (J(K + δ e_i) − J(K − δ e_i))/(2 δ)
/// ```
/// Each step of the search takes 2n runs. (Recht 2019, section 4.)
public struct GainSearch: Sendable, Equatable {
  /// δ.
  public let offset: Double
  /// How far a step goes along the slope.
  public let rate: Double
  /// The longest step.
  public let longest: Double

  /// A search with positive settings.
  public init(offset: Double, rate: Double, longest: Double) throws(ModelError) {
    for (place, number) in [("offset", offset), ("rate", rate), ("longest", longest)]
    where !(number > 0 && number.isFinite) {
      throw ModelError(place, "expected a positive number, found \(number)")
    }
    (self.offset, self.rate, self.longest) = (offset, rate, longest)
  }

  /// J of a run of so many steps with a gain.
  public static func cost(
    of system: LinearQuadratic, from start: Vector, gain: Vector, steps: Int
  ) -> Double {
    var (state, controls) = (start, [Vector]())
    for _ in 0..<steps {
      controls.append(Vector(-gain.dot(state)))
      state = system.next(state, controls[controls.count - 1])
    }
    return system.cost(from: start, controls: controls)
  }

  /// The slope of J at a gain.
  public func slope(
    of system: LinearQuadratic, from start: Vector, gain: Vector, steps: Int
  ) -> Vector {
    Vector(
      gain.indices.map { i in
        let (up, down) = (
          gain.replacing(i, with: gain[i] + offset), gain.replacing(i, with: gain[i] - offset)
        )
        return
          (Self.cost(of: system, from: start, gain: up, steps: steps)
          - Self.cost(of: system, from: start, gain: down, steps: steps)) / (2 * offset)
      })
  }

  /// Gains after each step of the search, from zero on; the transitions that they took are 2 n T a step.
  public func gains(
    of system: LinearQuadratic, from start: Vector, steps: Int, searches: Int
  ) -> [Vector] {
    var gains = [Vector(zeros: system.stateCount)]
    for _ in 0..<searches {
      let gain = gains[gains.count - 1]
      let slope = slope(of: system, from: start, gain: gain, steps: steps)
      let length = slope.dot(slope).squareRoot()
      gains.append(gain - min(rate, length > 0 ? longest / length : rate) * slope)
    }
    return gains
  }
}
