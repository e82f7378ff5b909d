import Approximate
import LessonKit
import Models
import Probability

/// The constant c on its parabola.
let constantExperiment = Experiment(
  id: "constant", title: "A constant on its parabola",
  prompt: "Move c until the variance of both components together is least; is that the ELBO?",
  givens: DocumentProblem.example.givens,
  controls: [.init("c", "c", from: -8, to: 2, by: 0.25, at: 0)],
  marks: [("elbo", ["c": [DocumentProblem.example.exactBound.value]])]
) { settings in
  let bound = DocumentProblem.example.elbo
  let now = try variances(settings["c"])
  let best = try PerComponent.optimal(for: bound).baselines
  let places = (0...40).map { -8 + 0.25 * Double($0) }
  let curves = try places.map(variances)
  return Experiment.Screen(
    [
      ("variance for λ₁", ExactValue(now[0])), ("variance for λ₂", ExactValue(now[1])),
      ("both together", ExactValue(now[0] + now[1])),
      ("best c for λ₁", ExactValue(best[0] ?? .nan)),
      ("best c for λ₂", ExactValue(best[1] ?? .nan)),
      ("ELBO", DocumentProblem.example.exactBound),
    ],
    [
      .picture { _ in
        Drawing.curve(
          "The variance of one draw, by the constant c",
          [
            .init("λ₁", places: places, heights: curves.map { $0[0] }),
            .init("λ₂", places: places, heights: curves.map { $0[1] }),
          ], axis: "c", kind: .exact)
      }
    ],
    remark: "Each component has a parabola and a best constant of its own; the ELBO, the mean "
      + "signal, is near both and at neither.")
}

/// The variances of one draw with a constant, a component each.
private func variances(_ c: Double) throws -> [Double] {
  try exactMoments(
    of: ScoreFunction(Constant(c)), DocumentProblem.example.elbo, samples: 1
  ).variances
}
