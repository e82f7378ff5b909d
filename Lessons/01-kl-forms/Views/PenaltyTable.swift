import Exact
import LessonKit
import Models
import Probability

/// The best q for several weights of the divergence.
func penaltyTable(_ context: RunContext) throws -> Table {
  let joint = PenaltyDerivation.Problem.example.joint
  let logEvidence = ExactPosterior(of: joint).logEvidence.value
  let rows = [0.25, 0.5, 1, 2, 4].map { beta -> [Table.Cell] in
    let best = PenaltyDerivation.answer.best(joint, beta)
    let value = PenaltyDerivation.answer.objective(best, joint, beta)
    let verdict =
      value > logEvidence + 1e-9
      ? "above log p(x)" : value < logEvidence - 1e-9 ? "below" : "tight"
    return [
      .given(beta, digits: 3), .exact(kullbackLeibler(of: best, from: joint.prior)),
      .exact(value, digits: 7), .text(verdict),
    ]
  }
  return Table(
    title: "Three states, log p(x) = " + Format.fixed(logEvidence, decimals: 6),
    columns: ["β", "KL(q*‖prior)", "best value", "against log p(x)"], rows: rows,
    note: "By enumeration. Only β = 1 touches log p(x); below one nothing is bounded.")
}
