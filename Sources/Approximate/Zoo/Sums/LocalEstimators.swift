import Models
import Probability

extension DiscreteZoo {
  static let localExpectation = DiscreteEstimator(
    "local-expectation", formula: "E[f s_d | all bits but d]",
    papers: ["Titsias, Lázaro-Gredilla 2015"], scope: .bits, repetition: .averaged, bias: .none
  ) { _, _ in Steps(LocalExpectation(), samples: 1) }

  static let localSignals = DiscreteEstimator(
    "local-signals", formula: "s_d Σ of the costs that bit d can move",
    papers: ["Ranganath, Gerrish, Blei 2014", "Schulman, Heess, Weber, Abbeel 2015"],
    scope: .bits, repetition: .averaged, bias: .none
  ) { _, _ in Steps(LocalSignals(), samples: 1) }
}
