package import GSL
import Networks
package import Probability

/// What the global factor tells a point of each component: E log p(x | z = k, θ) + E log π_k.
///
/// ```
/// message_k(x) = ψ_k(x) + constant_k,     ψ_k with J = E[Σ_k⁻¹], h = E[Σ_k⁻¹·μ_k]
/// constant_k = E[log π_k] − ½ E[μ_kᵀ·Σ_k⁻¹·μ_k] − ½ E[log |Σ_k|] − (d/2) log 2π
/// ```
package struct ComponentMessages: Sendable {
  /// ψ_k.
  package var potentials: [QuadraticPotential]
  /// What each message has besides.
  package var constants: [Double]

  /// Messages by their parts.
  package init(potentials: [QuadraticPotential], constants: [Double]) {
    (self.potentials, self.constants) = (potentials, constants)
  }

  /// Of clusters on the line that are known: log π_k + log N(x; μ_k, σ_k²).
  package init(weights: [Double], _ clusters: [NormalLaw]) {
    self.init(
      potentials: clusters.map {
        QuadraticPotential(linear: $0.mean / $0.variance, precision: 1 / $0.variance)
      },
      constants: zip(weights, clusters).map { weight, law in
        log(weight) - 0.5 * (law.mean * law.mean / law.variance + log(2 * Double.pi * law.variance))
      })
  }

  /// Of clusters of which the global factor knows.
  package init(_ parameters: MixtureParameters) throws(GSLError) {
    let d = parameters.dimension
    let logWeights = try parameters.weights.meanParameters()
    var (potentials, constants): ([QuadraticPotential], [Double]) = ([], [])
    for (k, component) in parameters.components.enumerated() {
      let means = try component.meanParameters()
      potentials.append(
        QuadraticPotential(
          linear: Vector(Array(means[..<d])),
          precision: Matrix(
            rows: d, columns: d, means[(d + 1)..<(d + 1 + d * d)].map { -2 * $0 })))
      constants.append(
        logWeights[k] + means[d] + means[d + 1 + d * d] - 0.5 * Double(d) * log(2 * Double.pi))
    }
    (self.potentials, self.constants) = (potentials, constants)
  }
}

/// The factors q(x_n) and q(z_n) of the points of a mixture.
package struct MixtureLocals: LocalFactors {
  /// q(x_n).
  package let states: [GaussianFactor]
  /// q(z_n = k), a row a point.
  package let responsibilities: [[Double]]
  /// How many sweeps over both factors were made.
  package let sweeps: Int
  let messages: ComponentMessages

  /// Ascends from responsibilities, q(x) first, until nothing moves.
  ///
  /// ```
  /// q(x_n) ∝ exp(ψ_n(x) + Σ_k r_nk ψ_k(x))        r_nk ∝ exp(constant_k + E_q(x_n)[ψ_k(x_n)])
  /// ```
  init(
    _ potentials: [QuadraticPotential], _ messages: ComponentMessages, from start: [[Double]]
  ) throws(GSLError) {
    var (states, rows, sweeps): ([GaussianFactor], [[Double]], Int) = ([], [], 0)
    for (potential, responsibilities) in zip(potentials, start) {
      var point = try PointFactors(potential, messages, responsibilities)
      sweeps = max(sweeps, try point.ascend(potential, messages))
      states.append(point.state)
      rows.append(point.responsibilities)
    }
    self.states = states
    self.responsibilities = rows
    self.sweeps = sweeps
    self.messages = messages
  }

  /// Σ_n r_nk (1; E[x_n], 1, E[x_n·x_nᵀ], 1): counts of the weights, then the statistics of each component.
  package var statistics: [Double] {
    let dimension = states.first?.dimension ?? messages.potentials[0].dimension
    var tally = MixtureTally(components: messages.constants.count, dimension: dimension)
    for (state, row) in zip(states, responsibilities) {
      for (k, r) in row.enumerated() {
        tally.add(r, r * state.mean, r * state.secondMoment, to: k)
      }
    }
    return tally.numbers
  }

  /// Σ_n Σ_k r_nk (E[message_k(x_n)] − log r_nk) + Σ_n H(q(x_n)).
  package var structureTerm: Double {
    var sum = CompensatedSum()
    for (state, row) in zip(states, responsibilities) {
      sum.add(state.entropy)
      for (k, r) in row.enumerated() where r > 0 {
        sum.add(r * (messages.constants[k] + state.mean(of: messages.potentials[k]) - log(r)))
      }
    }
    return sum.value
  }

  /// How the fixed point moves: both factors of each point answer to each other.
  package func response(to tilts: [QuadraticPotential]) throws(GSLError) -> LocalResponse {
    let dimension = messages.potentials[0].dimension
    var tally = MixtureTally(components: messages.constants.count, dimension: dimension)
    var moments: [MomentResponse] = []
    for ((state, row), tilt) in zip(zip(states, responsibilities), tilts) {
      let point = PointFactors(state: state, responsibilities: row)
      let (rates, moment) = try point.response(to: tilt, messages)
      for k in row.indices {
        tally.add(
          rates[k], rates[k] * state.mean + row[k] * moment.mean,
          rates[k] * state.secondMoment + row[k] * moment.secondMoment, to: k)
      }
      moments.append(moment)
    }
    return LocalResponse(states: moments, statistics: tally.numbers)
  }
}

/// Statistics of a mixture as they add up, in the coordinates of ``MixtureParameters``.
struct MixtureTally {
  var numbers: [Double]
  private let components: Int
  private let dimension: Int

  init(components: Int, dimension: Int) {
    (self.components, self.dimension) = (components, dimension)
    let width = dimension + dimension * dimension + 2
    numbers = Array(repeating: 0, count: components * (1 + width))
  }

  mutating func add(_ count: Double, _ first: Vector, _ second: Matrix, to k: Int) {
    numbers[k] += count
    var place = components + k * (dimension + dimension * dimension + 2)
    for entry in first.array {
      numbers[place] += entry
      place += 1
    }
    numbers[place] += count
    place += 1
    for entry in second.array {
      numbers[place] += entry
      place += 1
    }
    numbers[place] += count
  }
}
