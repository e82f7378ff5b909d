import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `neural-emission`: linear dynamics that are seen through a network.
enum NeuralEmissionDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// log p(y, z₀, z₁).
    var logJoint: @Sendable (NeuralProblem, _ x: [Double]) throws -> Double
    /// What one noise (ε₀, ε₁) says of the slopes of the ELBO by m, then by L₀₀, L₁₀, L₁₁.
    var draw: @Sendable (NeuralProblem, _ noise: [Double]) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, NeuralProblem>

  static let checks: [Check] = [evidence, line, slopes]
}

extension NeuralEmissionDerivation {
  static let evidence = Check(
    "evidence", "∫ p(y, z) dz = p(y),  by a filter on a grid of z",
    because: "the dynamics are still linear; only what is seen of z has changed",
    claims: ["A-025"], as: .step
  ) { parts, problem in
    let evidence = problem.logEvidence()
    let value = exp(evidence.value)
    return .equal(
      try NeuralProblem.double(reach: 7.2, spacing: width(problem)) {
        exp(try parts.logJoint(problem, [$0, $1]))
      }, QuadratureValue(value, errorBound: value * (evidence.errorBound + 1e-11)))
  }

  static let line = Check(
    "through-a-line", "∫ p(y, z) dz = p(y),  by Kalman's filter,  φ(z) = 1.2 z",
    because: "with a line for the network it is a linear dynamical system again",
    claims: ["A-025"], as: .specialCase, changing: { _ in [Given("φ(z)", words: "1.2 z")] }
  ) { parts, problem in
    let linear = problem.linear(slope: 1.2)
    let value = exp(try problem.linearLogEvidence(slope: 1.2).value)
    return .equal(
      try NeuralProblem.double(reach: 7.2, spacing: width(linear)) {
        exp(try parts.logJoint(linear, [$0, $1]))
      }, QuadratureValue(value, errorBound: value * 1e-11))
  }

  static let slopes = Check(
    "slopes", "E_ε[κ_t] = ∂ELBO/∂m_t,  E_ε[κ_t ε_j] + [t = j]/L_tt = ∂ELBO/∂L_tj",
    because: "z = m + L ε; 1/L_tt is the entropy's; by m₀, m₁, L₀₀, L₁₀, L₁₁",
    as: .step
  ) { parts, problem in
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: 5)
    let spacing = isSharp(problem) ? 0.32 : 0.5
    let half = isSharp(problem) ? 24 : 15
    for i in -half...half {
      for j in -half...half {
        let noise = [spacing * Double(i), spacing * Double(j)]
        let weight =
          spacing * spacing * exp(-0.5 * (noise[0] * noise[0] + noise[1] * noise[1]))
          / (2 * Double.pi)
        for (k, slope) in try parts.draw(problem, noise).enumerated() where k < 5 {
          sums[k].add(weight * slope)
        }
      }
    }
    return .equal(
      sums.map(\.value), problem.slopes,
      rounding: .of(
        terms: 1 << 12, size: 4,
        because: "slopes of both signs are added; the grid of noises reaches 7.5 deviations"))
  }

  /// Whether little noise stands between x and what is seen of it, or between two steps.
  private static func isSharp(_ problem: NeuralProblem) -> Bool {
    min(problem.chain.noise, problem.chain.dynamicsNoise) < 0.3
  }

  /// A spacing that resolves the sharpest part of p(y, z); beyond 7.2 deviations the prior has 1e−12 of its mass.
  private static func width(_ problem: NeuralProblem) -> Double {
    isSharp(problem) ? 0.1 : 0.36
  }
}
