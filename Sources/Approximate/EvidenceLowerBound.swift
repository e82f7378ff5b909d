import GSL
public import Models
public import Probability

/// The evidence lower bound of a table, in the form that needs the joint alone.
///
/// ```
/// ELBO(q) = E_q[log p(x, z) − log q(z)]
/// ```
public func elbo(of q: [Double], _ joint: FiniteJoint) -> LowerBound {
  LowerBound(
    q.indices.reduce(0) { total, z in total + q[z] * (joint.logJoint(z) - log(q[z])) })
}
