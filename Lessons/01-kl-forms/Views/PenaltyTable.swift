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
      ? "above" : value < logEvidence - 1e-9 ? "below" : "equal"
    return [.given(beta, digits: 3)] + best.map { .exact($0, digits: 3) } + [
      .exact(kullbackLeibler(of: best, from: joint.prior), digits: 4), .exact(value, digits: 6),
      .text(verdict),
    ]
  }
  return Table(
    title: "The best q for five weights; log p(x) = " + Format.fixed(logEvidence, decimals: 5),
    columns: ["β", "q_β(1)", "q_β(2)", "q_β(3)", "KL(q_β‖p(z))", "β log Z_β", "to log p(x)"],
    rows: rows,
    note: "By enumeration, with q free.")
}
