import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `gibbs`: a sweep as a matrix, and how fast it forgets.
enum GibbsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The state after a sweep.
    var sweep: @Sendable (GibbsProblem, _ state: Int, inout Exhaustive) throws -> Int
  }

  typealias Check = LessonKit.Check<Parts, GibbsProblem>

  static let checks: [Check] = [stationary, eigenvalue, forgetting, oneWay, independent]

  static let stationary = Check(
    "gibbs-stationary", "Σ_z p(z) G(z→z′) = p(z′)",
    because: "drawing a bit from p given the other leaves p, and so does doing it twice",
    claims: ["A-051", "A-101"], as: .step
  ) { parts, problem in
    .equal(try matrix(parts, problem).step(problem.joint), problem.joint)
  }

  static let eigenvalue = Check(
    "eigenvalue", "λ_2 = ρ²",
    because: "each of the two updates shrinks what is remembered by ρ", claims: ["A-101"], as: .step
  ) { parts, problem in
    let moduli = try matrix(parts, problem).eigenvalueModuli(
      stationary: problem.joint.map { log($0) }, isReversible: false)
    let rho = problem.correlation
    return .equal(
      moduli[1], rho * rho,
      rounding: .of(
        terms: 1 << 12, size: 1, because: "an eigenvalue of a matrix that is not symmetric"))
  }

  static let forgetting = Check(
    "forgetting", "d_3 = ρ² d_2",
    because: "after the first sweep one eigenvector is left of what differs from p",
    claims: ["A-253"], as: .step
  ) { parts, problem in
    let laws = try matrix(parts, problem).laws(from: 0, steps: 3)
    let own = TransitionMatrix(rows: problem.sweep).laws(from: 0, steps: 2)
    let rho = problem.correlation
    return .equal(
      totalVariation(laws[2], problem.joint), rho * rho * totalVariation(own[1], problem.joint),
      rounding: .of(terms: 256, size: 1, because: "differences of probabilities"))
  }

  static let oneWay = Check(
    "one-way", "p(00) G(00→11) ≠ p(11) G(11→00)",
    because: "a sweep in a fixed order looks different run backwards: stationary, not in balance",
    claims: ["A-051"], as: .consequence
  ) { parts, problem in
    let (p, own) = (problem.joint, problem.sweep)
    let sweep = try matrix(parts, problem).rows
    return .different(
      p[0] * sweep[0][3], p[3] * own[3][0], by: p[0] * own[0][3] - p[3] * own[3][0],
      atLeast: 1e-9)
  }

  static let independent = Check(
    "independent", "G(z→z′) = p(z′),  ρ = 0",
    because: "bits that do not know of each other are forgotten in one sweep", as: .specialCase,
    changing: { [Given("p(00), p(01), p(10), p(11)", $0.apart.joint)] }
  ) { parts, problem in
    let apart = problem.apart
    return .equal(
      try matrix(parts, apart).rows.flatMap { $0 }, (0..<4).flatMap { _ in apart.joint })
  }

  static func matrix(_ parts: Parts, _ problem: GibbsProblem) throws -> TransitionMatrix {
    TransitionMatrix(
      rows: try (0..<4).map { state in
        var row = [0.0, 0, 0, 0]
        try forEachOutcome {
          try parts.sweep(problem, state, &$0)
        } visit: { next, probability in
          row[next] += probability
        }
        return row
      })
  }
}
