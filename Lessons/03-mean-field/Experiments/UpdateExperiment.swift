import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The sprinkler's factors, updated in an order of one's own.
let updatesExperiment = Experiment(
  id: "updates",
  title: "Which factor next?",
  prompt: """
    All factors start uniform. Choose which one is updated first, second and so on. The bound \
    never falls; where it ends depends on the order as long as ε is small.
    """,
  givens: Sprinkler.givens,
  controls: [
    .init("epsilon", "ε", from: 0, to: 0.05, by: 0.001, at: 0),
    turn("first", 2), turn("second", 1), turn("third", 0), turn("fourth", 0), turn("fifth", 0),
    turn("sixth", 0),
    .init("then", "and then", of: ["stop", "sweep to the end"]),
  ],
  marks: [
    ("rain", ["first": [3], "second": [2], "third": [1], "then": [1]]),
    ("sprinkler", ["first": [2], "second": [3], "third": [1], "then": [1]]),
    ("soft", ["epsilon": [0.02], "first": [2], "second": [3], "third": [1], "then": [1]]),
  ]
) { settings in
  let sprinkler = try Sprinkler(wetForNoReason: settings["epsilon"])
  let (field, rows) = climb(sprinkler, settings)
  let bound = field.elbo(sprinkler.table)
  let evidence = sprinkler.exact.logEvidence
  let rain = field.factors[2][1]
  return Experiment.Screen(
    [
      ("log p(W=1)", evidence), ("ELBO", bound),
      ("gap", ExactValue(evidence.value - bound.value)),
      ("q(S=1)", BiasedEstimate(field.factors[1][1])), ("q(R=1)", BiasedEstimate(rain)),
      ("P(R=1|W=1)", ExactValue(sprinkler.exactMarginals[1])),
    ],
    [
      .table { _ in
        Table(
          title: "Update by update",
          columns: ["updated", "q(C=1)", "q(S=1)", "q(R=1)", "ELBO"], rows: rows)
      }
    ],
    remark: bound.value == -.infinity
      ? "No sprinkler and no rain are both possible under q, and together they are impossible."
      : "")
}

private let names = ["nothing", "cloudy", "sprinkler", "rain"]

/// One turn of several: which factor is updated.
private func turn(_ name: String, _ start: Int) -> Experiment.Control {
  .init(name, name, of: names, at: start)
}

/// The factors after the chosen updates, and a row of the table for each.
private func climb(
  _ sprinkler: Sprinkler, _ settings: Experiment.Settings
) -> (field: MeanField, rows: [[Table.Cell]]) {
  var field = MeanField(uniformOver: sprinkler.table)
  func row(_ name: String) -> [Table.Cell] {
    [.text(name)] + field.factors.map { .figure($0[1], .biased, digits: 4) }
      + [.number(field.elbo(sprinkler.table), digits: 5)]
  }
  var rows = [row("start")]
  for turn in ["first", "second", "third", "fourth", "fifth", "sixth"] {
    let choice = settings.choice(turn)
    guard choice > 0 else { continue }
    _ = field.update(choice - 1, sprinkler.table)
    rows.append(row(names[choice]))
  }
  if settings.choice("then") == 1 {
    _ = field.ascend(sprinkler.table)
    rows.append(row("sweeps to the end"))
  }
  return (field, rows)
}
