import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `integrals-histograms-programs`: marginals of densities, histograms and programs.
enum IntegralsHistogramsProgramsDerivation {
  /// Ways from a latent and a conditional to what is seen.
  struct Parts: Sendable {
    /// The density of x for z ~ N(0, 1), x|z ~ N(g z, noise).
    var linear: @Sendable (_ w: Double, _ noise: Double, _ x: Double) -> Double
    /// The density of a mixture of Gaussians in the plane.
    var density: @Sendable (_ mixture: MultivariateGaussianMixture, _ x: [Double]) -> Double
    /// Mean and covariance (xx, xy, yy) of a mixture in the plane.
    var moments: @Sendable (MultivariateGaussianMixture) -> [Double]
    /// The histogram of everything, from the histograms of its parts: counts in, shares out.
    var whole: @Sendable (_ parts: [[Double]]) throws -> [Double]
    /// The empirical H(Y|X) of pairs of labels.
    var conditionalEntropy: @Sendable (_ x: [Int], _ y: [Int]) -> Double
    /// The law of u² mod m for u uniform below n, by visiting every u.
    var pushForward: @Sendable (_ n: Int, _ m: Int) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    integral, mixtureDensity, densityByHand, totalCovariance, splitHistogram, distinctDocuments,
    repeatedDocuments, implicit,
  ]
}

// MARK: Integrals

extension IntegralsHistogramsProgramsDerivation {
  static let integral = Check(
    "integral", "N(x; 0, g² + var) = ∫ N(z; 0, 1) N(x; g z, var) dz",
    because: "a continuous latent makes an infinite mixture; this one has a closed form",
    claims: ["A-066"],
    as: .consequence
  ) { parts, problem in
    .equal(parts.linear(problem.w, problem.noise, problem.x), problem.integralOverLatent)
  }

  /// Written out in coordinates: with |Σ| = ac − b², δᵀ Σ⁻¹ δ = (c δ₁² − 2b δ₁δ₂ + a δ₂²)/|Σ|.
  static let densityByHand = Check(
    "density-in-coordinates", "p(x) = Σ_k π_k exp(−½ δ_kᵀ Σ_k⁻¹ δ_k) / (2π √|Σ_k|),  δ_k = x − μ_k",
    because: "a component is drawn, then x from its normal, with its correlation",
    claims: ["A-071"], as: .aside, changing: { [Given("x", [$0.x, 0.4])] }
  ) { parts, problem in
    let x = [problem.x, 0.4]
    let weights = [ExactValue(problem.share), 1 - ExactValue(problem.share)]
    let terms = weights.indices.map { k -> ExactValue in
      let c = problem.covariances[k].map { row in row.map { ExactValue($0) } }
      let d = zip(x, problem.means[k]).map { ExactValue($0) - ExactValue($1) }
      let determinant = c[0][0] * c[1][1] - c[0][1] * c[0][1]
      let form = c[1][1] * d[0] * d[0] - 2 * c[0][1] * d[0] * d[1] + c[0][0] * d[1] * d[1]
      let height = 1 / (ExactValue(2 * Double.pi) * determinant.squareRoot)
      return weights[k] * height * (-0.5 * form / determinant).exponential
    }
    return .equal(parts.density(try problem.mixture(), x), terms.sum())
  }

  /// The first coordinate alone is a mixture on the line.
  static let mixtureDensity = Check(
    "mixture-density", "∫ Σ_k π_k N(x; μ_k, Σ_k) dx_2 = Σ_k π_k N(x_1; μ_k1, Σ_k11)",
    because: "integrals and sums change places; each component is integrated by itself",
    claims: ["A-071"],
    as: .aside
  ) { parts, problem in
    let mixture = try problem.mixture()
    // Deviations of x_2 given x_1 lie above 0.6, those of x_2 below 1.5; means within 3.
    let step = 0.25
    var sum = CompensatedSum()
    for node in -80...80 {
      sum.add(parts.density(mixture, [problem.x, step * Double(node)]) * step)
    }
    let onTheLine = exactLogEvidence(of: try problem.mixtureOfFirst(), [problem.x])
    return .equal(sum.value, onTheLine.exponential)
  }

  static let totalCovariance = Check(
    "total-covariance",
    "E[x], Σ_k π_k Σ_k + Cov(μ_z) = Σ_k π_k E_k[x], Σ_k π_k E_k[xxᵀ] − E[x]E[x]ᵀ",
    because: "within and between, now in the plane; E_k by nodes μ_k ± √3 L_k, exact for xxᵀ",
    claims: ["A-070"],
    as: .aside
  ) { parts, problem in
    .equal(parts.moments(try problem.mixture()), problem.momentsByNodes)
  }
}

// MARK: Histograms

extension IntegralsHistogramsProgramsDerivation {
  static let splitHistogram = Check(
    "split-histogram", "Σ_part (share of part) · histogram of part = histogram of all",
    because: "splitting by a word that was seen is a mixture whose component is known",
    claims: ["A-188"],
    as: .aside
  ) { parts, problem in
    let all = zip(problem.parts[0], problem.parts[1]).map { ExactValue($0 + $1) }
    return .equal(try parts.whole(problem.parts), exactShares(all))
  }

  static let distinctDocuments = Check(
    "all-documents-distinct", "x_i all different:  H(Y|X) = 0",
    because: "one bin a document: the response looks like a function of it", claims: ["A-191"],
    as: .aside
  ) { parts, problem in
    let documents = Array(problem.labels.indices)
    return .equal(
      parts.conditionalEntropy(documents, problem.labels), 0.0,
      rounding: .of(
        size: log(Double(documents.count)),
        because: "whoever subtracts H(X) from H(X, Y) adds log N and takes it away"))
  }

  static let repeatedDocuments = Check(
    "documents-seen-twice", "x = (0, 0, 1, 1 …):  H(Y|X) = (4/N) log 2",
    because: "as soon as a document is seen twice, responses may differ", claims: ["A-191"],
    as: .aside
  ) { parts, problem in
    let documents = problem.labels.indices.map { $0 < 4 ? $0 / 2 : $0 }
    // The first four labels differ within both pairs.
    let share = 4 / ExactValue(Double(documents.count))
    return .equal(
      parts.conditionalEntropy(documents, problem.labels), share * ExactValue(2).logarithm)
  }
}

// MARK: Programs

extension IntegralsHistogramsProgramsDerivation {
  static let implicit = Check(
    "implicit-model", "P(u² mod m = v) = #{u < n: u² ≡ v (mod m)} / n",
    because: "a program's distribution is a sum over its randomness, if that can be visited",
    as: .aside
  ) { parts, problem in
    let (n, m) = problem.modulus
    let counts = (0..<m).map { value in (0..<n).filter { $0 * $0 % m == value }.count }
    return .equal(
      try parts.pushForward(n, m),
      counts.map { ExactValue(Double($0)) / ExactValue(Double(n)) })
  }
}
