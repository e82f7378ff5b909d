import GSL
import LessonKit
import Models
import Probability
import Verification

/// A table of two or three latents, a factorised q, and the factor that is to be set.
struct UpdateProblem: Sendable {
  /// log p(x, h).
  let table: JointTable
  /// q_j, one distribution a latent.
  let factors: [[Double]]
  /// The factor to set.
  let latent: Int
  /// A chain of four bits, for what lies outside a Markov blanket.
  let chain: JointTable

  /// A table, factors over it, and the number of one of them.
  init(table: JointTable, factors: [[Double]], latent: Int, chain: JointTable) {
    self.table = table
    self.factors = factors
    self.latent = latent
    self.chain = chain
  }
}

/// The signature of exercise `coordinate-update`.
protocol CoordinateUpdate: Sendable {
  /// The best factor of one latent while the others stay: ∝ exp E_{others}[log p(x, h)].
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double]
}

extension UpdateProblem {
  /// The lecture's table of three by two, the other factor (.4, .6).
  static func lecture() throws -> UpdateProblem {
    UpdateProblem(
      table: try JointTable(rows: [[0.1, 0.2], [0.25, 0.05], [0.15, 0.25]]),
      factors: [[1.0 / 3, 1.0 / 3, 1.0 / 3], [0.4, 0.6]], latent: 0,
      chain: try chainOfBits([0.7, 0.3, 0.6], start: 0.4))
  }

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

  /// q(h) of every state.
  func joint(_ factors: [[Double]]) -> [Double] {
    (0..<table.stateCount).map { state in
      let values = table.values(of: state)
      return values.indices.reduce(1) { $0 * factors[$1][values[$1]] }
    }
  }

  /// The factors with one of them replaced.
  func replacing(_ factor: [Double]) -> [[Double]] {
    var factors = factors
    factors[latent] = factor
    return factors
  }

  /// E_{others}[log p(x, h)] of each value of the latent, state by state.
  var expectedLogJoint: [Double] {
    var expected = [Double](repeating: 0, count: table.sizes[latent])
    for state in 0..<table.stateCount {
      let values = table.values(of: state)
      var weight = 1.0
      for other in values.indices where other != latent { weight *= factors[other][values[other]] }
      expected[values[latent]] += weight * table.logValues[state]
    }
    return expected
  }

  /// Σ_h q(h) [log p(x, h) − log q(h)] by enumeration.
  func elbo(_ factors: [[Double]]) -> Double {
    zip(joint(factors), table.logValues).reduce(0) { sum, pair in
      pair.0 > 0 ? sum + pair.0 * (pair.1 - log(pair.0)) : sum
    }
  }
}

/// A binary chain h₁ → h₂ → h₃ → h₄ that keeps its value with the given probabilities.
func chainOfBits(_ keeps: [Double], start: Double) throws -> JointTable {
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

extension Sheet where Subject == any CoordinateUpdate, Model == UpdateProblem {
  /// Write the coordinate update of mean field.
  static func coordinateUpdate(example: UpdateProblem) -> Sheet {
    Sheet(
      id: "coordinate-update",
      title: "One factor at a time",
      task: """
        Write `target`: the distribution of one latent that maximises the ELBO while the other \
        factors stay as they are. `table.logValues[state]` is log p(x, h), and \
        `table.values(of: state)` gives the values of the latents.
        """,
      hints: [
        "Average log p(x, h), not p(x, h), under the product of the other factors.",
        "One number for each value of the latent; then exponentiate and normalise.",
        "For each state: weight = Π over i ≠ j of factors[i][value of i]; add weight · log p.",
      ],
      example: example, draw: { try UpdateProblem.random(&$0) },
      lines: [isNormalised, averagesTheLog, splitsTheBound, raisesTheBound, ignoresItself])
  }

  static var isNormalised: Line<any CoordinateUpdate, UpdateProblem> {
    Line(
      "normalised", "Σ q̃_j(h_j) = 1", because: "it is a distribution, and one factor of q(h)",
      claims: ["A-110"]
    ) { update, problem in
      let target = update.target(problem.latent, factors: problem.factors, problem.table)
      return .equal(target.reduce(0, +), 1)
    }
  }

  static var averagesTheLog: Line<any CoordinateUpdate, UpdateProblem> {
    Line(
      "averages-the-log", "log q̃_j(h_j) = E_{i≠j}[log p(x, h)] + constant",
      because: "setting the slope of the bound along q_j to zero", claims: ["A-112"]
    ) { update, problem in
      let logs = update.target(problem.latent, factors: problem.factors, problem.table).map(log)
      let expected = problem.expectedLogJoint
      return .equal(
        logs.dropFirst().map { $0 - logs[0] }, expected.dropFirst().map { $0 - expected[0] },
        terms: 512, magnitude: 8)
    }
  }

  static var splitsTheBound: Line<any CoordinateUpdate, UpdateProblem> {
    Line(
      "splits-the-bound", "−KL(q_j‖q̃_j) + log Z̃ + Σ_{i≠j} H(q_i) = ELBO(q)",
      because: "E_q[log p] is E_{q_j} of log q̃_j + log Z̃; the other entropies stand by",
      claims: ["A-111"]
    ) { update, problem in
      let target = update.target(problem.latent, factors: problem.factors, problem.table)
      var value = -kullbackLeibler(of: problem.factors[problem.latent], from: target)
      value += logSumExp(problem.expectedLogJoint)
      for (other, factor) in problem.factors.enumerated() where other != problem.latent {
        value += entropy(of: factor)
      }
      return .equal(value, problem.elbo(problem.factors), terms: 512, magnitude: 12)
    }
  }

  static var raisesTheBound: Line<any CoordinateUpdate, UpdateProblem> {
    Line(
      "raises-the-bound", "ELBO(q̃_j, rest) ≥ ELBO(q_j, rest)",
      because: "−KL is largest, not smallest, at q_j = q̃_j; the rise is KL(q_j‖q̃_j)",
      claims: ["A-113"]
    ) { update, problem in
      let target = update.target(problem.latent, factors: problem.factors, problem.table)
      let normaliser = logSumExp(problem.expectedLogJoint)
      let best = problem.expectedLogJoint.map { exp($0 - normaliser) }
      return .atLeast(
        problem.elbo(problem.replacing(target)), problem.elbo(problem.factors),
        gap: kullbackLeibler(of: problem.factors[problem.latent], from: best), terms: 512,
        magnitude: 12)
    }
  }

  static var ignoresItself: Line<any CoordinateUpdate, UpdateProblem> {
    Line(
      "ignores-itself", "q̃_j from (q_j, rest) = q̃_j from (anything, rest)",
      because: "the average runs over the other factors only", claims: ["A-114"]
    ) { update, problem in
      let size = problem.table.sizes[problem.latent]
      let weights = (1...size).map { Double($0 * $0) }
      let other = weights.map { $0 / weights.reduce(0, +) }
      return .equal(
        update.target(problem.latent, factors: problem.replacing(other), problem.table),
        update.target(problem.latent, factors: problem.factors, problem.table), terms: 512)
    }
  }
}
