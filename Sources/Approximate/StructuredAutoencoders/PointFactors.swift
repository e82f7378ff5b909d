package import GSL
import Networks
package import Probability

/// q(x)·q(z) of one point of a latent mixture.
package struct PointFactors: Sendable {
  /// q(x).
  package private(set) var state: GaussianFactor
  /// q(z).
  package private(set) var responsibilities: [Double]

  /// By its factors.
  package init(state: GaussianFactor, responsibilities: [Double]) {
    (self.state, self.responsibilities) = (state, responsibilities)
  }

  /// The best q(x) for given responsibilities.
  package init(
    _ potential: QuadraticPotential, _ messages: ComponentMessages, _ responsibilities: [Double]
  ) throws(GSLError) {
    self.responsibilities = responsibilities
    state = try PointFactors.state(potential, messages, responsibilities)
  }

  // listing: 08 local-inference
  /// q(x) ∝ exp(ψ(x) + Σ_k r_k ψ_k(x)): potentials are added.
  package static func state(
    _ potential: QuadraticPotential, _ messages: ComponentMessages, _ responsibilities: [Double]
  ) throws(GSLError) -> GaussianFactor {
    try GaussianFactor(
      zip(responsibilities, messages.potentials).reduce(potential) { $0 + $1.0 * $1.1 })
  }

  /// r_k ∝ exp(constant_k + E_q(x)[ψ_k(x)]).
  package static func responsibilities(
    _ state: GaussianFactor, _ messages: ComponentMessages
  ) -> [Double] {
    softmax(
      Vector(zip(messages.constants, messages.potentials).map { $0 + state.mean(of: $1) })
    ).array
  }
  // end of listing

  /// Sweeps until nothing moves, then Newton's method; returns how many sweeps there were.
  ///
  /// Sweeps converge linearly; once the point to which they go is near, Newton's steps reach it to rounding.
  @discardableResult
  package mutating func ascend(
    _ potential: QuadraticPotential, _ messages: ComponentMessages
  ) throws(GSLError) -> Int {
    var sweeps = 0
    while sweeps < 100_000 {
      sweeps += 1
      let moved = try sweep(potential, messages)
      if moved < 1e-15 { return sweeps }
      if moved < 1e-7 { break }
    }
    for _ in 0..<4 {
      guard try newtonStep(potential, messages) > 1e-15 else { break }
    }
    return sweeps
  }

  /// q(z) for q(x), then q(x) for q(z); how far the responsibilities moved.
  private mutating func sweep(
    _ potential: QuadraticPotential, _ messages: ComponentMessages
  ) throws(GSLError) -> Double {
    let before = responsibilities
    responsibilities = PointFactors.responsibilities(state, messages)
    state = try PointFactors.state(potential, messages, responsibilities)
    return zip(before, responsibilities).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
  }

  /// r + (1 − ∂g)⁻¹·(g(r) − r) for the sweep g; how far the responsibilities moved.
  private mutating func newtonStep(
    _ potential: QuadraticPotential, _ messages: ComponentMessages
  ) throws(GSLError) -> Double {
    let target = PointFactors.responsibilities(state, messages)
    let away = zip(target, responsibilities).map { $0 - $1 }
    let linearised = PointFactors(state: state, responsibilities: target)
    let step = try linearised.solved(away, messages)
    let moved = zip(responsibilities, step).map { max(0, $0 + $1) }
    let total = moved.reduce(0, +)
    responsibilities = moved.map { $0 / total }
    state = try PointFactors.state(potential, messages, responsibilities)
    return step.reduce(0) { max($0, $1.magnitude) }
  }

  // listing: 08 natural-gradient
  /// The rates of q(z) and q(x) when the potential moves along a tilt.
  ///
  /// ```
  /// dr = B·(E'[ψ_k] along (tilt + Σ_j dr_j ψ_j)),     B = diag(r) − r·rᵀ
  /// (1 − B·M)·dr = B·l,     M_kj = E'[ψ_k] along ψ_j,     l_k = E'[ψ_k] along tilt
  /// ```
  /// E'[ψ_k] is the rate of E_q(x)[ψ_k(x)] as the potential of q(x) moves.
  package func response(
    to tilt: QuadraticPotential, _ messages: ComponentMessages
  ) throws(GSLError) -> (responsibilities: [Double], state: MomentResponse) {
    let along = state.response(to: tilt)
    let logRates = messages.potentials.map(along.mean(of:))
    let rates = try solved(spread(logRates), messages)
    let whole = zip(rates, messages.potentials).reduce(tilt) { $0 + $1.0 * $1.1 }
    return (rates, state.response(to: whole))
  }
  // end of listing

  /// (1 − B·M)⁻¹ · rates.
  private func solved(
    _ rates: [Double], _ messages: ComponentMessages
  ) throws(GSLError) -> [Double] {
    let count = rates.count
    if count == 1 { return rates }
    var matrix = [Double](repeating: 0, count: count * count)
    for (j, potential) in messages.potentials.enumerated() {
      let along = state.response(to: potential)
      let column = spread(messages.potentials.map(along.mean(of:)))
      for k in 0..<count { matrix[k * count + j] = (k == j ? 1 : 0) - column[k] }
    }
    return try LinearAlgebra.solve(order: count, matrix, right: rates)
  }

  /// B·l: r_k (l_k − Σ_j r_j l_j).
  private func spread(_ logRates: [Double]) -> [Double] {
    let mean = dot(responsibilities, logRates)
    return zip(responsibilities, logRates).map { $0 * ($1 - mean) }
  }
}
