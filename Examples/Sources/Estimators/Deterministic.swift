import Foundation
import Tightbound

/// The same gradient without chance, as a program that can afford it would write it.
///
/// ```
/// ∂ELBO/∂logit_d = b_d (1 − b_d) (E_q[log p(x, z) | z_d = 1] − E_q[log p(x, z) | z_d = 0] − logit_d)
/// ```
public func enumeratedGradient<Model: BinaryLatentModel>(
  _ step: Step<Model>, withEntropy: Bool = true
) -> [Double] {
  let b = step.q.probabilities
  var gradient = step.logits.map { withEntropy ? -$0 : 0 }
  for z in BitStates(of: b.count) {
    let (weight, logJoint) = (exp(step.q.logProbability(z)), step.model.logJoint(z))
    for d in b.indices {
      gradient[d] += logJoint * (z[d] == 1 ? weight / b[d] : -weight / (1 - b[d]))
    }
  }
  return zip(gradient, b).map { $0 * $1 * (1 - $1) }
}
