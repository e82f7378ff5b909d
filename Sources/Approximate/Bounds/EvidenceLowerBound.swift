import GSL
public import Models
public import Probability

// One number, three ways to write it. The forms agree in value and differ in what they ask for: the
// joint form needs the joint alone, the entropy form an entropy in closed form, the prior form a
// divergence from the prior in closed form.
//
// A state that q never visits contributes nothing (0 log 0 = 0), whatever p says of it; a state
// that q visits and p forbids makes the bound −∞, which is true and useless.

// listing: 00 bound
/// The evidence lower bound of a table, in the form that needs the joint alone.
///
/// ```
/// ELBO(q) = E_q[log p(x, z) − log q(z)]
/// ```
public func elbo(of q: [Double], _ joint: FiniteJoint) -> LowerBound {
  LowerBound(expectation(under: q) { z in joint.logJoint(z) - log(q[z]) })
}
// end of listing

/// The evidence lower bound of a table as energy and entropy, the form that EM climbs.
///
/// ```
/// ELBO(q) = E_q[log p(x, z)] + H(q)
/// ```
public func elboByEntropy(of q: [Double], _ joint: FiniteJoint) -> LowerBound {
  LowerBound(expectation(under: q, joint.logJoint) + entropy(of: q))
}

/// The evidence lower bound of a table as fit and divergence, the form that autoencoders train.
///
/// ```
/// ELBO(q) = E_q[log p(x | z)] − KL(q‖p(z))
/// ```
public func elboByDivergence(of q: [Double], _ joint: FiniteJoint) -> LowerBound {
  LowerBound(
    expectation(under: q, joint.logLikelihood) - kullbackLeibler(of: q, from: joint.prior))
}

/// Minus the ELBO, an upper bound on −log p(x): what a program that minimises is given.
public func negativeELBO(of q: [Double], _ joint: FiniteJoint) -> UpperBound {
  UpperBound(-elbo(of: q, joint).value)
}

// MARK: Sums over states

/// E_q[f(z)], over the states that q visits.
func expectation(under q: [Double], _ value: (Int) -> Double) -> Double {
  q.indices.reduce(0) { total, z in q[z] == 0 ? total : total + q[z] * value(z) }
}
