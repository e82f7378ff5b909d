import Models
import Probability

extension DiscreteZoo {
  static let constantBaseline = weighted(
    "constant-baseline", formula: "(1/S) Σ_k (f_k − c) s_kd", papers: ["Williams 1992"],
    settings: [ZooSetting("baseline", .number, "c, subtracted from every signal")],
    repetition: .averaged
  ) { _, settings throws(ZooError) in Constant(try settings.number("baseline")) }

  static let valueBaseline = weighted(
    "value-baseline", formula: "(1/S) Σ_k (f_k − E_q[f]) s_kd",
    papers: ["Sutton, McAllester, Singh, Mansour 2000"], repetition: .averaged
  ) { problem, _ in Constant(problem.law.mean(problem.signals)) }
}
