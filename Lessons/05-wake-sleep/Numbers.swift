import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "hand": { _ in ExactValue(try divergenceAfterHandMade(rounds: 0)) },
  "hand-after": { _ in ExactValue(try divergenceAfterHandMade(rounds: ShortRun.rounds)) },
  "cosine": { _ in
    let problem = try Hook.problem()
    return ExactValue(cosine(try Hook.sleep(problem), try Hook.climb(problem)))
  },
  "elbo": { _ in try Hook.problem().onData().average(\.elbo) },
  "loss-of-one": { _ in try lostBy(1) },
  "gain-of-one": { _ in
    let problem = try Hook.problem()
    let (sleep, climb) = (try Hook.sleep(problem), try Hook.climb(problem))
    let size = length(sleep) / length(climb)
    return ExactValue(
      try Hook.elbo(problem, along: climb, by: size) - Hook.elbo(problem, along: climb, by: 0))
  },
  "dreams-before": { _ in try dreamtDivergence(after: 0) },
  "dreams-one": { _ in try dreamtDivergence(after: 1) },
  "dreams-five": { _ in try dreamtDivergence(after: 5) },
  "one-cosine": { _ in
    let exact = try MachineProblem.example().onePattern().onData()
    return ExactValue(
      cosine(
        exact.average(\.elboGradient).map(\.value), exact.average(\.likelihoodGradient).map(\.value)
      ))
  },
  "one-bias": { _ in ExactValue(try reweightedBiases(.example().onePattern())[1]) },
  "wake-cosine": { _ in
    let exact = try MachineProblem.example().onData()
    return ExactValue(
      cosine(
        exact.average(\.elboGradient).map(\.value), exact.average(\.likelihoodGradient).map(\.value)
      )
    )
  },
  "wake-of-the-perfect": { _ in
    let exact = try MachineProblem.explainingAway().onData()
    return ExactValue(length(exact.average(\.elboGradient).map(\.value)))
  },
  "gap-of-the-perfect": { _ in try MachineProblem.explainingAway().onData().average(\.exclusive) },
  "peak-of-sleep": { _ in
    let followed = try Followed(
      .explainingAway(), .sleep, steps: 400, size: Departure.size, every: 4)
    return ExactValue(1e4 * (followed.divergences.max() ?? 0))
  },
  "peak-of-bound": { _ in
    let followed = try Followed(
      .explainingAway(), .bound, steps: 400, size: Departure.size, every: 4)
    return ExactValue(1e4 * (followed.divergences.max() ?? 0))
  },
  "means-value": { _ in
    let machine = try HelmholtzMachine.ofMeans()
    return ExactValue(machine.meanFieldObjective([true]))
  },
  "means-evidence": { _ in
    try ExactRecognition(of: .ofMeans(), [true]).logEvidence
  },
  "bias-of-one": { _ in ExactValue(try reweightedBiases(.steepCauses())[0]) },
  "bias-of-two": { _ in ExactValue(try reweightedBiases(.steepCauses())[1]) },
  "mild-bias-of-one": { _ in ExactValue(try reweightedBiases(.example())[0]) },
  "mild-bias-of-three": { _ in ExactValue(try reweightedBiases(.example())[2]) },
  "independent": { _ in ExactValue(try PatternSource.bars().independentDivergence) },
]

/// What the average ELBO of the first machine loses by a sleep step.
private func lostBy(_ size: Double) throws -> ExactValue {
  let problem = try Hook.problem()
  let sleep = try Hook.sleep(problem)
  return ExactValue(
    try Hook.elbo(problem, along: sleep, by: 0) - Hook.elbo(problem, along: sleep, by: size))
}

/// KL(p(z|x)‖q) averaged over dreams, after a mean sleep step.
private func dreamtDivergence(after size: Double) throws -> ExactValue {
  let problem = try Hook.problem()
  let moved = MachineProblem(
    machine: try problem.machine.moved(recognition: try Hook.sleep(problem), by: size),
    data: problem.data)
  return try moved.onDreams().average(\.inclusive)
}

extension MachineProblem {
  /// The same with one pattern, the one that single steps look at.
  fileprivate func onePattern() throws -> MachineProblem {
    MachineProblem(machine: machine, data: try BitPatterns(uniform: [pattern]))
  }
}

extension HelmholtzMachine {
  /// Erratum E-042: a fair unit with W = 6, c = −2, recognised as fair.
  fileprivate static func ofMeans() throws -> HelmholtzMachine {
    try HelmholtzMachine(
      generative: SigmoidBeliefNetwork(bias: [0], layers: [.init(weights: [[6]], bias: [-2])]),
      recognition: RecognitionNetwork(layers: [.init(weights: [[0]], bias: [0])], observedUnits: 1))
  }
}
