import Approximate
import LessonKit
import Models
import Probability

/// One bit, four estimators that look at slopes, and their means.
let temperatureExperiment = Experiment(
  id: "temperature", title: "Which way does the mean step go?",
  prompt:
    "Move the log odds and the temperature. Where does an estimator change its sign, and where is all bias gone?",
  givens: [Given("f(z)", words: "(z − 0.45)²")],
  controls: [
    .init("logit", "θ", from: -2, to: 2, by: 0.25, at: -1),
    .init("temperature", "τ", from: 0.25, to: 3, by: 0.25, at: 0.5),
  ],
  marks: [("fair", ["logit": [0]])]
) { settings in
  let problem = OneBit.at(settings["logit"])
  let warm: [String: ZooValue] = ["temperature": .number(settings["temperature"])]
  let rows: [(String, String, [String: ZooValue])] = [
    ("straight-through", "straight-through", ["derivative": .word("sigmoid")]),
    ("ReinMax at this τ", "reinmax", warm), ("Gumbel-softmax", "gumbel-softmax", warm),
    ("straight-through Gumbel", "straight-through-gumbel", warm),
  ]
  let exact = OneBit.gradient(settings["logit"])
  let means = try rows.map { ($0.0, try Zoo.moments($0.1, on: problem, $0.2).mean[0]) }
  return Experiment.Screen(
    [("∂E_q[f]/∂θ", exact)] + means.map { ($0.0, BiasedEstimate($0.1)) },
    [
      .picture { _ in
        Drawing.bars(
          "The exact slope, and the means of four estimators",
          [("∂E_q[f]/∂θ", exact.value, "")] + means.map { ($0.0, $0.1, "") }, kind: .quadrature)
      }
    ],
    remark:
      "At θ = 0 straight-through looks unbiased: the square is the only function it was shown.")
}
