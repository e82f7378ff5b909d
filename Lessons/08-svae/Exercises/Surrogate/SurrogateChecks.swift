import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `surrogate`: what local inference maximises, and the bound that it is not.
enum SurrogateExercise {
  /// What is written; the local factors are given, at the optimum of the surrogate.
  struct Parts: Sendable {
    /// S.
    var surrogate: @Sendable (ClusterProblem) throws -> Double
    /// The ELBO at the same factors.
    var elbo: @Sendable (ClusterProblem) throws -> Double
    /// Its slopes by w, b and log c, in this order, number by number of y.
    var decoderSlopes: @Sendable (ClusterProblem) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, ClusterProblem>

  static let checks: [Check] = [
    differsByFits, differsByTilts, bounded, noBound, rightPotentials, lineSlopes, noiseSlopes,
  ]
}

// MARK: Two objectives

extension SurrogateExercise {
  /// Sums of logarithms and squares, none larger than the whole of them.
  private static func rounding(_ problem: ClusterProblem) throws -> Rounding {
    let size = problem.observations.reduce(0.0) { $0 + abs(problem.decoder.logConstant(of: $1)) }
    return .of(
      terms: 1 << 10, size: 10 + size,
      because: "log-likelihoods of all outputs are added and subtracted")
  }

  static let differsByFits = Check(
    "differs-by-fits", "ELBO = S + Σ_n E_q[log p(y_n|x_n) − ψ_n(x_n)]",
    because: "the two differ in what stands for an observation, and in nothing else",
    claims: ["A-135"], as: .step
  ) { parts, problem in
    let values = try problem.program.values()
    return .equal(
      try parts.elbo(problem),
      try parts.surrogate(problem) + (values.elbo.value - values.surrogate.value),
      rounding: try rounding(problem))
  }

  static let differsByTilts = Check(
    "differs-by-tilts",
    "S + Σ_n E_q[log p(y_n|x_n) − ψ_n(x_n)] = S + Σ_n E_q[Δ_n(x_n)] + Σ_n log p(y_n|x_n = 0)",
    because: "a linear decoder is a potential too, ψ*_n, but for a constant", as: .step
  ) { parts, problem in
    let values = try problem.program.values()
    let tilts = problem.observations.indices.reduce(0.0) { total, n in
      let tilt = problem.asked[n] - problem.potentials[n]
      return total + tilt.linear[0] * values.means[n].value
        - 0.5 * tilt.precision[0, 0] * values.squares[n].value
    }
    let constants = problem.observations.reduce(0.0) {
      $0 + problem.decoder.logConstant(of: $1)
    }
    return .equal(
      try parts.surrogate(problem) + (values.elbo.value - values.surrogate.value),
      values.surrogate.value + tilts + constants, rounding: try rounding(problem))
  }

  static let bounded = Check(
    "bounded", "ELBO ≤ log p(y),  by KL(q‖p(θ, z, x|y))",
    because: "it is the ELBO of an ordinary model, with the decoder for a likelihood",
    claims: ["A-134"], as: .step
  ) { parts, problem in
    let evidence = try problem.logEvidence
    return .atMost(
      try parts.elbo(problem), evidence,
      gap: evidence.value - (try problem.program.values().elbo.value),
      rounding: try rounding(problem))
  }

  static let lineSlopes = Check(
    "line-slopes",
    "(∂ELBO/∂w, ∂ELBO/∂b) = (½ (ELBO(w + 1) − ELBO(w − 1)), ½ (ELBO(b + 1) − ELBO(b − 1)))",
    because: "q does not contain the decoder, and in w and b the ELBO is a parabola",
    as: .specialCase
  ) { parts, problem in
    let count = problem.decoder.outputCount
    let differences: [Double] = try (0..<(2 * count)).map { place in
      let (above, below) = (
        try problem.bound(moving: place, by: 1), try problem.bound(moving: place, by: -1)
      )
      return 0.5 * (above - below)
    }
    return .equal(
      Array(try parts.decoderSlopes(problem).prefix(2 * count)), differences,
      rounding: try rounding(problem))
  }

  static let noiseSlopes = Check(
    "noise-slopes", "∂ELBO/∂log c = 2 (ELBO(2 c) − ELBO(c)) + Σ_n (log 2 − ½)",
    because: "in c the ELBO is −½ Σ_n log c and a multiple of 1/c", as: .specialCase
  ) { parts, problem in
    let count = problem.decoder.outputCount
    let points = Double(problem.observations.count)
    let here = try problem.program.values().elbo.value
    let constant = points * (log(2.0) - 0.5)
    let slopes: [Double] = try (0..<count).map { d in
      let rise: Double = try problem.bound(doublingVariance: d) - here
      return 2 * rise + constant
    }
    return .equal(
      Array(try parts.decoderSlopes(problem).suffix(count)), slopes,
      rounding: try rounding(problem))
  }

  static let noBound = Check(
    "no-bound", "S ≠ ELBO",
    because: "ψ has no constant, and nothing in S contains y but through ψ", as: .consequence
  ) { parts, problem in
    let values = try problem.program.values()
    return .different(
      try parts.surrogate(problem), values.elbo.value,
      by: values.surrogate.value - values.elbo.value, atLeast: 0, rounding: try rounding(problem))
  }

  static let rightPotentials = Check(
    "right-potentials", "S + Σ_n log p(y_n|x_n = 0) = ELBO,  ψ_n = ψ*_n",
    because: "with the decoder's own potentials the two differ by a constant", as: .specialCase,
    changing: { problem in
      [
        Given("h_n", problem.asked.map { $0.linear[0] }),
        Given("J_n", problem.asked.map { $0.precision[0, 0] }),
      ]
    }
  ) { parts, problem in
    let right = problem.with(problem.asked)
    let constants = problem.observations.reduce(0.0) {
      $0 + problem.decoder.logConstant(of: $1)
    }
    return .equal(
      try parts.surrogate(right) + constants, try right.program.values().elbo.value,
      rounding: try rounding(problem))
  }
}

extension ClusterProblem {
  /// The ELBO with one number of w or b moved.
  fileprivate func bound(moving place: Int, by step: Double) throws -> Double {
    var numbers = decoder.weights.array + decoder.bias.array
    numbers[place] += step
    let count = decoder.outputCount
    return try bound(numbers.prefix(count), numbers.suffix(count), decoder.variances.array[...])
  }

  /// The ELBO with one variance of the decoder doubled.
  fileprivate func bound(doublingVariance d: Int) throws -> Double {
    var variances = decoder.variances.array
    variances[d] *= 2
    return try bound(decoder.weights.array[...], decoder.bias.array[...], variances[...])
  }

  private func bound(
    _ weights: ArraySlice<Double>, _ bias: ArraySlice<Double>, _ variances: ArraySlice<Double>
  ) throws -> Double {
    var other = self
    other.decoder = try LinearDecoder(
      weights: weights.map { [$0] }, bias: Array(bias), variances: Array(variances))
    return try other.program.values().elbo.value
  }
}
