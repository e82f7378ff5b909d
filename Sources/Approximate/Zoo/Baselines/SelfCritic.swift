import Models
import Probability

extension DiscreteZoo {
  static let selfCritic = weighted(
    "self-critic", formula: "(1/S) Σ_k (f_k − f(mode)) s_kd", papers: ["Rennie et al. 2017"],
    repetition: .averaged
  ) { problem, _ in Constant(problem.signals[problem.law.greedyState]) }
}

extension StateLaw {
  // listing: zoo self-critic
  /// The state that is chosen without looking ahead: each bit at its likelier value given the one before
  /// it, or the likeliest class; ties are off, or the lower class.
  var greedyState: Int {
    guard case .bits = kind else {
      return logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
    }
    var bits = logits.map { _ in 0.0 }
    for d in bits.indices { bits[d] = conditionalLogits(at: bits)[d] > 0 ? 1 : 0 }
    return state(bits)
  }
  // end of listing
}
