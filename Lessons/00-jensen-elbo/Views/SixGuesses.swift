import Exact
import Models

/// Six candidates for q, from one that is certain to the posterior.
func sixGuesses(
  at posterior: ExactPosterior, of joint: FiniteJoint
) -> [(name: String, q: [Double])] {
  [
    ("certain of z = 1", [1, 0, 0]), ("the prior (.2, .5, .3)", joint.prior),
    ("flat", [1.0 / 3, 1.0 / 3, 1.0 / 3]), ("(.25, .35, .4)", [0.25, 0.35, 0.4]),
    ("(.5, 0, .5)", [0.5, 0, 0.5]), ("the posterior", posterior.probabilities ?? []),
  ]
}
