import GSL
public import Probability

// A model and a q make a mean whose gradient can be estimated: the evidence lower bound.

extension ExpectedValue where Law == BernoulliFactors {
  /// The ELBO of a model under independent bits, all of it in the signal.
  ///
  /// ```
  /// ELBO(b) = E_q[f(z)],     f(z) = log p(x, z) − log q(z)
  /// f_d(z) = terms of log p(x, z) that contain z_d − log q_d(z_d)
  /// ```
  /// The signal is −∞ where the model excludes z.
  public static func elbo(
    of model: any BinaryLatentModel, under q: BernoulliFactors
  ) -> ExpectedValue {
    ExpectedValue(
      under: q, of: { z in model.signal(z, under: q) },
      locally: { z, d in
        let b = q.probabilities[d]
        return model.logJointTerms(containing: d, z) - log(z[d] == 1 ? b : 1 - b)
      })
  }

  /// The ELBO of a model whose prior has independent bits, with the divergence in closed form.
  ///
  /// ```
  /// ELBO(b) = E_q[log p(x | z)] − KL(q‖p(z))
  /// ```
  /// Less is sampled, yet the variance of an estimate need not fall: what is taken out of the signal
  /// may have cancelled something.
  public static func elbo(
    of model: any BinaryLatentModel, under q: BernoulliFactors, prior: BernoulliFactors
  ) -> ExpectedValue {
    ExpectedValue(
      under: q, of: { z in model.logLikelihood(z) },
      plus: q.kullbackLeiblerGradient(from: prior).map { -$0 })
  }
}
