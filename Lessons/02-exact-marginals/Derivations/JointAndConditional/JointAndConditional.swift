import Exact
import GSL
import LessonKit
import Models
import Probability

extension JointAndConditionalDerivation {
  /// What tables give, and the ways to read them wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "joint-and-conditional", title: "What a marginal does not tell", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(
    marginal: { joint in joint.map { $0.reduce(0, +) } },
    conditional: { joint in
      joint.map { row in ExactPosterior(logJoints: row.map { log($0) }).probabilities ?? [] }
    },
    mix: { weights, tables in
      let mixture = try CategoricalMixture(weights: weights, probabilities: tables)
      return (0..<mixture.symbolCount).map { exp(exactLogEvidence(of: mixture, [$0]).value) }
    },
    bothOn: { weights, bits in
      let mixture = try BernoulliMixture(weights: weights, probabilities: bits)
      return exp(exactLogEvidence(of: mixture, [[1, 1]]).value)
    },
    sequence: { table, words in words.reduce(1) { $0 * table[$1] } },
    predict: { weights, rows in
      (rows.first ?? []).indices.map { y in
        zip(weights, rows).reduce(0) { $0 + $1.0 * $1.1[y] }
      }
    },
    classify: { prior, rows, word in
      let classes = try CategoricalMixture(weights: prior, probabilities: rows)
      return exactResponsibilities(of: classes, word) ?? []
    },
    semiSupervised: { prior, rows, labelled, unlabelled in
      let classes = try CategoricalMixture(weights: prior, probabilities: rows)
      return log(prior[labelled.label]) + classes.logLikelihood(labelled.label, labelled.word)
        + exactLogEvidence(of: classes, [unlabelled]).value
    })
}
