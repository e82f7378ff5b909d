import Exact
import LessonKit
import Models
import Probability

/// How many dishes, and how soon many features look like any number of them.
let buffetExperiment = Experiment(
  id: "buffet", title: "Dishes without end",
  prompt:
    "Give the buffet a rate and some customers. How many features does the finite model need to keep up?",
  givens: [Given("λ_h", words: "α (N − m_h)! (m_h − 1)!/N!")],
  controls: [
    .init("rate", "α", from: 0.5, to: 4, by: 0.5, at: 1.5),
    .init("customers", "N", from: 1, to: 20, by: 1, at: 3),
    .init("features", "F", from: 5, to: 200, by: 5, at: 20),
  ]
) { settings in
  let (rate, customers) = (settings["rate"], Int(settings["customers"]))
  let law = try BuffetLaw(rate: rate, customers: customers)
  let finite = try FiniteFeatures(rate: rate, featureCount: Int(settings["features"]))
  let mean = law.meanDishes
  return Experiment.Screen(
    [
      ("α H_N", mean), ("with F features", ExactValue(finite.meanCount(of: customers))),
      ("P(no dish at all)", (-mean).exponential),
      ("dishes of one customer alone, a customer", law.rate(ofTasters: 1)),
    ],
    [
      .picture { _ in
        Drawing.bars(
          "The probability of K dishes",
          (0...10).map { ("K = \($0)", poissonProbability($0, mean: mean.value), "") },
          kind: .exact)
      }
    ], remark: "Each customer takes α dishes on average, the first as the last.")
}
