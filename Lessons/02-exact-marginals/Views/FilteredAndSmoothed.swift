import Exact
import LessonKit
import Probability
import Models

/// p(z_t = k | x), and what the filter would have said on the way.
func filteredAndSmoothed(_ context: RunContext) throws -> Picture {
  let sequence = HiddenMarkovSequence.threeStates
  let names = sequence.model.initial.indices.map { "z = \($0)" }
  let steps = sequence.observations.enumerated().map { "t\($0.offset + 1):x=\($0.element)" }
  func panel(_ title: String, _ laws: [[Double]]) -> Drawing.Panel {
    let values = names.indices.map { k in laws.map { $0[k] } }
    return Drawing.Panel(title, rows: names, columns: steps, values: values)
  }
  let smoothed = HiddenMarkovPosterior(of: sequence).stateMarginals ?? []
  return Drawing.grid(
    "the states of a chain, before and after the rest of the sequence is seen",
    [
      panel("filtered: p(z_t | x_1…x_t)", filteredStates(sequence)),
      panel("smoothed: p(z_t | x)", smoothed),
    ],
    kind: .exact,
    caption:
      "The last columns agree: at the end there is no rest.")
}
