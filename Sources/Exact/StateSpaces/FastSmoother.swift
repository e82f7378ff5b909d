import GSL
import Kernels
public import Models
import Probability

// The same posterior as StateSpacePosterior.swift, with covariances instead of their roots: about
// a tenth of the arithmetic, and half of the digits where variances differ widely.

extension StateSpacePosterior {
  /// How many digits the fast route may lose: 18 binary ones of 52.
  ///
  /// What is left is 2⁻³⁴ = 6·10⁻¹¹ of a number's terms; whether that holds what an oracle promises is
  /// measured besides, by ``worstError(_:covarianceError:factorsStates:variances:)``.
  static let allowedLoss = 0x1p18

  /// The same answer as `init(of:)`, fast where covariances are as good as their square roots.
  ///
  /// A kernel filters and smooths with covariances, and measures how many digits its differences
  /// lose. Where it is more than a few, or the kernel leaves the range of doubles, or there are
  /// more states than it knows of, the messages in square-root form answer.
  public static func fast(of sequence: LinearDynamicalSequence) -> StateSpacePosterior {
    guard sequence.isComplete else { return StateSpacePosterior(of: sequence) }
    guard let smoothed = StateSmoother(smootherProblem(sequence)),
      smoothed.loss <= allowedLoss
    else { return byRotations(of: sequence) }
    return StateSpacePosterior(smoothed, of: sequence)
  }

  /// What the kernel has found, in the units of the outputs.
  init(_ smoothed: StateSmoother, of sequence: LinearDynamicalSequence) {
    let system = sequence.system
    let outputs = Double(sequence.length * system.outputCount)
    let logNoise = CovarianceFactor(of: system.emissionNoise).logDeterminant
    // log N(y_t; prediction) in coordinates in which the noise is N(0, 1), and back.
    let scales = smoothed.logScales + outputs * log(2 * Double.pi)
    let noise = Double(sequence.length) * logNoise
    let dimension = Double(system.stateCount + system.outputCount)
    let roundings = 8 * dimension * dimension * smoothed.loss
    let size = smoothed.misfit + scales.magnitude + noise.magnitude + outputs
    self.init(
      logEvidence: ExactValue(
        -0.5 * (smoothed.misfit + scales) - noise,
        roundingBound: roundings * Double.ulpOfOne * size),
      stateCount: system.stateCount, means: smoothed.means, covariances: smoothed.covariances)
  }

  /// The system and its outputs as the kernel reads them.
  static func smootherProblem(_ sequence: LinearDynamicalSequence) -> SmootherProblem {
    let system = sequence.system
    let noise = CovarianceFactor(of: system.emissionNoise)
    let emission = transposed(transposed(system.emission).map(noise.whitened))
    return SmootherProblem(
      mean: system.initialMean, spread: Array(system.initialCovariance.joined()),
      dynamics: Array(system.dynamics.joined()), noise: Array(system.dynamicsNoise.joined()),
      emission: Array(emission.joined()),
      // The factor is triangular in the order in which its columns came about.
      factor: noise.order.flatMap { noise.rows[$0] },
      observed: flattened(sequence.observations, noise.order))
  }

  private static func flattened(_ rows: [[Double]], _ order: [Int]) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count * order.count)
    for row in rows { for column in order { numbers.append(row[column]) } }
    return numbers
  }
}
