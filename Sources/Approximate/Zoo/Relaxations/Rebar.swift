import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let rebar = relaxedControl(
    "rebar", formula: "(f(b) − η f(ỹ)) s − η ∂f(ỹ)/∂logit + η ∂f(y)/∂logit",
    papers: ["Tucker 2017"], setting: ZooSetting("eta", .number, "η")
  ) { problem, settings throws(ZooError) in (problem.surface, try settings.number("eta")) }

  static let relax = relaxedControl(
    "relax", formula: "(f(b) − c(ỹ)) s − ∂c(ỹ)/∂logit + ∂c(y)/∂logit",
    papers: ["Grathwohl 2018"], setting: ZooSetting("control", .function, "c")
  ) { _, settings throws(ZooError) in (try settings.function("control"), 1) }

  private static func relaxedControl(
    _ name: String, formula: String, papers: [String], setting: ZooSetting,
    control:
      @escaping @Sendable (DiscreteProblem, ZooSettings) throws(ZooError) -> (
        SmoothFunction, Double
      )
  ) -> DiscreteEstimator {
    @Sendable func terms(
      _ problem: DiscreteProblem, _ settings: ZooSettings
    ) throws(ZooError) -> RelaxedControl {
      let (c, eta) = try control(problem, settings)
      return RelaxedControl(control: c, eta: eta, temperature: try settings.number("temperature"))
    }
    return DiscreteEstimator(
      name, formula: formula, papers: papers, scope: .independentBits,
      settings: [
        temperature, setting, ZooSetting("coupled", .flag, "whether z̃ is z, or another given b"),
      ],
      repetition: .averaged, bias: .none,
      integral: { problem, settings, limits in
        let terms = try terms(problem, settings)
        guard try settings.flag("coupled") else {
          return try UncoupledControl(terms: terms).moments(problem, limits)
        }
        let program = CoupledControl(terms: terms)
        return ZooMoments(
          try settledMoments(limits: limits) { try program.estimate(problem, &$0) })
      }
    ) { problem, settings throws(ZooError) in
      let terms = try terms(problem, settings)
      guard try settings.flag("coupled") else { return UncoupledControl(terms: terms) }
      return CoupledControl(terms: terms)
    }
  }
}

/// The terms of REBAR and RELAX: a control c of relaxed bits, whose mean is put back by two slopes.
///
/// ```
/// z_d = logit_d + Λ_d,  b = 1[z > 0],  y = σ(z/τ);     z̃ given b,  ỹ = σ(z̃/τ)
/// (f(b) − η c(ỹ)) s_d − η c_d(ỹ) ỹ_d(1 − ỹ_d)/τ ρ_d + η c_d(y) y_d(1 − y_d)/τ
/// ρ_d = dz̃_d/dlogit_d at the uniform that made z̃_d:  P(b_d) (1 − e^(−|z̃_d|))
/// ```
/// With v p + 1 − p = α = σ(z̃ − logit) for a bit that is on, 1 − (1 − p)/α is p (1 − e^(−z̃)); for one
/// that is off the same with p and z̃ turned. It vanishes at the threshold, so nothing jumps there.
/// Reference: Tucker, Mnih, Maddison, Lawson and Sohl-Dickstein 2017; Grathwohl and others 2018.
struct RelaxedControl: Sendable {
  let control: SmoothFunction
  let eta: Double
  let temperature: Double

  /// |z_d| given b_d, one a bit, with the sign of the bit.
  func latents<Choices: RandomChoices>(
    of b: [Double], _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var latents: [Double] = []
    for (d, logit) in problem.law.logits.enumerated() {
      let length = try choices.draw(LogisticSideNoise(logit: logit, isOn: b[d] == 1))
      latents.append(b[d] == 1 ? length : -length)
    }
    return latents
  }

  // listing: zoo rebar, zoo relax, 11 relaxed-control
  /// (f(b) − η c(ỹ)) s − η c_d(ỹ) ỹ_d(1 − ỹ_d)/τ ρ_d.
  func given(_ state: Int, _ latents: [Double], _ problem: DiscreteProblem) -> [Double] {
    let (value, slopes) = relaxed(latents)
    let score = problem.law.scores[state]
    return latents.indices.map { d in
      // s = 1 − P(b) for a bit that is on and P(b) − 1 for one that is off.
      let rate = (1 - abs(score[d])) * -expm1(-abs(latents[d]))
      return (problem.signals[state] - value) * score[d] - slopes[d] * rate
    }
  }
  // end of listing

  /// η c_d(y) y_d(1 − y_d)/τ.
  func free(_ latents: [Double]) -> [Double] { relaxed(latents).slopes }

  private func relaxed(_ latents: [Double]) -> (value: Double, slopes: [Double]) {
    let y = latents.map { sigmoid($0 / temperature) }
    let jet = control.jet(at: y)
    return (
      eta * jet.value,
      y.indices.map { d in
        let softness = y[d] * sigmoid(-latents[d] / temperature) / temperature
        return eta * jet.slope[d] * softness
      }
    )
  }
}

/// One latent for both: z̃ = z.
public struct CoupledControl: ZooProgram {
  let terms: RelaxedControl

  /// All terms at one latent.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let state = try problem.law.sample(&choices)
    let z = try terms.latents(of: problem.law.points[state], problem, &choices)
    return zip(terms.given(state, z, problem), terms.free(z)).map { $0 + $1 }
  }
}

/// z and z̃ independent given the bits.
public struct UncoupledControl: PartedProgram {
  /// What it estimates the gradient of.
  public typealias Problem = DiscreteProblem
  let terms: RelaxedControl

  /// b.
  public func given<Choices: DiscreteChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> Int { try problem.law.sample(&choices) }

  /// z̃, then z.
  public func partCount(_ problem: DiscreteProblem) -> Int { 2 }

  /// The terms of one of them.
  public func part<Choices: RandomChoices>(
    _ index: Int, _ given: Int, _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let z = try terms.latents(of: problem.law.points[given], problem, &choices)
    return index == 0 ? terms.given(given, z, problem) : terms.free(z)
  }
}
