import GSL
public import Probability

// What can be subtracted from a signal, or divide it, and what that costs.

extension SoftmaxLaw {
  /// σ, the standard deviation of a table of values.
  public func deviation(_ values: [Double]) -> Double {
    let centre = mean(values)
    return sqrt(mean(values.map { ($0 - centre) * ($0 - centre) }))
  }

  /// (f − μ)/σ, with mean 0 and variance 1; it rescales the gradient by 1/σ.
  public func standardised(_ values: [Double]) -> [Double] {
    let (centre, scale) = (mean(values), deviation(values))
    return values.map { ($0 - centre) / scale }
  }

  /// The constant baseline that leaves the least variance in one component g of the score.
  ///
  /// ```
  /// Var[(f − c) g] = E[(f − c)² g²] − E[f g]²,   so   c = E[f g²] / E[g²]
  /// ```
  /// Reference: Greensmith, Bartlett and Baxter 2004.
  public func bestBaseline(_ values: [Double], component: Int) -> Double {
    let squares = values.indices.map { score($0)[component] * score($0)[component] }
    return mean(zip(values, squares).map { $0 * $1 }) / mean(squares)
  }

  /// The coefficient of least variance of a control variate: β = Cov(f, h) / Var(h).
  ///
  /// f − β (h − E h) has the mean of f and (1 − ρ²) of its variance.
  public func controlCoefficient(of target: [Double], on control: [Double]) -> Double {
    let (f, h) = (mean(target), mean(control))
    let covariance = mean(zip(target, control).map { ($0 - f) * ($1 - h) })
    return covariance / mean(control.map { ($0 - h) * ($0 - h) })
  }
}
