import Approximate
import Exact
import LessonKit
import Models
import Networks
import Probability

/// The step that trains, run over every outcome of two of them in a row.
func stepTable(_: RunContext) throws -> Table {
  var baselines = NVILSettings.plain
  (baselines.usesInputBaseline, baselines.usesRunningMean) = (true, true)
  func row(_ name: String, _ settings: NVILSettings) throws -> [Table.Cell] {
    let step = try StepMoments(settings)
    return [
      .text(name), .given(step.outcomes), .exact(step.biasOfLikelihood, digits: 2),
      .exact(step.biasOfLogOdds, digits: 2), .exact(step.share, digits: 4),
      .exact(step.turn.degrees, digits: 2), .exact(step.variance, digits: 4),
    ]
  }
  return Table(
    title: "The training step on the document, every outcome of two steps",
    columns: [
      "settings", "outcomes", "bias of θ", "bias of λ", "share of λ", "turned by", "var. of λ",
    ],
    rows: [
      try row("plain", .plain), try row("both baselines", baselines),
      try row("and over max(1, σ)", NVILSettings()),
    ],
    note: """
      The code that trains was run. A bias is the largest of all components; the share is mean \
      over gradient of λ; the angle, in degrees, is between mean and gradient of θ and λ together. \
      In the last row λ is multiplied by its share and θ by 1: λ alone keeps its direction, \
      the step of both networks does not.
      """)
}

/// The exact law of the second of two training steps on the document.
struct StepMoments {
  /// The number of outcomes of both steps.
  let outcomes: Int
  /// The largest bias among the parameters of the likelihood network.
  let biasOfLikelihood: Double
  /// The largest bias among the log odds.
  let biasOfLogOdds: Double
  /// Mean over gradient of λ.
  let share: Double
  /// Mean against gradient, θ and λ together.
  let turn: Turn
  /// The variance of λ, all components together.
  let variance: Double

  /// Runs the training step with these settings.
  init(_ settings: NVILSettings) throws {
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
    // θ comes first in the list of parameters; the shift of the log odds comes last.
    let (theta, lambda) = (problem.exactModelGradient(), problem.exactGradient)
    let found = Array(moments.mean.suffix(lambda.count))
    func bias(_ mean: some Sequence<Double>, _ exact: [Double]) -> Double {
      zip(mean, exact).map { abs($0 - $1) }.max() ?? 0
    }
    outcomes = moments.outcomes
    biasOfLikelihood = bias(moments.mean, theta)
    biasOfLogOdds = bias(found, lambda)
    share =
      zip(found, lambda).reduce(0) { $0 + $1.0 * $1.1 } / lambda.reduce(0) { $0 + $1 * $1 }
    turn = Turn(Array(moments.mean.prefix(theta.count)) + found, against: theta + lambda)
    variance = moments.variances.suffix(lambda.count).reduce(0, +)
  }
}
