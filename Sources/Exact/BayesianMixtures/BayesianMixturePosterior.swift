import GSL
import Models
public import Probability

/// The exact answer for a Bayesian mixture: everything but the observations summed or integrated out.
public struct BayesianMixturePosterior: Posterior {
  /// log p(x_1 … x_N); 0 without observations.
  public let logEvidence: ExactValue
  /// P(z_i = z_j | x_1 … x_N), 1 on the diagonal.
  public let coassignment: [[Double]]

  /// - Parameters:
  ///   - logTotal: the logarithm of the sum over assignments, without what they have in common.
  ///   - shares: the probability of each pair, numbered by `pair`; nil where every weight was below
  ///     the doubles, which leaves no evidence either.
  ///   - evidence: what the routes have in common.
  init(logTotal: Double, shares: [Double]?, _ evidence: AssignmentEvidence) {
    let value = shares == nil ? -.infinity : logTotal + evidence.logNormaliser
    let roundings = Double(16 * evidence.observationCount + 2 * evidence.componentCount + 32)
    let size = evidence.largestMagnitude * Double(max(1, evidence.observationCount))
    logEvidence = ExactValue(value, roundingBound: roundings * Double.ulpOfOne * max(1, size))
    coassignment = (0..<evidence.observationCount).map { i in
      (0..<evidence.observationCount).map { j in i == j ? 1 : shares?[pair(i, j)] ?? 0 }
    }
  }
}

/// What every route needs: the weight of a component that has the observations of a set.
///
/// A set of observations is a number, observation i its bit i.
/// ```
/// p(z) = Γ(A)/Γ(A + N) Π_k Γ(α_k + |T_k|)/Γ(α_k),     A = Σ_k α_k,   T_k = the observations of k
/// p(x | z) = Π_k m(T_k)
/// ```
struct AssignmentEvidence: Sendable {
  let observationCount: Int
  let componentCount: Int
  /// log Γ(A)/Γ(A + N).
  let logNormaliser: Double
  /// The largest of the numbers |log m(T)| and |log Γ(α_k + n)/Γ(α_k)|.
  let largestMagnitude: Double
  private let logBlocks: [DoubleDouble]
  private let logRisings: [[Double]]

  /// Computes each block's evidence once.
  init(_ mixture: BayesianMixture, _ observations: [[Double]]) throws(ModelError) {
    try mixture.validate(observations: observations)
    guard observations.count <= 20 else {
      throw ModelError(
        "observations", "expected at most 20 observations, found \(observations.count)")
    }
    let blocks = try BlockEvidence(mixture.prior)
    var logBlocks: [DoubleDouble] = []
    let sets = BitStates(of: observations.count)
    for set in sets.indices {
      logBlocks.append(
        try blocks.doubledLogEvidence(of: sets.bitsOn(in: set).map { observations[$0] }))
    }
    self.logBlocks = logBlocks
    logRisings = mixture.concentration.map { alpha in
      (0...observations.count).map { logRising($0, alpha) }
    }
    largestMagnitude = (logBlocks.map(\.value) + logRisings.joined()).reduce(0) { max($0, abs($1)) }
    guard largestMagnitude < 0x1p60 else {
      throw ModelError(
        "prior.dof",
        "so large that 32 digits do not decide the posterior, found \(mixture.prior.dof)")
    }
    // A sum of concentrations may overflow; that of their logarithms cannot.
    let logTotal = logSumExp(mixture.concentration.map { log($0) })
    logNormaliser = -(0..<observations.count).reduce(0.0) {
      $0 + ($1 == 0 ? logTotal : logAddExp(logTotal, log(Double($1))))
    }
    observationCount = observations.count
    componentCount = mixture.componentCount
  }

  /// log of component k's factor when it has exactly the observations of `set`.
  func logWeight(_ component: Int, _ set: Int) -> DoubleDouble {
    logBlocks[set] + DoubleDouble(logRisings[component][set.nonzeroBitCount])
  }

  /// The number of pairs of different observations.
  var pairCount: Int { observationCount * (observationCount - 1) / 2 }

  /// The pairs of observations within a set.
  func pairs(in set: Int) -> [Int] {
    let members = Array(BitStates(of: observationCount).bitsOn(in: set))
    return members.flatMap { i in members.filter { $0 < i }.map { pair(i, $0) } }
  }
}

/// The number of the pair (i, j), i ≠ j, among all pairs.
func pair(_ i: Int, _ j: Int) -> Int { i > j ? i * (i - 1) / 2 + j : pair(j, i) }
