import GSL
import Models
import Probability
import Verification

/// A table of two or three latents, a factorised q, and the factor that is to be set.
struct UpdateProblem: Sendable {
  /// log p(x, z).
  let table: JointTable
  /// q_j, one distribution a latent.
  let factors: [[Double]]
  /// The factor to set.
  let latent: Int
  /// A chain of four bits, for what lies outside a Markov blanket.
  let chain: JointTable

  /// Wet grass: cloudy, sprinkler, rain, some beliefs of each, and rain is to be set.
  static func wetGrass() throws -> UpdateProblem {
    UpdateProblem(
      table: try Sprinkler.softened(), factors: [[0.5, 0.5], [0.6, 0.4], [0.3, 0.7]], latent: 2,
      chain: try chainOfBits([0.7, 0.3, 0.6], start: 0.4))
  }

  /// The lecture's table of three by two, the other factor (.4, .6).
  static func lecture() throws -> UpdateProblem {
    UpdateProblem(
      table: try JointTable(rows: [[0.1, 0.2], [0.25, 0.05], [0.15, 0.25]]),
      factors: [[1.0 / 3, 1.0 / 3, 1.0 / 3], [0.4, 0.6]], latent: 0,
      chain: try chainOfBits([0.7, 0.3, 0.6], start: 0.4))
  }

  /// Two or three latents of two or three values, any q, any factor.
  static func random(_ cases: inout Cases) throws -> UpdateProblem {
    var sizes: [Int] = []
    for _ in 0..<(try cases.integer(2...3)) { sizes.append(try cases.integer(2...3)) }
    var factors: [[Double]] = []
    for size in sizes { factors.append(try cases.simplex(size)) }
    return UpdateProblem(
      table: try .random(sizes: sizes, &cases), factors: factors,
      latent: try cases.choose(below: sizes.count),
      chain: try chainOfBits(
        [0.55 + 0.4 * (try cases.real(from: 0, to: 1)), 0.2, 0.7],
        start: try cases.real(from: 0.1, to: 0.9)))
  }

  /// The factor that is to be set.
  var factor: [Double] { factors[latent] }

  /// The factors with the one that is to be set replaced.
  func replacing(_ factor: [Double]) -> [[Double]] {
    var factors = factors
    factors[latent] = factor
    return factors
  }
}

// MARK: What is exact about it

extension UpdateProblem {
  /// log Z̃, Z̃ the sum over z_j of exp E_{i≠j}[log p(x, z)].
  var logNormaliser: ExactValue {
    table.exactExpectedLogJoint(latent, factors).sum { $0.exponential }.logarithm
  }

  /// The best factor while the others stay.
  var best: [ExactValue] { table.exactTarget(latent, factors) }

  /// Σ_i H(q_i), or that of all factors but one.
  func entropies(without left: Int? = nil) -> ExactValue {
    factors.indices.filter { $0 != left }.sum { other in
      factors[other].sum { -(ExactValue($0) * ExactValue($0).logarithm) }
    }
  }

  /// Another distribution of the latent that is to be set.
  var another: [Double] {
    let weights = factor.indices.map { Double(($0 + 1) * ($0 + 1)) }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// Independent latents; any product will do, this one is uniform nowhere.
  var independent: [[Double]] {
    factors.map { factor in
      let tilted = factor.enumerated().map { $0.element * Double($0.offset + 1) }
      return tilted.map { $0 / tilted.reduce(0, +) }
    }
  }

  /// What a bound is summed from is larger than the bound.
  var rounding: Rounding {
    .of(
      size: table.logValues.map { -$0 }.max() ?? 0,
      because: "a bound is a mean of log joints, of which the largest may cancel")
  }
}

/// A binary chain z₁ → z₂ → z₃ → z₄ that keeps its value with the given probabilities.
private func chainOfBits(_ keeps: [Double], start: Double) throws -> JointTable {
  var logValues: [Double] = []
  for state in 0..<(1 << (keeps.count + 1)) {
    let bits = (0...keeps.count).map { state >> (keeps.count - $0) & 1 }
    var value = log(bits[0] == 1 ? start : 1 - start)
    for (index, keep) in keeps.enumerated() {
      // An asymmetric chain: it keeps a one more often than a zero.
      let stay = bits[index] == 1 ? keep : 0.5 * keep + 0.1
      value += log(bits[index] == bits[index + 1] ? stay : 1 - stay)
    }
    logValues.append(value)
  }
  return try JointTable(sizes: [Int](repeating: 2, count: keeps.count + 1), logValues: logValues)
}
