import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let commonNoiseMarginal = DiscreteEstimator(
    "common-noise-marginal",
    formula: "p_d (1 − p_d) (f(run with z_d = 1) − f(run with z_d = 0)), the same noise below",
    papers: ["Tokui, Sato 2017"], scope: .bits, repetition: .averaged, bias: .none
  ) { _, _ in CommonNoiseMarginal() }
}

/// Each bit forced on and off, all others from the noise that made the run.
///
/// ```
/// z_d = 1[u_d < p_d(z_{d−1})]
/// g_d = p_d (1 − p_d) (f(z with bit d forced on) − f(z with bit d forced off))
/// ```
/// The bits after d are made anew with the same u. Unbiased: given u of the bits before d, p_d(1 − p_d)
/// is the slope of p_d. Reference: Tokui and Sato 2017.
public struct CommonNoiseMarginal: ZooProgram {
  /// The estimator; it has no settings.
  public init() {}

  // listing: zoo common-noise-marginal, 11 sums
  /// Two runs a bit on the noise of one.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let law = problem.law
    let (off, on) = (law.logits.map { _ in 0.0 }, law.logits.map { _ in 1.0 })
    let cuts = zip(law.conditionalLogits(at: off), law.conditionalLogits(at: on))
    let noise = try choices.uniforms(cutAt: cuts.map { [sigmoid($0), sigmoid($1)] })
    /// The run on this noise, one bit forced.
    func run(forcing forced: Int? = nil, to value: Double = 0) -> [Double] {
      var z = off
      for d in z.indices {
        let p = sigmoid(law.conditionalLogits(at: z)[d])
        z[d] = d == forced ? value : noise[d] < p ? 1 : 0
      }
      return z
    }
    let actual = law.conditionalLogits(at: run())
    return law.logits.indices.map { d in
      sigmoid(actual[d]) * sigmoid(-actual[d])
        * (problem.signal(at: run(forcing: d, to: 1)) - problem.signal(at: run(forcing: d, to: 0)))
    }
  }
  // end of listing
}
