import Approximate
import LessonKit
import Models

extension FrozenDerivation {
  /// The derivation, the library's code, and the ways to get it wrong.
  static let derivation = Derivation<Parts, LineProblem>(
    id: "frozen", title: "Draws that are held fixed", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts { model, code, noises in
    noises.reduce(0) {
      $0 + ImportanceWeightedSample(model, code, noises: [$1]).value / Double(noises.count)
    }
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "adds-the-draws", "a sum over the draws", source: "erratum E-041", \.objective
    ) { model, code, noises in answer.objective(model, code, noises) * Double(noises.count) },
    Mistake(
      "without-the-entropy", "log q(z) is left out: nothing holds the code open", \.objective
    ) { model, code, noises in
      noises.reduce(0) { $0 + model.logJoint(code.latent($1)) / Double(noises.count) }
    },
    Mistake(
      "weighs-together", "log of the mean weight: another bound as soon as there are two draws",
      source: "Pyro #3104, order of log and sum", \.objective
    ) { model, code, noises in ImportanceWeightedSample(model, code, noises: noises).value },
  ]
}
