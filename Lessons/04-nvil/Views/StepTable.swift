import Approximate
import Exact
import LessonKit
import Models
import Networks
import Probability

/// The step that trains, run over every outcome of two of them in a row.
func stepTable(_: RunContext) throws -> Table {
  func row(_ name: String, _ settings: NVILSettings) throws -> [Table.Cell] {
    let step = try StepMoments(settings)
    return [
      .text(name), .exact(step.share, digits: 4), .exact(step.variance, digits: 4),
      .exact(step.variance / (step.share * step.share), digits: 4),
      .exact(step.turn.degrees, digits: 2), .exact(step.biasOfLikelihood, digits: 2),
    ]
  }
  return Table(
    title: "The second training step on the document, every outcome of two steps",
    columns: [
      "signal", "share of λ", "var. of λ", "var./share²", "turned by", "bias of θ",
    ],
    rows: [
      try row("ℓ", .plain), try row("ℓ − c(x) − m", .baselinesAlone),
      try row("… / max(1, σ)", NVILSettings()),
    ],
    note: """
      The code that trains was run, over 16 outcomes a row. The share is mean over gradient of λ, \
      the same for both components; the variance is that of both together; the angle, in degrees, \
      is between mean and gradient of θ and λ together; the bias is the largest of nine \
      components, and rounding.
      """)
}

extension NVILSettings {
  /// Both baselines, and nothing divided.
  static var baselinesAlone: NVILSettings {
    var settings = NVILSettings.plain
    (settings.usesInputBaseline, settings.usesRunningMean) = (true, true)
    return settings
  }
}

/// The exact law of the second of two training steps on the document.
struct StepMoments {
  /// The largest bias among the parameters of the likelihood network.
  let biasOfLikelihood: Double
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
    biasOfLikelihood = bias(moments.mean, theta)
    share =
      zip(found, lambda).reduce(0) { $0 + $1.0 * $1.1 } / lambda.reduce(0) { $0 + $1 * $1 }
    turn = Turn(Array(moments.mean.prefix(theta.count)) + found, against: theta + lambda)
    variance = moments.variances.suffix(lambda.count).reduce(0, +)
  }
}
