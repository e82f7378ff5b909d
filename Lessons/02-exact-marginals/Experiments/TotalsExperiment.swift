import Exact
import LessonKit
import Models
import Probability

/// How many terms are left? The weights of four switches by hand.
let totalsExperiment = Experiment(
  id: "totals", title: "How many terms are left?",
  prompt: "Make the weights equal, then 1, 2, 4, 8: the states stay 16, the terms do not.",
  givens: [
    Given("p", totalsPriors), Given("u", totalsUnit), Given("y", totalsCount),
    Given("w_d", words: "u m_d"),
  ],
  controls: zip(["first", "second", "third", "fourth"], [1.0, 2, 2, 3]).enumerated().map {
    Experiment.Control(
      $0.element.0, "m_\($0.offset + 1)", from: 1, to: 8, by: 1, at: $0.element.1)
  },
  marks: [
    ("equal", ["first": [1], "second": [1], "third": [1], "fourth": [1]]),
    ("doubling", ["first": [1], "second": [2], "third": [4], "fourth": [8]]),
  ]
) { settings in
  let multiples = ["first", "second", "third", "fourth"].map { Int(settings[$0]) }
  let organised = try exactLogEvidence(
    ofCount: totalsCount, prior: totalsPriors, unit: totalsUnit, multiples: multiples)
  let terms = distinctSums(of: multiples.map(Double.init))
  return .init(
    [
      ("terms of the sum over totals", ExactValue(Double(terms))),
      ("log p(y)", organised),
    ],
    remark: terms == 1 << multiples.count
      ? "Every state has a total of its own: nothing can be put together." : "")
}

private let totalsPriors = [0.1, 0.4, 0.5, 0.7]
private let totalsUnit = 0.15
private let totalsCount = 3
