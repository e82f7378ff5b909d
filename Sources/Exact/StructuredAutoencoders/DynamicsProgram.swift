public import GSL
public import Models
public import Networks
public import Probability

/// The bound of a chain of numbers as a program on dual numbers, from its dense precision matrix.
///
/// Gauss and Jordan's elimination turns the precision matrix into the covariance of all states; no message is
/// passed. It is what message passing is compared with.
public struct DynamicsProgram: Sendable {
  private let dynamics: LatentDynamics
  private let globals: MatrixNormalInverseWishart
  private let potentials: [QuadraticPotential]
  private let views: [ScalarView]

  /// A program; refuses states that are no numbers.
  public init(
    _ dynamics: LatentDynamics, globals: MatrixNormalInverseWishart, decoder: LinearDecoder,
    observations: [Vector], potentials: [QuadraticPotential]
  ) throws(ModelError) {
    views = try ScalarView.all(decoder, observations, latents: dynamics.dimension)
    self.dynamics = dynamics
    self.globals = globals
    self.potentials = potentials
  }

  /// The bound, and its rate along a direction.
  public func values(along direction: BoundDirection = .none) throws(GSLError) -> BoundValues {
    let eta = moving(globals.naturalParameters, direction)
    let law = try DualComponent(eta)
    let view = DualView(potentials, views, direction)
    let e = law.expectations
    let chain = DualChain(
      initial: (dynamics.initialMean[0], dynamics.initialCovariance[0][0]), e, view)
    let covariance = chain.covariance
    let count = potentials.count
    let means: [Dual] = covariance.map { row in
      zip(row, chain.linear).map { $0 * $1 }.sum()
    }
    let squares: [Dual] = means.enumerated().map { t, mean in covariance[t][t] + mean * mean }
    let cross: [Dual] = means.indices.dropFirst().map { t in
      covariance[t][t - 1] + means[t] * means[t - 1]
    }
    let steps = Double(max(0, count - 1))
    let statistics: [Dual] = [
      cross.sum(), squares.dropLast().sum(), squares.dropFirst().sum(), Dual(steps),
    ]
    let structure = chain.expectedLogPrior(statistics, means, squares) + chain.entropy
    let divergence = divergence(
      dynamics.parameters.naturalParameters, try dynamics.parameters.logPartition(), eta,
      law.logPartition, e)
    let fits = view.fits(means, squares)
    return BoundValues(
      surrogate: structure + fits.potentials - divergence,
      elbo: structure + fits.decoder - divergence, means: means, squares: squares,
      statistics: statistics, expectations: e)
  }

  /// The covariance of all states, row by row.
  public func covariance() throws(GSLError) -> [[Double]] {
    let law = try DualComponent(moving(globals.naturalParameters, .none))
    return DualChain(
      initial: (dynamics.initialMean[0], dynamics.initialCovariance[0][0]), law.expectations,
      DualView(potentials, views, .none)
    ).covariance.map { $0.map(\.value) }
  }
}

/// q(x) of a chain of numbers, dense.
private struct DualChain {
  let linear: [Dual]
  let covariance: [[Dual]]
  /// log |covariance|.
  private let logDeterminant: Dual
  private let initial: (mean: Double, variance: Double)
  private let e: [Dual]

  init(initial: (mean: Double, variance: Double), _ e: [Dual], _ view: DualView) {
    let count = view.linear.count
    var matrix = (0..<count).map { s in
      (0..<count).map { t in s == t ? view.precision[s] : Dual(0) }
    }
    matrix[0][0] += Dual(1 / initial.variance)
    for t in 1..<max(1, count) {
      matrix[t][t] += Dual(-2) * e[2]
      matrix[t - 1][t - 1] += Dual(-2) * e[1]
      matrix[t][t - 1] = Dual(-1) * e[0]
      matrix[t - 1][t] = Dual(-1) * e[0]
    }
    var linear = view.linear
    linear[0] += Dual(initial.mean / initial.variance)
    self.linear = linear
    self.initial = initial
    self.e = e
    // A positive definite matrix needs no pivoting.
    var inverse = (0..<count).map { s in (0..<count).map { Dual($0 == s ? 1 : 0) } }
    var logs: Dual = 0.0
    for p in 0..<count {
      let pivot = matrix[p][p]
      logs += pivot.logarithm
      for t in 0..<count {
        matrix[p][t] = matrix[p][t] / pivot
        inverse[p][t] = inverse[p][t] / pivot
      }
      for s in 0..<count where s != p {
        let factor = matrix[s][p]
        for t in 0..<count {
          matrix[s][t] = matrix[s][t] - factor * matrix[p][t]
          inverse[s][t] = inverse[s][t] - factor * inverse[p][t]
        }
      }
    }
    covariance = inverse
    logDeterminant = Dual(0) - logs
  }

  /// ½ log |2πe·covariance|.
  var entropy: Dual {
    Dual(0.5) * (logDeterminant + Dual(Double(linear.count) * (1 + log(2 * Double.pi))))
  }

  /// E[log p(x_0)] + e·t̄ − (steps/2) log 2π.
  func expectedLogPrior(_ statistics: [Dual], _ means: [Dual], _ squares: [Dual]) -> Dual {
    let (mean, variance) = (Dual(initial.mean), Dual(initial.variance))
    let square = squares[0] - Dual(2) * mean * means[0] + mean * mean
    let start = Dual(-0.5) * (square / variance + Dual(log(2 * Double.pi * initial.variance)))
    let steps = zip(e, statistics).map { $0 * $1 }.sum()
    return start + steps - Dual(0.5 * log(2 * Double.pi)) * statistics[3]
  }
}
