import Probability

/// Poisson(y; λ) as a product.
///
/// ```
/// e^−λ Π_{i=1}^{y} λ / i
/// ```
func poisson(_ count: Int, rate: ExactValue) -> ExactValue {
  (0..<count).reduce((-rate).exponential) { $0 * rate / ExactValue(Double($1 + 1)) }
}
