import GSL

// Jensen's inequality for the logarithm, with what it loses:
//
//   log E[X] − E[log X] = KL(w‖w′) ≥ 0,   w′_i = w_i X_i / E[X]
//
// With w = q and X = p(x, z)/q(z) the mean is p(x), w′ is the posterior, and the loss is the gap of
// the ELBO. It is zero when X is constant.

// listing: 00 jensen
/// E[X] = Σ_i w_i X_i; a value of probability zero counts for nothing.
public func expectation(of values: [Double], under weights: [Double]) -> Double {
  expectation(under: weights) { values[$0] }
}

/// log E[X] − E[log X] of positive values.
public func jensenGap(of values: [Double], under weights: [Double]) -> Double {
  log(expectation(of: values, under: weights)) - expectation(under: weights) { log(values[$0]) }
}
// end of listing
