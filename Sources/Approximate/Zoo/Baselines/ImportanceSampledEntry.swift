import Models
import Probability

extension DiscreteZoo {
  static let importanceSampled = DiscreteEstimator(
    "importance-sampled", formula: "(1/S) Σ_k ω_k f_k s_kd,  z_k ~ r,  ω = q/r",
    scope: .states,
    settings: [
      .samples(), ZooSetting("proposalLogits", .vector, "the logits of r"),
      ZooSetting("selfNormalised", .flag, or: .flag(false), "divide by Σ ω instead of S"),
    ],
    repetition: .together, draws: { settings throws(ZooError) in settings.samples },
    bias: .biased("unbiased; self-normalised its bias is of order 1/S") { _, settings in
      (try? settings.flag("selfNormalised")) == false
    }
  ) { problem, settings throws(ZooError) in
    let proposal = problem.law.with(logits: try settings.numbers("proposalLogits"))
    return Steps(
      ImportanceSampled(from: proposal, selfNormalised: try settings.flag("selfNormalised")),
      samples: settings.samples)
  }
}
