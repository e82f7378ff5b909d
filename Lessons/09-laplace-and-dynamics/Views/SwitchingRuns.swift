import Approximate
import Exact
import GSL
import Models
import Probability

/// Sweeps on the four steps, from several starts.
struct SwitchingRun: Sendable {
  /// The ELBO before the first sweep is not defined; these are after each.
  let elbos: [Double]
  /// After each half, q(z) first.
  let halves: [(Double, Double)]
  /// q(r_t = 1) at the end.
  let wild: [Double]
  /// The last factors.
  let end: StructuredMeanField.Sweep

  /// Runs sweeps on a problem from where it starts.
  init(_ problem: SwitchProblem, sweeps: Int, takingStatesAsKnown: Bool = false) throws {
    let run = try SwitchingExercise.ascent(problem).sweeps(
      sweeps, from: SwitchingExercise.start(problem), takingStatesAsKnown: takingStatesAsKnown)
    elbos = run.map(\.afterSwitches.value)
    halves = run.map { ($0.afterTrajectories.value, $0.afterSwitches.value) }
    end = run[run.count - 1]
    wild = end.switches.marginals.map { $0[1] }
  }
}

/// Where an ascent on the four steps may start.
enum SwitchingStart: CaseIterable {
  /// One half for every state.
  case uniform
  /// The exact marginals p(r_t = k|y).
  case exact
  /// Wild with nine tenths.
  case wild

  /// Its name.
  var name: String {
    switch self {
    case .uniform: "uniform"
    case .exact: "exact marginals"
    case .wild: "mostly wild"
    }
  }

  /// The four steps from there.
  var problem: SwitchProblem {
    get throws {
      let problem = try SwitchProblem.fourSteps()
      switch self {
      case .uniform: return problem
      case .exact:
        return problem.starting(at: SwitchingPosterior(of: problem.sequence).stateMarginals)
      case .wild: return problem.starting(at: problem.start.map { _ in [0.1, 0.9] })
      }
    }
  }

  /// A run from there.
  func run(_ sweeps: Int, takingStatesAsKnown: Bool = false) throws -> SwitchingRun {
    try SwitchingRun(try problem, sweeps: sweeps, takingStatesAsKnown: takingStatesAsKnown)
  }
}

/// log p(y) of the four steps.
func fourStepsEvidence() throws -> ExactValue {
  SwitchingPosterior(of: try SwitchProblem.fourSteps().sequence).logEvidence
}
