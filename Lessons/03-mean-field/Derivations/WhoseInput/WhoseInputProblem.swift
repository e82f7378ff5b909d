import GSL
import Probability
import Verification

/// Two latents in time, z₁ ~ N(0, 1) and z₂ | z₁ ~ N(a z₁, 1 − a²), each seen with unit noise.
struct CoupledPair: Sendable {
  /// a, how much z₂ remembers of z₁.
  var coupling = 0.9
  /// x₁ and x₂.
  var observations = [1.0, -2.0]
  /// V, H and D of an inference network, and the number of data.
  var sizes = (vocabulary: 5, embedding: 4, latents: 2, data: 10)

  /// A pair that is coupled, x₂ far from x₁.
  static func random(_ cases: inout Cases) throws -> CoupledPair {
    CoupledPair(
      coupling: try cases.real(from: 0.2, to: 0.95),
      observations: [try cases.real(from: -1, to: 1), try cases.real(from: 1.5, to: 3)],
      sizes: (
        try cases.integer(3...9), try cases.integer(2...6), try cases.integer(2...6),
        try cases.integer(5...40)
      ))
  }

  /// The same observations under another coupling.
  func with(coupling: Double) -> CoupledPair {
    CoupledPair(coupling: coupling, observations: observations, sizes: sizes)
  }

  /// x₁ and x₂ may pull against each other.
  var rounding: Rounding {
    .of(size: observations.map(abs).max() ?? 0, because: "the two data may pull against each other")
  }

  /// E[z₁|x] = (1, a) (I + [[1, a], [a, 1]])⁻¹ x, from the joint law of z₁ and both observations.
  var exactFirstMean: ExactValue {
    let (x, a) = (observations.map { ExactValue($0) }, ExactValue(coupling))
    return ((2 - a * a) * x[0] + a * x[1]) / (4 - a * a)
  }
}
