import GSL
import Models
import Probability

@testable import Approximate

/// A bound over two or three bits given by its table, for comparisons that share no code with the
/// library: f is read off, q is multiplied out.
struct TableModel: BinaryLatentModel {
  let latentCount: Int
  let prior: [Double]
  let logLikelihoods: [Double]

  private func state(_ z: [Double]) -> Int {
    z.indices.reduce(0) { $0 + (z[$1] == 1 ? 1 << $1 : 0) }
  }
  func logPrior(_ z: [Double]) -> Double { log(prior[state(z)]) }
  func logLikelihood(_ z: [Double]) -> Double { logLikelihoods[state(z)] }

  /// Two bits with nothing symmetric about them.
  static let twoBits = TableModel(
    latentCount: 2, prior: [0.1, 0.35, 0.2, 0.35], logLikelihoods: [-1.2, -3, -0.4, -2.1])
}

/// Every tuple of S states, with its probability.
func tuples(_ weights: [Double], _ samples: Int) -> [(states: [Int], weight: Double)] {
  guard samples > 0 else { return [([], 1)] }
  return tuples(weights, samples - 1).flatMap { rest in
    weights.indices.map { (rest.states + [$0], rest.weight * weights[$0]) }
  }
}

/// The mean and the variances of a function of S samples of the bound of `TableModel.twoBits`, by
/// summing over all tuples.
func bruteMoments(
  _ bound: ExpectedValue<BernoulliFactors>, samples: Int,
  of estimate: (_ signals: [Double], _ scores: [[Double]]) -> [Double]
) -> (mean: [Double], variances: [Double]) {
  let b = bound.law.probabilities
  let states = (0..<(1 << b.count)).map { latents($0, count: b.count) }
  let weights = states.map { z in
    z.indices.reduce(1) { $0 * (z[$1] == 1 ? b[$1] : 1 - b[$1]) }
  }
  let signals = zip(states, weights).map { TableModel.twoBits.logJoint($0) - log($1) }
  let scores = states.map { z in z.indices.map { z[$0] - b[$0] } }
  let outcomes = tuples(weights, samples).map { tuple in
    (estimate(tuple.states.map { signals[$0] }, tuple.states.map { scores[$0] }), tuple.weight)
  }
  let mean = b.indices.map { d in outcomes.reduce(0) { $0 + $1.1 * $1.0[d] } }
  let variances = b.indices.map { d in
    outcomes.reduce(0) { $0 + $1.1 * ($1.0[d] - mean[d]) * ($1.0[d] - mean[d]) }
  }
  return (mean, variances)
}

/// Whether numbers agree up to `roundings` roundings of terms of size `magnitude`.
func agree(_ one: [Double], _ other: [Double], roundings: Double = 1000, magnitude: Double = 10)
  -> Bool
{
  one.count == other.count
    && zip(one, other).allSatisfy {
      abs($0 - $1) <= roundings * .ulpOfOne * max(magnitude, abs($0), abs($1))
    }
}
