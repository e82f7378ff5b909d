import Exact
import GSL
import LessonKit
import Probability

extension ComponentsDerivation {
  /// The derivation, the plane and its bound, and the ways to get them wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "components", title: "Three numbers seen through a plane", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Nothing has to be sampled or climbed here: bound, best decoder and best autoencoder have \
      closed forms, made of the variances of the data along their main directions.
      """)

  static let answer = Parts(
    fit: { problem in
      try ProbabilisticComponents(fitting: problem.moments, latentCount: 2, noise: problem.v)
        .weights
    },
    bound: { problem, x, code in
      let decoded = problem.weights.map { $0[0] * code.mean[0] + $0[1] * code.mean[1] }
      let square = zip(x, decoded).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let fit =
        -0.5 * (3 * log(2 * Double.pi * problem.v) + (square + spread(problem, code)) / problem.v)
      return fit - (try code.kullbackLeibler(from: prior()))
    },
    copier: { problem in
      let system = try LinearAlgebra.symmetricEigen(order: 3, problem.moments.flatMap { $0 })
      func entry(_ i: Int, _ k: Int) -> Double { system.vectors[3 * i + k] }
      // Σ_k d_k d_kᵀ over the two largest.
      return (0..<3).map { i -> [Double] in
        (0..<3).map { j in entry(i, 1) * entry(j, 1) + entry(i, 2) * entry(j, 2) }
      }
    },
    plane: { weights, x in
      let top = -0.5 * log(2 * Double.pi * 0.7)
      return LatentPlaneEvidence(highest: top) { one, two in
        let left = x - sin(weights[0] * one + weights[1] * two)
        return top - 0.5 * left * left / 0.7
      }.logEvidence
    })

  /// tr(W Cov_q Wᵀ).
  private static func spread(_ problem: Problem, _ code: Gaussian) -> Double {
    let s = code.covariance
    return problem.weights.reduce(0) { sum, row in
      sum + row[0] * row[0] * s[0] + 2 * row[0] * row[1] * s[1] + row[1] * row[1] * s[3]
    }
  }

  private static func prior() throws -> Gaussian {
    try Gaussian(mean: [0, 0], covariance: [1, 0, 0, 1])
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "keeps-the-variance", "W = (d_1 √κ_1, d_2 √κ_2): the noise is counted twice",
      source: "principal components used as a decoder", \.fit
    ) { problem in
      try ProbabilisticComponents(fitting: problem.moments, latentCount: 2, noise: 1e-300).weights
    },
    Mistake("decodes-the-code", "the error of the decoded mean, without its spread", \.bound) {
      problem, x, code in
      try answer.bound(problem, x, code) + 0.5 * spread(problem, code) / problem.v
    },
    Mistake("copies-all", "an autoencoder with three latents, which loses nothing", \.copier) { _ in
      [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    },
    Mistake("one-latent-alone", "decodes z_1 and leaves z_2 out", \.plane) { weights, x in
      try answer.plane([weights[0], 0], x)
    },
  ]
}
