import GSL
import LessonKit
import Probability
import Verification

extension Page {
  /// Two normal laws: the closed form, the lecture's missing half, and other people's slips.
  static let gaussianDivergence: Exercise<any GaussianDivergence, GaussianPair>? = {
    guard let example = try? lecturePair() else { return nil }
    return Exercise(
      .gaussianDivergence(example: example),
      answer: ClosedForm(),
      derivation: [onTheLine, printedFormIsOff, printedEncoderCostIsOff],
      mistakes: [
        Mistake(
          "forgets-the-half", "the quadratic term without its ½", source: "E-013", ForgetsHalf()),
        Mistake(
          "subtracts-a-constant-for-the-dimension", "−½ in place of −½d, whatever the dimension is",
          source: "ericjang/draw #8", WrongDimension()),
        Mistake(
          "puts-the-sample-count-for-the-dimension", "n data where d dimensions belong",
          source: "E-018", SampleCountForDimension()),
        Mistake(
          "turns-the-log-ratio-round", "log|Σ_q|/|Σ_p| in place of log|Σ_p|/|Σ_q|",
          source: "FluxML/model-zoo #147", LogRatioReversed()),
        Mistake(
          "inverts-the-other-covariance", "tr(Σ_q⁻¹Σ_p) in place of tr(Σ_p⁻¹Σ_q)",
          InvertsTheOther()),
      ])
  }()

  /// The lecture's pair of laws, of which the ledger has the numbers.
  static func lecturePair() throws -> GaussianPair {
    GaussianPair(
      q: try Gaussian(mean: [0.5, -1], covariance: [1.2, 0.3, 0.3, 0.5]),
      p: try Gaussian(mean: [-0.3, 0.7], covariance: [2, -0.4, -0.4, 1]))
  }

  private static var onTheLine: Line<any GaussianDivergence, GaussianPair> {
    Line(
      "on-the-line", "d = 1:  KL = ½[log v_p/v_q + v_q/v_p + (m_q − m_p)²/v_p − 1]",
      because: "in one dimension a determinant is a variance, and a constant ½ hides well"
    ) { form, pair in
      let (q, p) = (pair.q, pair.p)
      let onLine = (
        q: NormalLaw(mean: q.mean[0], variance: q.covariance[0]),
        p: NormalLaw(mean: p.mean[0], variance: p.covariance[0])
      )
      return .equal(
        try form.kullbackLeibler(
          of: try Gaussian(mean: onLine.q.mean, variance: onLine.q.variance),
          from: try Gaussian(mean: onLine.p.mean, variance: onLine.p.variance)),
        try onLine.q.bregmanDivergence(from: onLine.p), terms: 512, magnitude: 80)
    }
  }

  private static var printedFormIsOff: Line<any GaussianDivergence, GaussianPair> {
    Line(
      "printed-without-half", "KL ≠ ½ log|Σ_p|/|Σ_q| + ½ tr(Σ_p⁻¹Σ_q) + δᵀΣ_p⁻¹δ − ½d",
      because: "the printed form is too large by ½ δᵀΣ_p⁻¹δ", claims: ["A-082"]
    ) { form, pair in
      let excess = 0.5 * (try pair.p.squaredDistance(from: pair.q.mean))
      return .different(
        try form.kullbackLeibler(of: pair.q, from: pair.p), try printed(pair.q, pair.p),
        by: -excess, atLeast: 1e-6, terms: 4096)
    }
  }

  private static var printedEncoderCostIsOff: Line<any GaussianDivergence, GaussianPair> {
    Line(
      "printed-from-standard", "KL(N(μ,Σ)‖N(0,I)) ≠ ½[tr Σ − log|Σ| − d] + μᵀμ",
      because: "too large by ½ μᵀμ: an encoder trained on it is pulled to 0 too hard",
      claims: ["A-083"]
    ) { form, pair in
      let standard = try Gaussian(mean: [0, 0], covariance: [1, 0, 0, 1])
      let excess = 0.5 * pair.q.mean.reduce(0) { $0 + $1 * $1 }
      return .different(
        try form.kullbackLeibler(of: pair.q, from: standard), try printed(pair.q, standard),
        by: -excess, atLeast: 1e-9, terms: 4096)
    }
  }
}

/// The form as the lecture prints it, with a whole quadratic term.
func printed(_ q: Gaussian, _ p: Gaussian) throws -> Double {
  let solved = try LinearAlgebra.solve(
    order: q.dimension, p.covariance, right: q.covariance, rightColumns: q.dimension)
  let trace = (0..<q.dimension).reduce(0) { $0 + solved[$1 * q.dimension + $1] }
  return 0.5 * (try p.logDeterminant() - q.logDeterminant()) + 0.5 * trace
    + (try p.squaredDistance(from: q.mean)) - 0.5 * Double(q.dimension)
}

/// The library's closed form.
private struct ClosedForm: GaussianDivergence {
  func kullbackLeibler(of q: Gaussian, from p: Gaussian) throws -> Double {
    try q.kullbackLeibler(from: p)
  }
}

private struct ForgetsHalf: GaussianDivergence {
  func kullbackLeibler(of q: Gaussian, from p: Gaussian) throws -> Double { try printed(q, p) }
}

private struct WrongDimension: GaussianDivergence {
  func kullbackLeibler(of q: Gaussian, from p: Gaussian) throws -> Double {
    try q.kullbackLeibler(from: p) + 0.5 * Double(q.dimension) - 0.5
  }
}

private struct SampleCountForDimension: GaussianDivergence {
  func kullbackLeibler(of q: Gaussian, from p: Gaussian) throws -> Double {
    let isStandard = p.mean.allSatisfy { $0 == 0 }
    // The lecture's slip is on its slide about N(0, I): five data, two dimensions.
    return try q.kullbackLeibler(from: p) + (isStandard ? 0.5 * Double(q.dimension) - 2.5 : 0)
  }
}

private struct LogRatioReversed: GaussianDivergence {
  func kullbackLeibler(of q: Gaussian, from p: Gaussian) throws -> Double {
    try q.kullbackLeibler(from: p) - (try p.logDeterminant() - q.logDeterminant())
  }
}

private struct InvertsTheOther: GaussianDivergence {
  func kullbackLeibler(of q: Gaussian, from p: Gaussian) throws -> Double {
    func trace(_ a: Gaussian, _ b: Gaussian) throws -> Double {
      let solved = try LinearAlgebra.solve(
        order: a.dimension, a.covariance, right: b.covariance, rightColumns: a.dimension)
      return (0..<a.dimension).reduce(0) { $0 + solved[$1 * a.dimension + $1] }
    }
    return try q.kullbackLeibler(from: p) + 0.5 * (try trace(q, p) - trace(p, q))
  }
}
