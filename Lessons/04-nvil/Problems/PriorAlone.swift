import Models
import Probability

/// A model with nothing observed: log p(x, z) = log p(z).
struct PriorAlone: BinaryLatentModel {
  let prior: BernoulliFactors
  var latentCount: Int { prior.count }
  func logPrior(_ latents: [Double]) -> Double { prior.logProbability(latents) }
  func logLikelihood(_ latents: [Double]) -> Double { 0 }
}
