import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension AveragesDerivation {
  /// What K draws do on average, and the ways to get it wrong.
  static let derivation = Derivation<Parts, MachineProblem>(
    id: "averages", title: "What K draws do on average", example: try .example(),
    draw: { try .randomShallow(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(
    means: { machine, data, samples in
      let found = try machine.expectedReweighted(data, samples: samples)
      return Means(theta: found.wake, phi: found.recognition, bound: found.bound)
    },
    effective: { WeightedDraws($0, logWeight: \.self).effectiveSampleSize })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "always-in-the-limit",
      "∇_θ log p(x) for every K: a mean of ratios taken for a ratio of means",
      \.means,
      from: { right in
        { machine, data, samples in
          var means = try right(machine, data, samples)
          means.theta = try MachineProblem(machine: machine, data: data).onData()
            .average(\.likelihoodGradient)
          return means
        }
      }),
    Mistake(
      "one-draw-too-many", "K + 1 draws, the first of them thrown away after it was weighed",
      \.means,
      from: { right in { machine, data, samples in try right(machine, data, samples + 1) } }),
    Mistake(
      "one-weight-for-all-data", "every kind of pattern counts once", \.means,
      from: { right in
        { machine, data, samples in
          try right(machine, try BitPatterns(uniform: data.patterns), samples)
        }
      }),
    Mistake("counts-the-draws", "K draws say as much as K, whatever their weights", \.effective) {
      Double($0.count)
    },
    Mistake("largest-weight", "1 over the largest share", \.effective) { logWeights in
      exp(logSumExp(logWeights) - (logWeights.max() ?? 0))
    },
  ]
}
