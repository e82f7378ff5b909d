import Approximate
import Exact
import LessonKit
import Models
import Probability

/// How far the mean step by θ of reweighted wake-sleep is from the likelihood's gradient.
@Sendable func biasBars(_: RunContext) throws -> Picture {
  var bars: [(label: String, value: Double, note: String)] = []
  for (name, problem) in [
    ("two causes", try MachineProblem.example()), ("steep", try MachineProblem.steepCauses()),
  ] {
    for (k, bias) in try reweightedBiases(problem).enumerated() {
      bars.append((label: "\(name), K = \(k + 1)", value: bias, note: ""))
    }
  }
  return Drawing.bars(
    "Length of the bias of Δθ, by the number of draws K", bars, kind: .exact,
    caption: """
      Every set of draws was run. More draws make the bound tighter each time; the bias of the step \
      need not fall on the way.
      """)
}

/// |E[Δθ] − ∇E_D[log p(x)]| for K = 1, 2, 3.
func reweightedBiases(_ problem: MachineProblem) throws -> [Double] {
  let likelihood = try problem.onData().average(\.likelihoodGradient).map(\.value)
  return try (1...3).map { samples in
    distance(
      try problem.machine.expectedReweighted(problem.data, samples: samples).wake.map(\.value),
      likelihood)
  }
}

extension MachineProblem {
  /// Two causes with large weights: two draws have more bias than one.
  static func steepCauses() throws -> MachineProblem {
    MachineProblem(
      machine: try HelmholtzMachine(
        generative: SigmoidBeliefNetwork(
          bias: [1, -1], layers: [.init(weights: [[3, -2], [1, -4]], bias: [-3, 4])]),
        recognition: RecognitionNetwork(
          layers: [.init(weights: [[0, -3], [2, 4]], bias: [2, -2])], observedUnits: 2)),
      data: try BitPatterns(
        [[true, true], [true, false], [false, false]], probabilities: [0.5, 0.3, 0.2]))
  }
}
