import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `components`: several numbers seen through a plane, where all has a closed form.
enum ComponentsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The W of highest likelihood for the data.
    var fit: @Sendable (_ problem: Problem) throws -> [[Double]]
    /// The bound of a code for one x.
    var bound: @Sendable (_ problem: Problem, _ x: [Double], _ code: Gaussian) throws -> Double
    /// B A of the linear autoencoder x̂ = B A x with the smallest squared error.
    var copier: @Sendable (_ problem: Problem) throws -> [[Double]]
    /// log p(x) of x|z ~ N(sin(w_1 z_1 + w_2 z_2), .7), by a sum over a plane.
    var plane: @Sendable (_ weights: [Double], _ x: Double) throws -> QuadratureValue
  }

  /// Data of three numbers each, a plane with its noise, and a code.
  struct Problem: Sendable, Shown {
    let data: [[Double]]
    let weights: [[Double]]
    let v: Double
    let code: Gaussian

    static func example() throws -> Problem {
      Problem(
        data: [[2.1, 0.8, -0.3], [-0.6, 1.5, 0.4], [0.9, -1.1, 0.7], [-1.8, -0.4, 0.1]],
        weights: [[0.9, 0.2], [-0.4, 0.7], [0.3, 0.5]], v: 0.3,
        code: try Gaussian(mean: [0.5, -0.2], covariance: [0.6, 0.1, 0.1, 0.4]))
    }

    /// Data that spread differently in three directions, and a noise below the second spread.
    static func random(_ cases: inout Cases) throws -> Problem {
      var data: [[Double]] = []
      for (d, size) in [2.4, 1.8, 0.5].enumerated() {
        var x = try cases.reals(3, from: -0.3, to: 0.3)
        x[d] += size * (try cases.real(from: 0.8, to: 1.2))
        data.append(x)
      }
      var weights: [[Double]] = []
      for _ in 0..<3 { weights.append(try cases.reals(2, from: 0.3, to: 1)) }
      let spreads = try cases.reals(2, from: 0.3, to: 0.8)
      let shared = try cases.real(from: 0.05, to: 0.2)
      return Problem(
        data: data, weights: weights, v: try cases.real(from: 0.1, to: 0.2),
        code: try Gaussian(
          mean: try cases.reals(2, from: -0.8, to: -0.1),
          covariance: [spreads[0], shared, shared, spreads[1]]))
    }

    var givens: [Given] {
      data.enumerated().map { Given("x_\($0.offset + 1)", $0.element) }
        + weights.enumerated().map { Given("W_\($0.offset + 1)", $0.element) }
        + [Given("v", v), Given("m", code.mean), Given("Cov_q", code.covariance)]
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [home, elsewhere, stationary, highest, squares, loses, plane]
}

// MARK: The bound

extension ComponentsDerivation {
  static let home = Check(
    "no-gap", "ELBO = log N(x; 0, W Wᵀ + v I) if q(z) = p(z|x)",
    because: "p(z|x) is a Gaussian, N(M⁻¹ Wᵀ x, v M⁻¹) with M = Wᵀ W + v I", as: .consequence,
    changing: { problem in
      let code = try problem.model.posterior(of: problem.data[0])
      return [Given("m", code.mean), Given("Cov_q", code.covariance)]
    }
  ) { parts, problem in
    let x = problem.data[0]
    return .equal(
      try parts.bound(problem, x, problem.model.posterior(of: x)),
      try problem.model.logEvidence(of: x), rounding: wide)
  }

  static let elsewhere = Check(
    "below-elsewhere", "log N(x; 0, W Wᵀ + v I) ≥ ELBO",
    because: "the gap is KL(q‖p(z|x)), between two Gaussians", as: .specialCase
  ) { parts, problem in
    let x = problem.data[0]
    return .atLeast(
      try problem.model.logEvidence(of: x), try parts.bound(problem, x, problem.code),
      gap: try problem.code.kullbackLeibler(from: try problem.model.posterior(of: x)),
      rounding: wide)
  }
}

// MARK: The plane that is learnt

extension ComponentsDerivation {
  static let stationary = Check(
    "stands-still", "Γ C⁻¹ W = W,  C = W Wᵀ + v I",
    because: "the slope of E[log p(x)] by W is C⁻¹ Γ C⁻¹ W − C⁻¹ W", as: .specialCase
  ) { parts, problem in
    let weights = try parts.fit(problem)
    let model = try ProbabilisticComponents(weights: weights, noise: problem.v)
    let solved = try LinearAlgebra.solve(
      order: 3, model.evidence.covariance, right: weights.flatMap { $0 }, rightColumns: 2)
    return .equal(
      try LinearAlgebra.product(
        rows: 3, inner: 3, columns: 2, problem.moments.flatMap { $0 }, solved),
      weights.flatMap { $0 }, rounding: wide)
  }

  static let highest = Check(
    "highest",
    "max E[log p(x)] = −½ (3 log 2π + log κ_1 + log κ_2 + log v + 2 + κ_3/v)",
    because:
      "W Wᵀ + v I has the variances κ_1 and κ_2 of the data along d_1 and d_2, and v elsewhere",
    as: .consequence
  ) { parts, problem in
    let model = try ProbabilisticComponents(weights: try parts.fit(problem), noise: problem.v)
    let logs = try problem.data.map { try model.logEvidence(of: $0) }
    let spread = try problem.spread
    return .equal(
      logs.reduce(0, +) / Double(logs.count),
      -0.5
        * (3 * log(2 * Double.pi) + log(spread[0]) + log(spread[1]) + log(problem.v) + 2
          + spread[2] / problem.v),
      rounding: wide)
  }

  static let squares = Check(
    "copies-the-plane", "min E[|x − B A x|²] = κ_3",
    because: "an autoencoder without noise keeps the plane of d_1 and d_2 as it is, whatever v",
    as: .consequence
  ) { parts, problem in
    .equal(
      try problem.error(of: try parts.copier(problem)), try problem.spread[2], rounding: wide)
  }

  static let loses = Check(
    "shrinks-each", "E[|x − W E[z|x]|²] − min E[|x − B A x|²] = v²/κ_1 + v²/κ_2",
    because: "W E[z|x] is x along d_k times 1 − v/κ_k: the noise shrinks what is decoded",
    claims: ["A-064"], as: .consequence
  ) { parts, problem in
    let model = try ProbabilisticComponents(weights: try parts.fit(problem), noise: problem.v)
    let units = [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]
    let columns = try units.map { model.decoded(try model.posterior(of: $0).mean) }
    let decoder = (0..<3).map { row in columns.map { $0[row] } }
    let spread = try problem.spread
    return .equal(
      try problem.error(of: decoder) - (try problem.error(of: try parts.copier(problem))),
      problem.v * problem.v * (1 / spread[0] + 1 / spread[1]), rounding: wide)
  }
}

// MARK: A plane that is bent

extension ComponentsDerivation {
  static let plane = Check(
    "sum-over-a-plane", "log p_w(x) = log p_{w′}(x),  w′ = (√(w_1² + w_2²), 0)",
    because: "w·z has the same distribution, so a sum over a plane is one over a line",
    as: .specialCase,
    changing: { [Given("w_1, w_2", $0.weights[0]), Given("x", $0.data[1][0])] }
  ) { parts, problem in
    let (weights, x) = (problem.weights[0], problem.data[1][0])
    let length = sqrt(weights[0] * weights[0] + weights[1] * weights[1])
    let line = try ScalarAutoencoder(
      decoder: try ScalarDecoder([.init(weights: [[length]], bias: [0], activation: .sine)]),
      noise: .gaussian(variance: 0.7), observed: [x])
    return .equal(try parts.plane(weights, x), LatentLinePosterior(of: line).logEvidence)
  }

  private static let wide = Rounding.of(
    terms: 256, size: 200, because: "squares of up to 12 over a noise of .1")
}

// MARK: The exact side

extension ComponentsDerivation.Problem {
  /// The plane that is given, which was not learnt.
  var model: ProbabilisticComponents {
    get throws { try ProbabilisticComponents(weights: weights, noise: v) }
  }

  /// Γ = E[x xᵀ] over the data.
  var moments: [[Double]] {
    (0..<3).map { i in
      (0..<3).map { j in data.reduce(0) { $0 + $1[i] * $1[j] } / Double(data.count) }
    }
  }

  /// κ_1 ≥ κ_2 ≥ κ_3.
  var spread: [Double] {
    get throws {
      try LinearAlgebra.symmetricEigen(order: 3, moments.flatMap { $0 }).values.reversed()
    }
  }

  /// E[|x − P x|²] over the data.
  func error(of matrix: [[Double]]) throws -> Double {
    let errors = data.map { x in
      zip(x, matrix).reduce(0) { sum, pair in
        let decoded = zip(pair.1, x).reduce(0) { $0 + $1.0 * $1.1 }
        return sum + (pair.0 - decoded) * (pair.0 - decoded)
      }
    }
    return errors.reduce(0, +) / Double(errors.count)
  }
}
