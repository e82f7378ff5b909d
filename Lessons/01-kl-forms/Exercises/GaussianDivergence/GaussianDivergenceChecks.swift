import GSL
import LessonKit
import Probability
import Verification

/// Two normal laws in the plane.
struct GaussianPair: Sendable {
  /// The law under which the expectation is taken.
  let q: Gaussian
  /// The law it is compared with.
  let p: Gaussian

  /// Two normal laws of the same dimension.
  init(q: Gaussian, p: Gaussian) {
    self.q = q
    self.p = p
  }
}

/// The signature of exercise `gaussian-divergence`.
protocol GaussianDivergence: Sendable {
  /// KL(q‖p) in closed form.
  func kullbackLeibler(of q: Gaussian, from p: Gaussian) throws -> Double
}

extension Sheet where Subject == any GaussianDivergence, Model == GaussianPair {
  /// Write the divergence of two normal laws.
  static func gaussianDivergence(example: GaussianPair) -> Sheet {
    Sheet(
      id: "gaussian-divergence",
      title: "Two normal laws",
      task: """
        Write `kullbackLeibler(of: q, from: p)` for normal laws in any dimension, in closed \
        form. `Gaussian` offers mean, covariance, logDeterminant() and squaredDistance(from:).
        """,
      hints: [
        "Take E_q of log q − log p; both are quadratic in x, so only mean and covariance matter.",
        "E_q[(x − μ_p)ᵀ Σ_p⁻¹ (x − μ_p)] = tr(Σ_p⁻¹ Σ_q) + (μ_q − μ_p)ᵀ Σ_p⁻¹ (μ_q − μ_p).",
        "All four terms, log-ratio, trace, distance and −d, stand under one common half.",
      ],
      example: example,
      draw: { cases in
        // The means lie on two sides of zero, so they differ from each other and from zero.
        GaussianPair(q: try .random(side: 1, &cases), p: try .random(side: -1, &cases))
      },
      lines: [isTheIntegral, isHalfTheDistance, isShapeAlone, isTheCostOfAnEncoder])
  }

  static var isTheIntegral: Line<any GaussianDivergence, GaussianPair> {
    Line(
      "integral", "KL = ½[log|Σ_p|/|Σ_q| + tr(Σ_p⁻¹Σ_q) + δᵀΣ_p⁻¹δ − d]",
      because: "log q − log p is quadratic, and three Gauss–Hermite nodes an axis are exact",
      claims: ["A-082"]
    ) { form, pair in
      .equal(
        try form.kullbackLeibler(of: pair.q, from: pair.p),
        try expectedLogRatio(pair.q, pair.p), terms: 512, magnitude: try size(pair))
    }
  }

  static var isHalfTheDistance: Line<any GaussianDivergence, GaussianPair> {
    Line(
      "same-covariance", "Σ_q = Σ_p:  KL = ½ δᵀΣ⁻¹δ",
      because: "the log-ratio vanishes and the trace is d", claims: ["A-082"]
    ) { form, pair in
      let moved = try Gaussian(mean: pair.p.mean, covariance: pair.q.covariance)
      return .equal(
        try form.kullbackLeibler(of: pair.q, from: moved),
        0.5 * (try moved.squaredDistance(from: pair.q.mean)), terms: 512,
        magnitude: try size(pair))
    }
  }

  static var isShapeAlone: Line<any GaussianDivergence, GaussianPair> {
    Line(
      "same-mean", "μ_q = μ_p:  KL = ½ Σ_k (r_k − 1 − log r_k)",
      because: "r_k are the eigenvalues of Σ_p⁻¹Σ_q, here from its trace and its determinant"
    ) { form, pair in
      let centred = try Gaussian(mean: pair.q.mean, covariance: pair.p.covariance)
      let ratios = try eigenvalues(pair.q, relativeTo: centred)
      let expected = ratios.reduce(0) { $0 + 0.5 * ($1 - 1 - log($1)) }
      return .equal(
        try form.kullbackLeibler(of: pair.q, from: centred), expected, terms: 4096,
        magnitude: try size(pair))
    }
  }

  static var isTheCostOfAnEncoder: Line<any GaussianDivergence, GaussianPair> {
    Line(
      "from-standard", "KL(N(μ,Σ)‖N(0,I)) = ½[tr Σ + μᵀμ − d − log|Σ|]",
      because: "Σ_p = I and μ_p = 0; both quadratic terms keep their half", claims: ["A-083"]
    ) { form, pair in
      let standard = try Gaussian(mean: [0, 0], covariance: [1, 0, 0, 1])
      let s = pair.q.covariance
      let m = pair.q.mean
      let determinant = s[0] * s[3] - s[1] * s[2]
      let expected =
        0.5 * (s[0] + s[3] + m[0] * m[0] + m[1] * m[1] - 2 - log(determinant))
      return .equal(
        try form.kullbackLeibler(of: pair.q, from: standard), expected, terms: 512,
        magnitude: try size(pair))
    }
  }
}

extension Gaussian {
  /// A random normal law in the plane, L Lᵀ with a positive diagonal.
  static func random(side: Double, _ cases: inout Cases) throws -> Gaussian {
    let mean = try cases.reals(2, from: 0.1, to: 2).map { side * $0 }
    let a = try cases.real(from: 0.5, to: 1.5)
    let b = try cases.real(from: -0.7, to: 0.7)
    let c = try cases.real(from: 0.5, to: 1.6)
    return try Gaussian(mean: mean, covariance: [a * a, a * b, a * b, b * b + c * c])
  }
}

/// E_q[log q − log p] by a tensor rule of three Gauss–Hermite nodes an axis.
func expectedLogRatio(_ q: Gaussian, _ p: Gaussian) throws -> Double {
  // The nodes ±√3 with weight 1/6 and 0 with 2/3 are exact up to degree five.
  let nodes: [(Double, Double)] = [(-sqrt(3), 1.0 / 6), (0, 2.0 / 3), (sqrt(3), 1.0 / 6)]
  let l = try LinearAlgebra.cholesky(order: 2, q.covariance)
  var sum = CompensatedSum()
  for (e0, w0) in nodes {
    for (e1, w1) in nodes {
      let x = [q.mean[0] + l[0] * e0, q.mean[1] + l[2] * e0 + l[3] * e1]
      sum.add(w0 * w1 * (try q.logDensity(x) - p.logDensity(x)))
    }
  }
  return sum.value
}

/// Both roots of r² − tr(Σ_p⁻¹Σ_q) r + |Σ_q|/|Σ_p| = 0.
private func eigenvalues(_ q: Gaussian, relativeTo p: Gaussian) throws -> [Double] {
  let (s, t) = (q.covariance, p.covariance)
  let determinant = t[0] * t[3] - t[1] * t[2]
  let trace = (t[3] * s[0] - t[1] * s[2] - t[2] * s[1] + t[0] * s[3]) / determinant
  let product = (s[0] * s[3] - s[1] * s[2]) / determinant
  let larger = 0.5 * (trace + sqrt(max(0, trace * trace - 4 * product)))
  return [larger, product / larger]
}

/// The size of the terms that are added up: the largest quadratic form at the outermost node.
private func size(_ pair: GaussianPair) throws -> Double {
  let far = pair.q.mean.map { abs($0) + 5 }
  return 4 + (try pair.p.squaredDistance(from: far)) + (try pair.q.squaredDistance(from: far))
}
