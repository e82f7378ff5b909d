import GSL
import LessonKit
import Probability

/// The rate of one Poisson distribution for two experts, under both divergences.
let directionsExperiment = Experiment(
  id: "directions", title: "One Poisson distribution, two directions",
  prompt: "Move λ and watch both divergences: each has a λ of its own at which it is smallest.",
  givens: [Given("p(y)", words: "0.6 Poisson(y | 2) + 0.4 Poisson(y | 9)")],
  controls: [.init("rate", "λ", from: 0.5, to: 14, by: 0.05, at: 6)],
  marks: [
    ("inclusive", ["rate": [Experts.twoAndNine.mean]]),
    ("exclusive", ["rate": [2.65]]),
  ]
) { settings in
  let experts = Experts.twoAndNine
  let rate = settings["rate"]
  let exclusive = try experts.divergence(ofPoissonOfRate: rate)
  let inclusive = try experts.divergence(fromPoissonOfRate: rate)
  let settled = try settledRate.get()
  return .init(
    [("KL(q‖p)", exclusive), ("KL(p‖q)", inclusive)],
    [
      .picture { _ in
        let counts = 0...18
        return Drawing.curve(
          "p and q = Poisson(λ)",
          [
            Drawing.Series("p(y)", try counts.map { try experts.exactProbability($0).value }),
            Drawing.Series(
              "q(y)",
              try counts.map {
                try PoissonLaw(rate: rate).exactLogProbability($0).exponential.value
              }),
          ], axis: "y", rows: 9, kind: .exact)
      }
    ],
    remark: abs(rate - experts.mean) < 0.03
      ? "Here KL(p‖q) is smallest: λ is the mean of p."
      : abs(rate - settled) < 0.03
        ? "Here KL(q‖p) is smallest: q covers the larger hump and leaves the other." : "")
}

/// Where KL(q‖p) is smallest: the same wherever λ is, so it is sought once.
private let settledRate = Result { try Experts.twoAndNine.bestExclusiveRate() }
