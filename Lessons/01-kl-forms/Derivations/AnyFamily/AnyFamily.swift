import Approximate
import GSL
import LessonKit
import Models
import Probability

extension AnyFamilyDerivation {
  /// Two closed forms and the split of a penalty, and the ways to get them wrong.
  static let derivation = Derivation<Parts, FamilyProblem>(
    id: "any-family", title: "A Gaussian, a Laplace distribution, and an encoder",
    example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(
    normal: { model, mean, variance in model.elbo(mean: mean, variance: variance).value },
    laplace: { model, location, scale in
      // E z = location, Var z = 2 scale², H = 1 + log(2 scale).
      let variance = 2 * scale * scale
      let second = location * location + variance
      let miss = (model.observed - location) * (model.observed - location) + variance
      return -0.5 * (second + miss) - log(2 * Double.pi) + 1 + log(2 * scale)
    },
    encoderPenalty: { problem in
      let aggregate = problem.aggregate
      let information = zip(problem.inputs, problem.encoder).reduce(0) { sum, row in
        sum + row.0 * Probability.kullbackLeibler(of: row.1, from: aggregate)
      }
      return information + Probability.kullbackLeibler(of: aggregate, from: problem.prior)
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "squares-no-deviation", "log v for ½ log v in the entropy", source: "E-002", \.normal,
      from: { right in { model, m, v in right(model, m, v) + 0.5 * log(v / 0.5) } }),
    Mistake(
      "evaluates-at-the-mean", "log p(x | E z) in place of E log p(x | z)",
      source: "pytorch/examples #419", \.normal,
      from: { right in { model, m, v in right(model, m, v) + 0.5 * v } }),
    Mistake(
      "reads-the-scale-as-a-deviation", "Var z = s² for a Laplace distribution, which is 2s²",
      \.laplace,
      from: { right in { model, m, s in right(model, m, s) + s * s } }),
    Mistake(
      "matches-the-aggregate-only", "KL(Q(z)‖p(z)) without the information", source: "E-019",
      \.encoderPenalty
    ) { Probability.kullbackLeibler(of: $0.aggregate, from: $0.prior) },
    Mistake(
      "forgets-the-aggregate", "I_q(x; z) alone: nothing pulls Q(z) towards the prior",
      \.encoderPenalty,
      from: { right in
        { problem in
          right(problem)
            - Probability.kullbackLeibler(of: problem.aggregate, from: problem.prior)
        }
      }),
    Mistake(
      "turns-the-aggregate-round", "KL(p(z)‖Q(z)) beside the information", \.encoderPenalty,
      from: { right in
        { problem in
          right(problem)
            - Probability.kullbackLeibler(of: problem.aggregate, from: problem.prior)
            + Probability.kullbackLeibler(of: problem.prior, from: problem.aggregate)
        }
      }),
    Mistake(
      "forgets-how-often-each-input-comes", "an unweighted mean over the inputs", \.encoderPenalty
    ) { problem in
      problem.encoder.reduce(0) {
        $0 + 0.5 * Probability.kullbackLeibler(of: $1, from: problem.prior)
      }
    },
  ]
}
