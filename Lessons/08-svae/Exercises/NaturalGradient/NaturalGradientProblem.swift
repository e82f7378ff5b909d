import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The gradient of the bound through its local optimum, from sweeps on dual numbers.
struct NaturalGradientProblem: Sendable {
  /// The points.
  let clusters: ClusterProblem
  /// The bound as each number of η moves.
  let alongNatural: [BoundValues]
  /// The bound as h_n and J_n of each point move, one after the other.
  let alongPotentials: [BoundValues]
  /// The bound as all potentials move towards the decoder's.
  let towardsDecoder: BoundValues

  /// Follows the optimum in every direction, once for all checks.
  init(_ clusters: ClusterProblem) throws {
    self.clusters = clusters
    let program = try clusters.program
    alongNatural = try clusters.globals.naturalParameters.indices.map {
      try program.values(along: .natural($0))
    }
    alongPotentials = try clusters.potentials.indices.flatMap {
      [try program.values(along: .linear($0)), try program.values(along: .precision($0))]
    }
    towardsDecoder = try program.values(along: .towardsDecoder)
  }

  /// Three points, two clusters.
  static func threePoints() throws -> NaturalGradientProblem {
    try NaturalGradientProblem(.threePoints())
  }

  /// Two or three points.
  static func random(_ cases: inout Cases) throws -> NaturalGradientProblem {
    try NaturalGradientProblem(.random(&cases))
  }
}

extension NaturalGradientProblem: Shown {
  /// The model, q, the data and the potentials.
  var givens: [Given] { clusters.givens }
}

// MARK: The exact answers

extension NaturalGradientProblem {
  /// η.
  var eta: [Double] { clusters.globals.naturalParameters }

  /// The slope of something in each number of η.
  func slopes(_ something: (BoundValues) -> Dual) -> [Double] {
    alongNatural.map { something($0).slope }
  }

  /// F⁻¹·∇_η of something, with F = ∂e/∂η from the same dual numbers.
  func natural(_ something: (BoundValues) -> Dual) throws -> [Double] {
    try LinearAlgebra.solve(
      order: eta.count, alongNatural.flatMap { $0.expectations.map(\.slope) },
      right: slopes(something))
  }

  /// F·g for a list g.
  func ordinary(_ natural: [Double]) -> [Double] {
    alongNatural.map { values in
      zip(values.expectations, natural).reduce(0) { $0 + $1.0.slope * $1.1 }
    }
  }

  /// What the solution of F may lose, and what sweeps leave.
  var rounding: Rounding {
    let size = clusters.observations.reduce(20.0) {
      $0 + abs(clusters.decoder.logConstant(of: $1))
    }
    return .of(
      terms: 1 << 18, size: size,
      because:
        "F has a condition number of some thousands, and a slow sweep leaves a hundred roundings")
  }
}
