import Exact
import LessonKit
import Models
import Networks
import Probability

/// What a rank costs when its part of D is mostly noise.
let noiseExperiment = Experiment(
  id: "noise", title: "When one dimension more begins to harm",
  prompt:
    "Let A, B and C become noisy. D is as it is. From which σ on does rank two predict worse than rank one, and rank one worse than nothing?",
  givens: [Given("θ", MatrixProblem.example.theta)],
  controls: [
    .init("noise", "σ", from: 0, to: 2, by: 0.05, at: 0.4),
    .init("small", "how much of the small dimension is there", from: 0.2, to: 1.4, by: 0.1, at: 1),
  ],
  marks: [("no noise", ["noise": [0]])]
) { settings in
  let parts = MatrixProblem.example.parts
  let size = settings["small"]
  let problem = MatrixProblem(
    parts: [parts[0], (parts[1].left.map { size * $0 }, parts[1].right)],
    noise: settings["noise"])
  let blocks = try problem.blocks(problem.theta)
  let law = BlockErrorLaw(means: blocks, noise: problem.noise)
  let inverses = try SingularParts(of: blocks.d)
  let errors = (0...2).map { law.meanSquare(of: inverses.inverse(rank: $0)) }
  return Experiment.Screen(
    (0...2).map { ("E[(A − Â)²], rank \($0)", ExactValue(errors[$0])) }
      + [("s_2 of D", ExactValue(inverses.values[1]))],
    [
      .picture { _ in
        Drawing.bars(
          "The mean squared error of the held-out entry",
          errors.enumerated().map { ("rank \($0.offset)", $0.element, "") },
          inks: [.neutral, .q, .p], kind: .exact)
      }
    ],
    remark:
      "Without noise rank two is perfect. With noise it divides by s_2, and pays with σ⁴/s_2² at least."
  )
}
