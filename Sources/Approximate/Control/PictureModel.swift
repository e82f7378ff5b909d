import GSL
public import Models
public import Networks

/// A latent linear model of what a camera sees: one number a picture, two pictures a state.
///
/// ```
/// s_t = wᵀ(o_t − goal),   z_t = (s_t, s_{t−1})
/// s_{t+1} ≈ a z_t + b u_t,   cost ≈ c s_t²
/// ```
/// w is the direction in which pictures differ most; a, b and c are found by least squares. A small relative of the
/// models that Watter and others 2015 and Hafner and others 2019 learn with networks.
public struct PictureModel: Sendable, Equatable {
  /// w, of length one.
  public let direction: [Double]
  /// The picture that is wanted.
  public let goal: [Double]
  /// The system that it believes in, with z for a state.
  public let system: LinearQuadratic

  /// A model of these steps; a control costs as much as is said.
  public init(
    learning steps: [PictureTransition], goal: [Double], controlCost: Double
  ) throws {
    let direction = try Self.leading(steps.map(\.now) + steps.map(\.next))
    func code(_ picture: [Double]) -> Double { Self.code(picture, direction, goal) }
    let fit = try LinearIdentification(
      fitting: steps.map { step in
        (
          Vector(code(step.now), code(step.before)), Vector(step.control), Vector(code(step.next))
        )
      })
    let squares = steps.map { code($0.now) * code($0.now) }
    let product = zip(squares, steps).reduce(0.0) { $0 + $1.0 * $1.1.cost }
    let scale = product / squares.reduce(0.0) { $0 + $1 * $1 }
    let cost: Matrix = [[scale, 0], [0, 0]]
    system = try LinearQuadratic(
      dynamics: [[fit.dynamics[0, 0], fit.dynamics[0, 1]], [1, 0]],
      input: [[fit.input[0, 0]], [0]], stateCost: cost, controlCost: [[controlCost]],
      finalCost: cost)
    (self.direction, self.goal) = (direction, goal)
  }

  /// z of two pictures.
  public func latent(now: [Double], before: [Double]) -> Vector {
    Vector(Self.code(now, direction, goal), Self.code(before, direction, goal))
  }

  private static func code(
    _ picture: [Double], _ direction: [Double], _ goal: [Double]
  ) -> Double {
    picture.indices.reduce(0) { $0 + direction[$1] * (picture[$1] - goal[$1]) }
  }

  /// The first principal component.
  private static func leading(_ pictures: [[Double]]) throws -> [Double] {
    let pixels = pictures.first?.count ?? 0
    guard pixels > 0, pictures.allSatisfy({ $0.count == pixels }) else {
      throw ModelError("pictures", "expected some, all of one size")
    }
    let count = Double(pictures.count)
    let means = (0..<pixels).map { j in pictures.reduce(0.0) { $0 + $1[j] } / count }
    let centred = pictures.map { picture in zip(picture, means).map { $0 - $1 } }
    var moments: [Double] = []
    for i in 0..<pixels {
      for j in 0..<pixels { moments.append(centred.reduce(0.0) { $0 + $1[i] * $1[j] }) }
    }
    let vectors = try LinearAlgebra.symmetricEigen(order: pixels, moments).vectors
    // Eigenvalues come in ascending order: the last column.
    return (0..<pixels).map { vectors[$0 * pixels + pixels - 1] }
  }
}
