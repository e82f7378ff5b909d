import GSL
import Kernels
import Models
import Probability

extension StateSpacePosterior {
  /// The same answer as ``init(of:)``, to the last bit, from a kernel that keeps its matrices in one
  /// piece of memory.
  static func byRotations(of sequence: LinearDynamicalSequence) -> StateSpacePosterior {
    guard let smoothed = RotationSmoother(rotationProblem(sequence)) else {
      return StateSpacePosterior(of: sequence)
    }
    let n = sequence.system.stateCount
    let logWeight = StateView(of: sequence.system).logWeight
    let predictions = smoothed.misfits.indices.map { t in
      let diagonal = smoothed.diagonals[t * n..<(t + 1) * n]
      return logWeight - diagonal.reduce(0) { $0 + log($1) } - 0.5 * smoothed.misfits[t]
    }
    return StateSpacePosterior(
      logEvidence: stateSpaceEvidence(predictions, of: sequence.system), stateCount: n,
      means: smoothed.means, covariances: smoothed.covariances)
  }

  /// The system and its outputs as the kernel reads them, in independent doubts and noises.
  static func rotationProblem(_ sequence: LinearDynamicalSequence) -> SmootherProblem {
    var problem = smootherProblem(sequence)
    problem.spread = StateBelief(initialOf: sequence.system).doubts.entries
    problem.noise = StateStep(of: sequence.system).noise.entries
    return problem
  }
}
