import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let antitheticScoreFunction = DiscreteEstimator(
    "antithetic-score-function",
    formula: "½ (f(b) s_d(b) + f(b̃) s_d(b̃)),  b and b̃ from u and 1 − u",
    papers: ["Hammersley, Morton 1956"], scope: .independentBits, repetition: .averaged, bias: .none
  ) { _, _ in AntitheticScoreFunction() }
}

/// The score function at a mirrored pair of draws.
///
/// ```
/// g = ½ (f(b) s(b) + f(b̃) s(b̃)),     b = 1[u > 1 − p],  b̃ = 1[u < p]
/// ```
/// Each half is a score function, so it is unbiased; the halves are seldom alike, so it mostly gains.
/// Unlike DisARM it depends on a constant added to f. Reference: Hammersley and Morton 1956.
public struct AntitheticScoreFunction: ZooProgram {
  /// The estimator; it has no settings.
  public init() {}

  // listing: zoo antithetic-score-function
  /// The mean of two score functions.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (b, mirrored) = try mirroredPair(problem, &choices)
    let (s, t) = (
      problem.law.score(problem.law.state(b)), problem.law.score(problem.law.state(mirrored))
    )
    return s.indices.map { d in
      0.5 * (problem.signal(at: b) * s[d] + problem.signal(at: mirrored) * t[d])
    }
  }
  // end of listing
}

/// b = 1[u > 1 − p] and b̃ = 1[u < p]: each a draw of q, as unlike as they can be.
func mirroredPair<Choices: RandomChoices>(
  _ problem: DiscreteProblem, _ choices: inout Choices
) throws(ChoiceError) -> ([Double], [Double]) {
  let p = problem.bitProbabilities
  let noise = try choices.uniforms(cutAt: p.map { [$0, 1 - $0] })
  return (thresholded(noise.map { 1 - $0 }, below: p), thresholded(noise, below: p))
}
