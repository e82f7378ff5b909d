import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// The step that trains, run over every outcome of two of them in a row.
func stepTable(_: RunContext) throws -> Table {
  var baselines = NVILSettings.plain
  (baselines.usesInputBaseline, baselines.usesRunningMean) = (true, true)
  return Table(
    title: "The training step on a document of four words, every outcome of two steps",
    columns: ["settings", "outcomes", "bias of θ", "bias of λ", "share of λ", "variance of λ"],
    rows: [
      try row("plain", .plain), try row("both baselines", baselines),
      try row("and over max(1, σ)", NVILSettings()),
    ],
    note: """
      The code that trains was run. The bias is the largest of all components, the \
      share is mean over gradient: 1 where the step is unbiased. The last row is a shorter step \
      in the same direction.
      """)
}

private func row(_ name: String, _ settings: NVILSettings) throws -> [Table.Cell] {
  let example = NetworksAndStepsProblem.example
  let (networks, words) = (example.networks, example.words)
  let document = Document(words, vocabulary: example.vocabulary)
  let training = NVILTraining(networks, corpus: [document], settings: settings)
  let moments = try exactMoments { choices in
    var training = training
    _ = try training.gradientEstimate(&choices)
    return try training.gradientEstimate(&choices)
  }
  let problem = DocumentProblem(
    observed: try networks.model().observing(words),
    logits: networks.inference.logits(words).array)
  // θ comes first in the list of parameters, the shift of the log odds comes last.
  let (theta, lambda) = (problem.exactModelGradient(), problem.exactGradient)
  let found = Array(moments.mean.suffix(lambda.count))
  let share =
    zip(found, lambda).reduce(0) { $0 + $1.0 * $1.1 } / lambda.reduce(0) { $0 + $1 * $1 }
  func bias(_ mean: some Sequence<Double>, _ exact: [Double]) -> Table.Cell {
    .exact(zip(mean, exact).map { abs($0 - $1) }.max() ?? 0, digits: 2)
  }
  return [
    .text(name), .given(moments.outcomes), bias(moments.mean, theta), bias(found, lambda),
    .exact(share, digits: 4),
    .exact(moments.variances.suffix(lambda.count).reduce(0, +), digits: 4),
  ]
}
