import GSL
import Models

/// A latent-factor model as the sum over its factors wants it: every prior above 0 and at most ½.
///
/// A factor that is certain is no factor: what it adds to the scores goes into the bias. One with a
/// prior above ½ changes places with its absence, z' = 1 − z, so that its weights go into the bias
/// and their negatives take their place. Then P(z' = 1 | x) is a small number found as a sum of small
/// numbers, and keeps its digits where 1 − P(z = 1 | x) would not.
struct UncertainFactors: Sendable {
  /// What became of a factor of the model.
  enum Role: Sendable, Equatable {
    case certain(on: Bool)
    case summed(Int, flipped: Bool)
  }

  /// For every factor of the model, in its order.
  private(set) var roles: [Role] = []
  private(set) var bias: [Double]
  private(set) var weights: [[Double]] = []
  private(set) var prior: [Double] = []

  init(_ model: LatentFactorModel) {
    bias = model.bias
    for (probability, row) in zip(model.prior, model.weights) {
      if probability == 0 || probability == 1 {
        roles.append(.certain(on: probability == 1))
        if probability == 1 { addToBias(row) }
        continue
      }
      let flipped = probability > 0.5
      roles.append(.summed(prior.count, flipped: flipped))
      if flipped { addToBias(row) }
      weights.append(flipped ? row.map { -$0 } : row)
      prior.append(flipped ? 1 - probability : probability)
    }
  }

  private mutating func addToBias(_ row: [Double]) {
    for (word, weight) in row.enumerated() { bias[word] += weight }
  }
}
