import Approximate
import Exact
import LessonKit
import Models
import Probability

/// ELBO and divergence of six candidates, one upon the other: the top never moves.
@Sendable func stackPicture(_: RunContext) throws -> Picture {
  let joint = FiniteJoint.threeStates
  let posterior = ExactPosterior(of: joint)
  let candidates: [(name: String, q: [Double])] = [
    ("certain of z = 1", [1, 0, 0]), ("the prior (.2, .5, .3)", joint.prior),
    ("flat", [1.0 / 3, 1.0 / 3, 1.0 / 3]), ("(.25, .35, .4)", [0.25, 0.35, 0.4]),
    ("without z = 2", [0.5, 0, 0.5]), ("the posterior", posterior.probabilities ?? []),
  ]
  return Drawing.stack(
    "ELBO(q) and KL(q‖p(z|x)) fill the way to log p(x)",
    parts: [.init("ELBO(q)", .bound), .init("KL(q‖p(z|x))", .q)],
    candidates.map { name, q in
      .init(name, [elbo(of: q, joint).value, exactGap(q, posterior).value])
    },
    total: ("log p(x)", posterior.logEvidence.value), kind: .exact,
    caption: "Whatever q is, both together end at log p(x). Raising one lowers the other.")
}
