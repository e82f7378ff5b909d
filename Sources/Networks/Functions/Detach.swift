import _Differentiation

// The score function's surrogate needs a factor that counts as a value and not as a function:
//
//   ∇ E_q[f(z)] = E_q[ f(z) ∇ log q(z) ]     surrogate(z) = detach(f(z)) · log q(z)
//
// The gradient of the surrogate is the estimator; its value estimates nothing. Without `detach` the
// gradient gains the term log q(z) ∇f(z), which is a different estimator with a bias.

/// The same number, treated as a constant by differentiation.
@differentiable(reverse)
public func detach(_ value: Double) -> Double {
  withoutDerivative(at: value)
}

/// The same vector, treated as a constant by differentiation.
@differentiable(reverse)
public func detach(_ value: Vector) -> Vector {
  withoutDerivative(at: value)
}

/// The same matrix, treated as a constant by differentiation.
@differentiable(reverse)
public func detach(_ value: Matrix) -> Matrix {
  withoutDerivative(at: value)
}
