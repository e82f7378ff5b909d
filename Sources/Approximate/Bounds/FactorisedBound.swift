import GSL
public import Models
public import Probability

// The same three forms for independent bits. What depends on q alone is a sum over D bits in closed
// form; what depends on the likelihood is an expectation over 2^D states. That is the practical
// difference between the forms: how much of the bound is left to enumerate, or to sample.

// listing: 00 three-forms
/// The ELBO of independent bits in the joint form, over all 2^D states.
///
/// ```
/// ELBO(q) = E_q[log p(x, z) − log q(z)]
/// ```
public func elbo(of q: BernoulliFactors, _ model: some BinaryLatentModel) -> LowerBound {
  LowerBound(q.mean { z in model.signal(z, under: q) })
}

/// The ELBO of independent bits with the entropy in closed form.
///
/// ```
/// ELBO(q) = E_q[log p(x, z)] + Σ_d H(b_d)
/// ```
public func elboByEntropy(of q: BernoulliFactors, _ model: some BinaryLatentModel) -> LowerBound {
  LowerBound(q.mean(model.logJoint) + q.entropy)
}

/// The ELBO of independent bits with the divergence from an independent prior in closed form.
///
/// ```
/// ELBO(q) = E_q[log p(x | z)] − Σ_d KL(b_d‖prior_d)
/// ```
public func elboByDivergence(
  of q: BernoulliFactors, _ model: some BinaryLatentModel, prior: BernoulliFactors
) -> LowerBound {
  LowerBound(q.mean(model.logLikelihood) - q.kullbackLeibler(from: prior))
}
// end of listing

// listing: 00 one-sample
/// One draw of the joint form, log p(x, z) − log q(z) at z ~ q: its mean is the ELBO.
///
/// It asks for three things only: draws of q, log q(z) and log p(x, z). No posterior, no evidence.
public func sampledELBO<Choices: DiscreteChoices>(
  of q: BernoulliFactors, _ model: some BinaryLatentModel, _ choices: inout Choices
) throws(ChoiceError) -> Double {
  try ExpectedValue.elbo(of: model, under: q).average(of: 1, &choices)
}
// end of listing
