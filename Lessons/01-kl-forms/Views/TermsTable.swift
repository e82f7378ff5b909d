import GSL
import LessonKit
import Probability

/// KL(q‖p) state by state: what each adds, and what it adds once −q + p is put beside it.
func termsTable(_ context: RunContext) throws -> Table {
  let problem = DivergenceExercise.Problem.example
  let corrected = DivergenceExercise.answer.terms(problem.q, problem.p)
  let terms = zip(problem.q, problem.p).map { $0 * log($0 / $1) }
  let rows = problem.q.indices.map { z -> [Table.Cell] in
    [
      .text("\(z + 1)"), .given(problem.q[z], digits: 3), .given(problem.p[z], digits: 3),
      .exact(log(problem.q[z] / problem.p[z]), digits: 4), .exact(terms[z], digits: 4),
      .exact(corrected[z], digits: 4),
    ]
  }
  let sums: [Table.Cell] = [
    .text("sum"), .given(1), .given(1), .empty, .exact(terms.reduce(0, +), digits: 4),
    .exact(corrected.reduce(0, +), digits: 4),
  ]
  return Table(
    title: "KL(q‖p), term by term",
    columns: ["z", "q(z)", "p(z)", "log(q/p)", "q log(q/p)", "q log(q/p) − q + p"],
    rows: rows + [sums],
    note: "The terms of the fifth column have both signs; those of the last one do not.")
}
