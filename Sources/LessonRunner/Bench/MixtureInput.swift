import Interchange
import JSONText
import Models
import Probability

/// What `vb-gmm-n5000-k10.json` holds: a Bayesian mixture, its data, and how many iterations are timed.
struct MixtureInput {
  let mixture: BayesianMixture
  let observations: [[Double]]
  let iterations: Int
  /// Random responsibilities to start from.
  let responsibilities: [[Double]]

  /// Why data cannot be fitted by the kernel.
  static let tooManyDimensions = ModelError(
    "observations", "expected points of at most eight coordinates")

  /// Reads the file, or refuses it with the place and the reason.
  init(_ file: JSONPlace) throws {
    let spec = try BayesianMixtureSpec(try file.member("spec"), limit: 1 << 20)
    (mixture, observations) = (spec.mixture, spec.observations)
    iterations = try file.member("iterations").integer(in: 1...(1 << 20))
    var sampler = try Sampler(seed: 1)
    let components = spec.mixture.componentCount
    responsibilities = spec.observations.map { _ in
      let row = (0..<components).map { _ in sampler.uniform() }
      let total = row.reduce(0, +)
      return row.map { $0 / total }
    }
  }
}
