import GSL
import _Differentiation

/// The logarithm of a sum of exponentials, log Σᵢ exp(vᵢ).
///
/// ```
/// ∂/∂vᵢ = exp(vᵢ − log Σⱼ exp(vⱼ)) = softmax(v)ᵢ
/// ```
///
/// *Edge cases.* Entries of −∞ contribute nothing. When all entries are −∞, or there are none, the
/// value is −∞ and the gradient is defined as zero: an impossible event has no responsible cause,
/// and a dynamic program that meets one must not spread NaN to its possible neighbours.
public func logSumExp(_ vector: Vector) -> Double {
  logSumExp(count: vector.count) { vector.array[$0] }
}

@derivative(of: logSumExp)
@usableFromInline
func logSumExpDerivative(_ vector: Vector) -> (value: Double, pullback: (Double) -> Vector) {
  let total = logSumExp(vector)
  return (total, { $0 * vector.mapped { exponentialShare(of: $0, in: total) } })
}

/// log Σ exp of `count` terms; the shift by the largest one keeps every exponential within 0...1.
@inline(__always)
func logSumExp(count: Int, _ term: (Int) -> Double) -> Double {
  var largest = -Double.infinity
  for index in 0..<count {
    let value = term(index)
    if value.isNaN { return value }
    largest = max(largest, value)
  }
  guard largest.isFinite else { return largest }
  var total = 0.0
  for index in 0..<count {
    total += exp(term(index) - largest)
  }
  return largest + log(total)
}

/// exp(term − total): the share of a term in its log-sum; zero in an impossible sum.
@inline(__always)
func exponentialShare(of term: Double, in total: Double) -> Double {
  total == -.infinity ? 0 : exp(term - total)
}

// MARK: Softmax

/// The normalised exponentials exp(vᵢ) / Σⱼ exp(vⱼ); all zero where every entry is −∞.
public func softmax(_ vector: Vector) -> Vector {
  let total = logSumExp(vector)
  return vector.mapped { exponentialShare(of: $0, in: total) }
}

@derivative(of: softmax)
@usableFromInline
func softmaxDerivative(_ vector: Vector) -> (value: Vector, pullback: (Vector) -> Vector) {
  let shares = softmax(vector)
  // ∂pᵢ/∂vⱼ = pᵢ (δᵢⱼ − pⱼ)
  return (shares, { shares * ($0 - $0.dot(shares)) })
}

/// The logarithm of the softmax, vᵢ − log Σⱼ exp(vⱼ); all −∞ where every entry is −∞.
public func logSoftmax(_ vector: Vector) -> Vector {
  let total = logSumExp(vector)
  return total == -.infinity ? vector : vector.mapped { $0 - total }
}

@derivative(of: logSoftmax)
@usableFromInline
func logSoftmaxDerivative(_ vector: Vector) -> (value: Vector, pullback: (Vector) -> Vector) {
  let total = logSumExp(vector)
  return (
    logSoftmax(vector),
    { cotangent in
      // ∂(log pᵢ)/∂vⱼ = δᵢⱼ − pⱼ
      total == -.infinity
        ? .zero
        : cotangent - cotangent.sum() * vector.mapped { exponentialShare(of: $0, in: total) }
    }
  )
}
