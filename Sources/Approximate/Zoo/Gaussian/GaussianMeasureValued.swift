import GSL
public import Models
public import Probability

extension GaussianZoo {
  static let measureValued = GaussianEstimator.parted(
    "measure-valued",
    formula: "(f(μ + σR) − f(μ − σR′))/(σ√(2π));  f(μ + σM) − f(μ + σn)",
    papers: ["Mohamed 2019", "Rosca 2019"], scope: .line, needs: .fixed,
    settings: [ZooSetting("coupled", .flag, "R′ = R and n = uM, or all independent")]
  ) { _, settings throws(ZooError) in
    GaussianMeasureValued(isCoupled: try settings.flag("coupled"))
  }
}

/// The derivative of a density is a difference of two densities, times a number.
///
/// ```
/// ∂q/∂μ = (q⁺ − q⁻)/(σ√(2π)),     q± : μ ± σR,  R Rayleigh
/// ∂q/∂λ = q* − q,                 q* : μ + σM,  M with density x² e^(−x²/2)/√(2π)
/// ```
/// Coupled, the two evaluations share their noise: R itself, and n = uM, which is normal.
/// Each component has noises of its own. Nothing is asked of f but its values.
/// Reference: Mohamed, Rosca, Figurnov and Mnih 2019; Rosca and others 2019.
public struct GaussianMeasureValued: PartedProgram {
  /// What it estimates the gradient of.
  public typealias Problem = GaussianProblem
  let isCoupled: Bool

  /// One part a component where the noise is shared, two where it is not.
  public func partCount(_ problem: GaussianProblem) -> Int { isCoupled ? 2 : 4 }

  // listing: zoo-line measure-valued
  /// By the mean first.
  public func part<Choices: RandomChoices>(
    _ index: Int, _ given: Void, _ problem: GaussianProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (mean, sd) = (problem.mean[0], problem.deviations[0])
    func f(_ noise: Double) -> Double { problem.function.value(at: [mean + sd * noise]) }
    let rate = 1 / (sd * sqrt(2 * Double.pi))
    switch (isCoupled, index) {
    case (true, 0):
      let r = try choices.draw(RayleighNoise())
      return [rate * (f(r) - f(-r)), 0]
    case (true, _):
      let (m, u) = (try choices.draw(SignedMaxwellNoise()), try choices.uniform())
      return [0, f(m) - f(u * m)]
    case (false, 0): return [rate * f(try choices.draw(RayleighNoise())), 0]
    case (false, 1): return [-rate * f(-(try choices.draw(RayleighNoise()))), 0]
    case (false, 2): return [0, f(try choices.draw(SignedMaxwellNoise()))]
    default: return [0, -f(try choices.standardNormal())]
    }
  }
  // end of listing
}
