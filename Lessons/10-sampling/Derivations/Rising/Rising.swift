import Approximate
import GSL
import LessonKit
import Probability

extension RisingDerivation {
  /// The library's bound, and the ways to get it wrong.
  static let derivation = Derivation<Parts, WeightsProblem>(
    id: "rising", title: "A bound that rises with K", example: .threeStates,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Each inequality is Jensen's, of a mean of more weights. In the code `bound` is log ŵ, \
      and the weights are those of ĥ.
      """)

  static let answer = Parts(bound: { logWeights in
    WeightedDraws(Array(logWeights.indices)) { logWeights[$0] }.bound
  })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "mean-of-logarithms", "(1/K) Σ_k log w_k: the ELBO, however many draws",
      source: "asked of generative-tf in its #1", \.bound
    ) { $0.reduce(0, +) / Double($0.count) },
    Mistake(
      "forgets-log-k", "log Σ_k w_k, without log K",
      source: "the first sketch in scVI-dev #8, mended in its copy scvi-tools #13", \.bound
    ) { logSum($0) },
    Mistake("takes-the-best", "the largest log w_k", \.bound) { $0.max() ?? 0 },
    Mistake("turns-the-sign", "minus the bound: a loss where a bound was asked for", \.bound) {
      log(Double($0.count)) - logSum($0)
    },
  ]

  private static func logSum(_ logWeights: [Double]) -> Double {
    log(logWeights.reduce(0) { $0 + exp($1) })
  }
}
