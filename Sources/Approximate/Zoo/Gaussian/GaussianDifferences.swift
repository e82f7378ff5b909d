public import Models
public import Probability

extension GaussianZoo {
  static let finiteDifference = GaussianEstimator.parted(
    "finite-difference", formula: "(f at θ_d + h − f at θ_d − h)/2h, from ε and ε or ε′",
    papers: ["Kiefer, Wolfowitz 1952"], scope: .gaussians, needs: .fixed,
    settings: [
      ZooSetting("step", .positive, "h"),
      ZooSetting("common", .flag, "whether both come from the same noise"),
    ],
    bias: .biased("biased by the curvature of the mean, of order h²")
  ) { problem, settings throws(ZooError) in
    let common = try settings.flag("common")
    guard common || problem.dimension == 1 else {
      throw .misfit(
        setting: "common",
        reason: "noises of their own are for a Gaussian on the line, not in the plane")
    }
    return GaussianDifference(step: try settings.number("step"), isCommon: common)
  }
}

/// A quotient of two evaluations, at parameters a step up and a step down.
///
/// ```
/// (f(z(θ + h e_d, ε)) − f(z(θ − h e_d, ε′)))/2h,     z(θ, ε) = μ + e^λ ε
/// ```
/// With ε′ = ε the difference shrinks with h; with noises of their own the variance grows as 1/h².
public struct GaussianDifference: PartedProgram {
  /// What it estimates the gradient of.
  public typealias Problem = GaussianProblem
  let step: Double
  let isCommon: Bool

  /// One part where the noise is shared, two where it is not.
  public func partCount(_ problem: GaussianProblem) -> Int { isCommon ? 1 : 2 }

  // listing: zoo-line finite-difference
  /// The difference, or its half up and its half down.
  public func part<Choices: RandomChoices>(
    _ index: Int, _ given: Void, _ problem: GaussianProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var noise: [Double] = []
    for _ in 0..<problem.dimension { noise.append(try choices.standardNormal()) }
    let signs: [Double] = isCommon ? [1, -1] : index == 0 ? [1] : [-1]
    return (0..<problem.parameterCount).map { d in
      signs.reduce(0) { sum, sign in
        let moved = problem.moved(d, by: sign * step)
        return sum + sign * moved.point(at: noise).value / (2 * step)
      }
    }
  }
  // end of listing
}
