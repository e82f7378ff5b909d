package import Models
import Probability

extension DiscreteZoo {
  static let optimalBaseline = weighted(
    "optimal-baseline", formula: "(1/S) Σ_k (f_k − c_d) s_kd,  c_d = E[f s_d²] / E[s_d²]",
    papers: ["Weaver, Tao 2001", "Ranganath, Gerrish, Blei 2014"], repetition: .averaged,
    constants: { problem in try PerComponent.optimal(for: problem.mean).baselines }
  ) { problem, _ in
    PerComponent(leastVariance(problem))
  }

  static let optimalScalarBaseline = weighted(
    "optimal-scalar-baseline", formula: "(1/S) Σ_k (f_k − c) s_kd,  c = E[f |s|²] / E[|s|²]",
    papers: ["Weaver, Tao 2001"], repetition: .averaged
  ) { problem, _ in Constant(DiscreteZoo.bestConstant(problem)) }

  // listing: zoo optimal-scalar-baseline, 11 baselines
  /// E[f |s|²] / E[|s|²], the constant of least variance for all components together.
  package static func bestConstant(_ problem: DiscreteProblem) -> Double {
    let law = problem.law
    let lengths = law.scores.map { s in s.reduce(0) { $0 + $1 * $1 } }
    let total = law.mean(lengths)
    let weighted = law.mean(zip(problem.signals, lengths).map { $0 * $1 })
    return total == 0 ? 0 : weighted / total
  }
  // end of listing

  /// E[f s_d²] / E[s_d²]; nil where a score is always zero.
  private static func leastVariance(_ problem: DiscreteProblem) -> [Double?] {
    (try? PerComponent.optimal(for: problem.mean).baselines) ?? []
  }
}
