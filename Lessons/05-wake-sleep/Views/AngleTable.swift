import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Both phases against the gradient of the bound, on the machines of the lesson.
@Sendable func angleTable(_: RunContext) throws -> Table {
  func row(_ name: String, _ problem: MachineProblem) throws -> [Table.Cell] {
    let exact = try problem.onData()
    let climb = exact.average(\.exclusiveGradient).map { -$0.value }
    let atData = exact.average(\.inclusiveGradient).map { -$0.value }
    let wake = try problem.machine.expectedWake(problem.data).map(\.value)
    let sleep = try problem.machine.expectedSleep().map(\.value)
    let likelihood = exact.average(\.likelihoodGradient).map(\.value)
    let printed = try exactMeans { try problem.machine.sleepOnSquaredError(&$0) }.map(\.value)
    return [
      .text(name), .exact(cosine(sleep, climb), digits: 4),
      .exact(cosine(atData, climb), digits: 4),
      length(likelihood) < 1e-12 ? .text("–") : .exact(cosine(wake, likelihood), digits: 4),
      .exact(cosine(printed, sleep), digits: 4), .exact(length(printed) / length(sleep), digits: 3),
    ]
  }
  return Table(
    title: "Cosines between mean updates",
    columns: ["machine", "sleep", "at data", "wake", "printed", "its length"],
    rows: [
      try row("the first", try Hook.problem()), try row("two causes", try .example()),
      try row("the same, θ and φ × 3", try MachineProblem.example().scaled(by: 3)),
    ],
    note: """
      “sleep” is against ∇_φ ELBO, and so is “at data”, −∇_φ KL(p‖q) averaged over D in place of \
      dreams. “wake” is against ∇_θ log p(x); where D = p that has no length. “printed” is the \
      sleep rule with f (1 − f) against the right rule, then its length over the right one's.
      """)
}

extension MachineProblem {
  /// The same machine with all weights and biases multiplied.
  func scaled(by factor: Double) throws -> MachineProblem {
    MachineProblem(
      machine: try HelmholtzMachine(
        generative: machine.generative.with(
          parameters: machine.generative.parameters.map { factor * $0 }),
        recognition: machine.recognition.with(
          parameters: machine.recognition.parameters.map { factor * $0 })),
      data: data)
  }
}
