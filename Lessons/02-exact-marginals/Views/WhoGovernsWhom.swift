import Exact
import LessonKit
import Probability
import Models

/// p(head → word) for any number of roots and for one.
func whoGovernsWhom(_ context: RunContext) throws -> Picture {
  let model = SpanningTreeModel.threeWords
  func panel(_ title: String, _ model: SpanningTreeModel) -> Drawing.Panel {
    let marginals = SpanningTreePosterior(of: model).edgeMarginals ?? []
    return Drawing.Panel(
      title, rows: ["root", "word 1", "word 2", "word 3"],
      columns: ["word 1", "word 2", "word 3"], values: marginals.map { Array($0.dropFirst()) })
  }
  return Drawing.grid(
    "who governs whom: p(head → word)",
    [
      panel("any number of roots", model),
      panel("a single root", model.withSingleRoot(true)),
    ],
    kind: .exact, caption: "Every column sums to one. On the right the first row does too.")
}
