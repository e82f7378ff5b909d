import LessonKit
import Probability
import Verification

/// Exercise `gaussian-divergence`: the closed form for two normal laws.
enum GaussianDivergenceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// KL(q‖p) in closed form.
    var kullbackLeibler: @Sendable (_ q: Gaussian, _ p: Gaussian) throws -> Double
    /// E_q[D_p(z)] with D_p(z) = (z − μ_p)ᵀ C_p⁻¹ (z − μ_p).
    var meanDistance: @Sendable (_ q: Gaussian, _ p: Gaussian) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, GaussianPair>

  static let checks: [Check] = [
    isAnAverage, constantsCancel, averagesOfSquares, onTheLine, isTheCostOfAnEncoder,
    isHalfTheDistance, isShapeAlone, isTheIntegral, printedFormIsOff, printedEncoderCostIsOff,
  ]
}

// MARK: The derivation

extension GaussianDivergenceExercise {
  static let isAnAverage = Check(
    "average", "KL(q‖p) = E_q[log q(z) − log p(z)]",
    because: "the definition, with an integral for the sum", as: .step
  ) { parts, pair in
    .equal(
      try parts.kullbackLeibler(pair.q, pair.p),
      PlaneLaw(pair.q).expectedLogRatio(to: PlaneLaw(pair.p)))
  }

  static let constantsCancel = Check(
    "constants-cancel",
    "E_q[log q(z) − log p(z)] = ½[log(|C_p|/|C_q|) + E_q[D_p(z)] − E_q[D_q(z)]]",
    because: "log p(z) = −½[log|C_p| + d log 2π + D_p(z)], and log q(z) likewise", as: .step
  ) { parts, pair in
    let (q, p) = (PlaneLaw(pair.q), PlaneLaw(pair.p))
    let logRatio = (p.determinant / q.determinant).logarithm.value
    let squares = try parts.meanDistance(pair.q, pair.p) - parts.meanDistance(pair.q, pair.q)
    return .equal(q.expectedLogRatio(to: p), 0.5 * (logRatio + squares))
  }

  static let averagesOfSquares = Check(
    "averages-of-squares",
    "½[log(|C_p|/|C_q|) + E_q[D_p(z)] − E_q[D_q(z)]]"
      + " = ½[log(|C_p|/|C_q|) + tr(C_p⁻¹C_q) + δᵀC_p⁻¹δ − d]",
    because: "the two means of squares above", as: .step
  ) { parts, pair in
    let (q, p) = (PlaneLaw(pair.q), PlaneLaw(pair.p))
    let squares = q.expectation { p.squaredDistance(from: $0) - q.squaredDistance(from: $0) }
    return .equal(
      0.5 * ((p.determinant / q.determinant).logarithm + squares),
      try parts.kullbackLeibler(pair.q, pair.p))
  }
}

// MARK: Forms of it

extension GaussianDivergenceExercise {
  static let onTheLine = Check(
    "on-the-line", "d = 1:  KL = ½[log(v_p/v_q) + v_q/v_p + (m_q − m_p)²/v_p − 1]",
    because: "in one dimension a determinant is a variance, and a constant ½ hides well",
    as: .consequence,
    changing: { pair in
      [
        Given("m_q", pair.q.mean[0]), Given("v_q", pair.q.covariance[0]),
        Given("m_p", pair.p.mean[0]), Given("v_p", pair.p.covariance[0]),
      ]
    }
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
    "printed-without-half", "½ log(|C_p|/|C_q|) + ½ tr(C_p⁻¹C_q) + δᵀC_p⁻¹δ − ½d ≠ KL",
    because: "the printed form is too large by ½ δᵀC_p⁻¹δ", claims: [.against("A-082")],
    as: .erratum
  ) { parts, pair in
    let (q, p) = (PlaneLaw(pair.q), PlaneLaw(pair.p))
    return .different(
      q.printedDivergence(from: p), try parts.kullbackLeibler(pair.q, pair.p),
      by: 0.5 * p.squaredDistance(from: q.mean), atLeast: 1e-6)
  }

  static let printedEncoderCostIsOff = Check(
    "printed-from-standard", "½[tr C − log|C| − d] + μᵀμ ≠ KL(N(μ, C)‖N(0, I))",
    because: "too large by ½ μᵀμ: an encoder trained on it is pulled to 0 too hard",
    claims: [.against("A-083")], as: .erratum, changing: { _ in fromStandard }
  ) { parts, pair in
    let standard = try Gaussian.standardInThePlane()
    let q = PlaneLaw(pair.q)
    return .different(
      q.printedDivergence(from: PlaneLaw(standard)), try parts.kullbackLeibler(pair.q, standard),
      by: 0.5 * q.mean.sum { $0 * $0 }, atLeast: 1e-9)
  }

  static let isTheIntegral = Check(
    "integral", "KL = ½[log(|C_p|/|C_q|) + tr(C_p⁻¹C_q) + δᵀC_p⁻¹δ − d]",
    because: "log q − log p is quadratic, and three Gauss–Hermite nodes an axis are exact",
    claims: [.inPlaceOf("A-082")]
  ) { parts, pair in
    .equal(
      try parts.kullbackLeibler(pair.q, pair.p),
      PlaneLaw(pair.q).expectedLogRatio(to: PlaneLaw(pair.p)))
  }

  static let isHalfTheDistance = Check(
    "same-covariance", "C_q = C_p:  KL = ½ δᵀC_p⁻¹δ",
    because: "the log-ratio vanishes and the trace is d", claims: [.inPlaceOf("A-082")],
    changing: { [Given("C_p", GaussianPair.rows($0.q))] }
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
    because: "r_k are the eigenvalues of C_p⁻¹C_q, here from its trace and its determinant",
    changing: { [Given("μ_p", $0.q.mean)] }
  ) { parts, pair in
    let centred = try Gaussian(mean: pair.q.mean, covariance: pair.p.covariance)
    let ratios = PlaneLaw(pair.q).eigenvalues(relativeTo: PlaneLaw(centred))
    return .equal(
      try parts.kullbackLeibler(pair.q, centred), ratios.sum { 0.5 * ($0 - 1 - $0.logarithm) })
  }

  static let isTheCostOfAnEncoder = Check(
    "from-standard", "KL(N(μ, C)‖N(0, I)) = ½[tr C + μᵀμ − d − log|C|]",
    because: "C_p = I and μ_p = 0; both quadratic terms keep their half",
    claims: [.inPlaceOf("A-083"), "A-084"],
    as: .consequence, changing: { _ in fromStandard }
  ) { parts, pair in
    let q = PlaneLaw(pair.q)
    let trace = q.covariance.xx + q.covariance.yy
    return .equal(
      try parts.kullbackLeibler(pair.q, try .standardInThePlane()),
      0.5 * (trace + q.mean.sum { $0 * $0 } - 2 - q.determinant.logarithm))
  }

  private static let fromStandard = [Given("μ_p", [0, 0]), Given("C_p", [[1, 0], [0, 1]])]
}
