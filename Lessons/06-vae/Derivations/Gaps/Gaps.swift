import GSL
import LessonKit
import Models

extension GapsDerivation {
  /// The derivation, the best code, the bound, and the ways to get them wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "gaps", title: "Two losses of a code", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(
    best: { problem in
      let total = problem.a[0] * problem.a[0] + problem.a[1] * problem.a[1] + problem.v
      return problem.a.map { weight in
        GaussianCode(
          mean: weight * problem.x / total, logSd: -0.5 * log(1 + weight * weight / problem.v))
      }
    },
    bound: { problem, codes in
      let decoded = zip(problem.a, codes).reduce(0) { $0 + $1.0 * $1.1.mean }
      let spread = zip(problem.a, codes).reduce(0) {
        $0 + ($1.0 * $1.1.deviation) * ($1.0 * $1.1.deviation)
      }
      let square = (problem.x - decoded) * (problem.x - decoded) + spread
      let fit = -0.5 * (log(2 * Double.pi * problem.v) + square / problem.v)
      return fit - codes.reduce(0) { $0 + $1.divergenceFromPrior }
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "marginal-variances", "the variances of p(z|x), not the inverse of its precisions", \.best
    ) { problem in
      let total = problem.a[0] * problem.a[0] + problem.a[1] * problem.a[1] + problem.v
      return problem.a.map { weight in
        GaussianCode(
          mean: weight * problem.x / total, logSd: 0.5 * log(1 - weight * weight / total))
      }
    },
    Mistake("each-alone", "each latent as if it were the only one", \.best) { problem in
      problem.a.map { weight in
        let precision = 1 + weight * weight / problem.v
        return GaussianCode(
          mean: weight * problem.x / (problem.v * precision), logSd: -0.5 * log(precision))
      }
    },
    Mistake(
      "averages-the-latents", "the divergence averaged over latents",
      source: "mkusner/grammarVAE #2", \.bound
    ) { problem, codes in
      answer.bound(problem, codes) + 0.5 * codes.reduce(0) { $0 + $1.divergenceFromPrior }
    },
    Mistake("decodes-the-means", "the error of the means, without their spread", \.bound) {
      problem, codes in
      let spread = zip(problem.a, codes).reduce(0) {
        $0 + ($1.0 * $1.1.deviation) * ($1.0 * $1.1.deviation)
      }
      return answer.bound(problem, codes) + 0.5 * spread / problem.v
    },
  ]
}
