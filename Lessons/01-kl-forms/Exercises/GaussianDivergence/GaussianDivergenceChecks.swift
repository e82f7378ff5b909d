import LessonKit
import Probability
import Verification

/// Exercise `gaussian-divergence`: the closed form for two normal laws.
enum GaussianDivergenceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// KL(q‖p) in closed form.
    var kullbackLeibler: @Sendable (_ q: Gaussian, _ p: Gaussian) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, GaussianPair>

  static let checks: [Check] = [
    onTheLine, printedFormIsOff, printedEncoderCostIsOff, isTheIntegral, isHalfTheDistance,
    isShapeAlone, isTheCostOfAnEncoder,
  ]
}

extension GaussianDivergenceExercise {
  static let onTheLine = Check(
    "on-the-line", "d = 1:  KL = ½[log v_p/v_q + v_q/v_p + (m_q − m_p)²/v_p − 1]",
    because: "in one dimension a determinant is a variance, and a constant ½ hides well"
  ) { parts, pair in
    let q = NormalLaw(mean: pair.q.mean[0], variance: pair.q.covariance[0])
    let p = NormalLaw(mean: pair.p.mean[0], variance: pair.p.covariance[0])
    return .equal(
      try parts.kullbackLeibler(
        try Gaussian(mean: q.mean, variance: q.variance),
        try Gaussian(mean: p.mean, variance: p.variance)),
      q.exact.bregmanDivergence(from: p.exact))
  }

  static let printedFormIsOff = Check(
    "printed-without-half", "KL ≠ ½ log|Σ_p|/|Σ_q| + ½ tr(Σ_p⁻¹Σ_q) + δᵀΣ_p⁻¹δ − ½d",
    because: "the printed form is too large by ½ δᵀΣ_p⁻¹δ", claims: ["A-082"]
  ) { parts, pair in
    let (q, p) = (PlaneLaw(pair.q), PlaneLaw(pair.p))
    return .different(
      try parts.kullbackLeibler(pair.q, pair.p), q.printedDivergence(from: p),
      by: -0.5 * p.squaredDistance(from: q.mean), atLeast: 1e-6)
  }

  static let printedEncoderCostIsOff = Check(
    "printed-from-standard", "KL(N(μ,Σ)‖N(0,I)) ≠ ½[tr Σ − log|Σ| − d] + μᵀμ",
    because: "too large by ½ μᵀμ: an encoder trained on it is pulled to 0 too hard",
    claims: ["A-083"]
  ) { parts, pair in
    let standard = try Gaussian.standardInThePlane()
    let q = PlaneLaw(pair.q)
    return .different(
      try parts.kullbackLeibler(pair.q, standard), q.printedDivergence(from: PlaneLaw(standard)),
      by: -0.5 * q.mean.sum { $0 * $0 }, atLeast: 1e-9)
  }

  static let isTheIntegral = Check(
    "integral", "KL = ½[log|Σ_p|/|Σ_q| + tr(Σ_p⁻¹Σ_q) + δᵀΣ_p⁻¹δ − d]",
    because: "log q − log p is quadratic, and three Gauss–Hermite nodes an axis are exact",
    claims: ["A-082"]
  ) { parts, pair in
    .equal(
      try parts.kullbackLeibler(pair.q, pair.p),
      PlaneLaw(pair.q).expectedLogRatio(to: PlaneLaw(pair.p)))
  }

  static let isHalfTheDistance = Check(
    "same-covariance", "Σ_q = Σ_p:  KL = ½ δᵀΣ⁻¹δ",
    because: "the log-ratio vanishes and the trace is d", claims: ["A-082"]
  ) { parts, pair in
    let moved = try Gaussian(mean: pair.p.mean, covariance: pair.q.covariance)
    let distance = PlaneLaw(moved).squaredDistance(from: PlaneLaw(pair.q).mean)
    return .equal(
      try parts.kullbackLeibler(pair.q, moved), 0.5 * distance,
      rounding: .of(
        size: Double(moved.dimension), because: "a trace of d is added and d taken away"))
  }

  static let isShapeAlone = Check(
    "same-mean", "μ_q = μ_p:  KL = ½ Σ_k (r_k − 1 − log r_k)",
    because: "r_k are the eigenvalues of Σ_p⁻¹Σ_q, here from its trace and its determinant"
  ) { parts, pair in
    let centred = try Gaussian(mean: pair.q.mean, covariance: pair.p.covariance)
    let ratios = PlaneLaw(pair.q).eigenvalues(relativeTo: PlaneLaw(centred))
    return .equal(
      try parts.kullbackLeibler(pair.q, centred), ratios.sum { 0.5 * ($0 - 1 - $0.logarithm) })
  }

  static let isTheCostOfAnEncoder = Check(
    "from-standard", "KL(N(μ,Σ)‖N(0,I)) = ½[tr Σ + μᵀμ − d − log|Σ|]",
    because: "Σ_p = I and μ_p = 0; both quadratic terms keep their half", claims: ["A-083"]
  ) { parts, pair in
    let q = PlaneLaw(pair.q)
    let trace = q.covariance.xx + q.covariance.yy
    return .equal(
      try parts.kullbackLeibler(pair.q, try .standardInThePlane()),
      0.5 * (trace + q.mean.sum { $0 * $0 } - 2 - q.determinant.logarithm))
  }
}
