import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The machine that the lesson opens with: one hidden unit, and data that are its own p(x).
enum Hook {
  /// The machine and its data.
  static func problem() throws -> MachineProblem {
    let machine = try HelmholtzMachine(
      generative: SigmoidBeliefNetwork(
        bias: [-1], layers: [.init(weights: [[3, 2]], bias: [2, -2])]),
      recognition: RecognitionNetwork(
        layers: [.init(weights: [[1], [-3]], bias: [-2])], observedUnits: 2))
    return try MachineProblem(
      machine: machine, data: BitPatterns(uniform: [[true, true]])
    ).dreaming()
  }

  /// E[Δφ] of the sleep step, run over every outcome.
  static func sleep(_ problem: MachineProblem) throws -> [Double] {
    try problem.machine.expectedSleep().map(\.value)
  }

  /// ∇_φ E_D[ELBO].
  static func climb(_ problem: MachineProblem) throws -> [Double] {
    try problem.onData().average(\.exclusiveGradient).map { -$0.value }
  }

  /// E_D[ELBO] after a step of φ.
  static func elbo(_ problem: MachineProblem, along step: [Double], by size: Double) throws
    -> Double
  {
    let moved = MachineProblem(
      machine: try problem.machine.moved(recognition: step, by: size), data: problem.data)
    return try moved.onData().average(\.elbo).value
  }
}

/// The cosine of two directions.
func cosine(_ one: [Double], _ other: [Double]) -> Double {
  let product = zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
  return product / (length(one) * length(other))
}

/// The Euclidean length.
func length(_ list: [Double]) -> Double { list.reduce(0) { $0 + $1 * $1 }.squareRoot() }

/// |a − b|.
func distance(_ one: [Double], _ other: [Double]) -> Double {
  length(zip(one, other).map { $0 - $1 })
}

/// A machine that follows mean updates of both phases, in steps.
struct Followed {
  /// What φ follows.
  enum Rule { case sleep, bound }

  /// KL(D‖p) at every look.
  private(set) var divergences: [Double] = []
  /// E_D[KL(q‖p)] at the end.
  private(set) var gap = 0.0

  /// So many steps of a size from a machine; θ follows wake, φ sleep or the bound.
  init(_ problem: MachineProblem, _ rule: Rule, steps: Int, size: Double, every: Int) throws {
    var problem = problem
    for step in 0...steps {
      let exact = try problem.onData()
      if step % every == 0 { divergences.append(exact.divergenceOfData.value) }
      gap = exact.average(\.exclusive).value
      let phi =
        switch rule {
        case .sleep: try problem.onDreams().average(\.inclusiveGradient)
        case .bound: exact.average(\.exclusiveGradient)
        }
      problem.machine = try problem.machine.moved(
        generative: exact.average(\.elboGradient).map(\.value), recognition: phi.map { -$0.value },
        by: size)
    }
  }
}
