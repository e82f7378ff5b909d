import Approximate
import Exact
import LessonKit
import Models
import Probability

/// EM by half-steps: an E-step moves F, an M-step moves both.
let climbExperiment = Experiment(
  id: "climb", title: "EM, a half-step at a time",
  prompt: "Go up by half-steps and watch which of F and log p(x|θ) moves.",
  givens: [
    Given("x", climbData), Given("π", GaussianMixture.twoComponents.weights),
    Given("mean", GaussianMixture.twoComponents.means),
    Given("var", GaussianMixture.twoComponents.variances),
  ],
  controls: [.init("half", "half-steps", from: 1, to: 16, by: 1, at: 1)]
) { settings in
  let half = Int(settings["half"])
  let sweep = try GaussianMixture.twoComponents.sweeps((half + 1) / 2, over: climbData)
  guard let last = sweep.last else { return .init([]) }
  let isAfterE = half % 2 == 1
  let mixture = isAfterE ? last.before : last.after
  let bound = isAfterE ? last.boundAfterE : last.boundAfterM
  let evidence = exactLogEvidence(of: mixture, climbData)
  return .init(
    [
      ("log p(x|θ)", evidence), ("F(q, θ)", bound),
      ("gap", evidence - ExactValue(bound.value)),
    ],
    [
      .table { _ in
        Table(
          title: "The components", columns: ["k", "π_k", "mean_k", "var_k"],
          rows: mixture.means.indices.map { k in
            [
              .given(k + 1), .exact(mixture.weights[k], digits: 4),
              .exact(mixture.means[k], digits: 4), .exact(mixture.variances[k], digits: 4),
            ]
          })
      }
    ],
    remark: isAfterE
      ? "An E-step has just closed the gap; log p(x|θ) stood still."
      : "An M-step has just raised both, and opened a gap.")
}

/// Four points on the line.
let climbData = [-1, 0.2, 1.7, 2]
