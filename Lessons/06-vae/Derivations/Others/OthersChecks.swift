import GSL
import LessonKit
import Probability
import Verification

/// Derivation `others`: what else can be written as a function of noise, and what needs no noise.
enum OthersDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// A draw of an exponential distribution from u in (0, 1).
    var exponential: @Sendable (_ rate: Double, _ u: Double) -> Double
    /// A draw of a Kumaraswamy distribution, stretched to (l, r), cut off at 0 and 1.
    var hardKuma: @Sendable (_ a: Double, _ b: Double, _ u: Double) -> Double
    /// A draw with covariance A Aᵀ, from a lower triangular A = ((A_11, 0), (A_21, A_22)).
    var pair: @Sendable (_ factor: [Double], _ noise: [Double]) -> [Double]
    /// log p(x) of x = B z with two latents, the rows of B one behind the other.
    var logDensity: @Sendable (_ rows: [Double], _ x: [Double]) -> Double
    /// The bound of an unlabelled x: from q(y|x) and the bound of each labelled pair.
    var unlabelled: @Sendable (_ labels: [Double], _ bounds: [Double]) -> Double
    /// The divergence of two steps: of the first, and of the second for each first state.
    var steps: @Sendable (_ first: [Double], _ divergence: Double, _ second: [Double]) -> Double
  }

  /// Numbers for all of them.
  struct Problem: Sendable, Shown {
    let rate: Double
    let shape: [Double]
    let u: Double
    let factor: [Double]
    let labels: [Double]
    let bounds: [Double]
    let second: [[Double]]
    let prior: [[Double]]

    static func random(_ cases: inout Cases) throws -> Problem {
      Problem(
        rate: try cases.real(from: 0.4, to: 2.5), shape: try cases.reals(2, from: 0.4, to: 0.9),
        u: try cases.real(from: 0.3, to: 0.7), factor: try cases.reals(3, from: 0.3, to: 1.4),
        labels: try cases.simplex(2), bounds: try cases.reals(2, from: -4, to: -1),
        second: [try cases.simplex(2), try cases.simplex(2)],
        prior: [try cases.simplex(2), try cases.simplex(2)])
    }

    static let example = Problem(
      rate: 1.7, shape: [0.6, 0.8], u: 0.35, factor: [0.9, 0.4, 0.7], labels: [0.3, 0.7],
      bounds: [-2.5, -1.4], second: [[0.2, 0.8], [0.6, 0.4]], prior: [[0.5, 0.5], [0.9, 0.1]])

    var givens: [Given] {
      [
        Given("λ", rate), Given("b_1, b_2", shape), Given("u", u), Given("A", factor),
        Given("q(y|x)", labels), Given("ELBO(x, y)", bounds), Given("q(z_1)", labels),
        Given("p(z_1)", [0.5, 0.5]), Given("q(z_2|z_1)", second),
        Given("p(z_2|z_1)", prior),
      ]
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    exponential, kuma, covariance, rotation, rotated, labels, steps,
  ]

  static let exponential = Check(
    "exponential", "P(Z > z) = u for z = −log u/λ", because: "P(Z > z) = e^(−λ z)",
    claims: ["A-182"], as: .consequence
  ) { parts, problem in
    .equal(exp(-problem.rate * parts.exponential(problem.rate, problem.u)), problem.u)
  }

  static let kuma = Check(
    "hard-kuma", "c^{b_1} = 1 − (1 − u)^(1/b_2) for c = (z + .1)/1.2",
    because: "P(C ≤ c) = 1 − (1 − c^b_1)^b_2, solved for c and stretched to (−.1, 1.1)",
    claims: ["A-226"], as: .consequence
  ) { parts, problem in
    let (a, b) = (problem.shape[0], problem.shape[1])
    let target = 1 - pow(1 - problem.u, 1 / b)
    let stretched = min(1, max(0, 1.2 * pow(target, 1 / a) - 0.1))
    return .equal(parts.hardKuma(a, b, problem.u), stretched)
  }

  static let covariance = Check(
    "covariance", "Cov[A ε] = A Aᵀ", because: "E[ε_i ε_j] is 1 if i = j, else 0", claims: ["A-062"],
    as: .consequence
  ) { parts, problem in
    // E over ε of products of linear functions: sums over the unit vectors.
    let units = [[1.0, 0.0], [0.0, 1.0]].map { parts.pair(problem.factor, $0) }
    let found = [(0, 0), (0, 1), (1, 1)].map { i, j in
      units.reduce(0) { $0 + $1[i] * $1[j] }
    }
    let (p, q, r) = (problem.factor[0], problem.factor[1], problem.factor[2])
    return .equal(found, [p * p, p * q, q * q + r * r])
  }

  static let rotation = Check(
    "rotation", "(A R) (A R)ᵀ = A Aᵀ for a rotation R", because: "R Rᵀ is the identity",
    as: .specialCase
  ) { parts, problem in
    // R turns by the angle whose cosine is .6.
    let turned = [[0.6, 0.8], [-0.8, 0.6]].map { parts.pair(problem.factor, $0) }
    let found = [(0, 0), (0, 1), (1, 1)].map { i, j in
      turned.reduce(0) { $0 + $1[i] * $1[j] }
    }
    let (p, q, r) = (problem.factor[0], problem.factor[1], problem.factor[2])
    return .equal(found, [p * p, p * q, q * q + r * r])
  }

  static let rotated = Check(
    "rotated-latents", "p(x) = N(x; 0, A Aᵀ) for x = A R z",
    because: "R z is as Gaussian as z, so x cannot tell which of its latents are meant",
    claims: ["A-069"], as: .specialCase, changing: { _ in [Given("x", [1, -0.5])] }
  ) { parts, problem in
    let (p, q, r) = (problem.factor[0], problem.factor[1], problem.factor[2])
    // A R, with the same R.
    let turned = [0.6 * p, -0.8 * p, 0.6 * q + 0.8 * r, 0.6 * r - 0.8 * q]
    // xᵀ(A Aᵀ)⁻¹x is the square of A⁻¹x, solved from the first row down.
    let first = 1 / p
    let second = (-0.5 - q * first) / r
    let exact = -0.5 * (first * first + second * second) - log(2 * Double.pi * p * r)
    return .equal(
      parts.logDensity(turned, [1, -0.5]), exact,
      rounding: .of(size: 40, because: "squares of up to 8 over a determinant of .09"))
  }

  static let labels = Check(
    "labels", "ELBO(x) = Σ_y q(y|x) (ELBO(x, y) − log q(y|x))",
    because: "q(y, z|x) = q(y|x) q(z|x, y): labels are added up, not drawn",
    claims: ["A-223", "A-224"], as: .consequence
  ) { parts, problem in
    let entropy = problem.labels.reduce(0) { $0 - $1 * log($1) }
    let mean = zip(problem.labels, problem.bounds).reduce(0) { $0 + $1.0 * $1.1 }
    return .equal(parts.unlabelled(problem.labels, problem.bounds), mean + entropy)
  }

  static let steps = Check(
    "steps", "KL(q(z)‖p(z)) = KL(q(z_1)‖p(z_1)) + E_q[KL(q(z_2|z_1)‖p(z_2|z_1))]",
    because: "log q(z)/p(z) is a sum over steps, and each step is averaged under q",
    claims: ["A-049", "A-183", "A-185"], as: .consequence
  ) { parts, problem in
    let first = problem.labels
    func divergence(_ q: [Double], _ p: [Double]) -> Double {
      zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    }
    let start = divergence(first, [0.5, 0.5])
    let second = [0, 1].map { divergence(problem.second[$0], problem.prior[$0]) }
    var whole = 0.0
    for i in 0..<2 {
      for j in 0..<2 {
        let q = first[i] * problem.second[i][j]
        whole += q * log(q / (0.5 * problem.prior[i][j]))
      }
    }
    return .equal(parts.steps(first, start, second), whole, rounding: .of(size: 4, because: "logs"))
  }
}
