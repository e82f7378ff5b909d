import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Six candidates for q, from one that is certain to the posterior.
func sixGuesses(
  at posterior: ExactPosterior, of joint: FiniteJoint
) -> [(name: String, q: [Double])] {
  [
    ("certain of z = 1", [1, 0, 0]), ("the prior (.2, .5, .3)", joint.prior),
    ("flat", [1.0 / 3, 1.0 / 3, 1.0 / 3]), ("(.25, .35, .4)", [0.25, 0.35, 0.4]),
    ("without z = 2", [0.5, 0, 0.5]), ("the posterior", posterior.probabilities ?? []),
  ]
}

/// Candidates for q on three states: the sum of the last two columns never changes.
@Sendable func candidatesTable(_: RunContext) throws -> Table {
  let joint = FiniteJoint.threeStates
  let posterior = ExactPosterior(of: joint)
  let rows: [[Table.Cell]] = sixGuesses(at: posterior, of: joint).map { name, q in
    let bound = elbo(of: q, joint)
    let gap = exactGap(q, posterior)
    return [.text(name), .number(bound), .number(gap), .exact(bound.value + gap.value, digits: 9)]
  }
  return Table(
    title: "Six guesses at the posterior of three states",
    columns: ["q", "ELBO(q)", "KL(q‖p(z|x))", "their sum"], rows: rows,
    note: "The sum is log p(x) = log 0.31; q moves what is seen of it, not itself.")
}
