import Approximate
import Exact
import LessonKit
import Models
import Probability

/// ELBO and divergence of six candidates, one upon the other: the top never moves.
@Sendable func stackPicture(_: RunContext) throws -> Picture {
  let joint = FiniteJoint.threeStates
  let posterior = ExactPosterior(of: joint)
  return Drawing.stack(
    "ELBO(q) and KL(q‖p(z|x)) fill the way to log p(x)",
    parts: [.init("ELBO(q)", .bound), .init("KL(q‖p(z|x))", .q)],
    sixGuesses(at: posterior, of: joint).map { name, q in
      .init(name, [elbo(of: q, joint).value, exactGap(q, posterior).value])
    },
    total: ("log p(x)", posterior.logEvidence.value), kind: .exact,
    caption: "Whatever q is, both together end at log p(x). Raising one lowers the other.")
}
