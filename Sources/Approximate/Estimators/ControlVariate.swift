public import Probability

extension SoftmaxLaw {
  /// The coefficient of least variance of a control variate: β = Cov(f, h) / Var(h).
  ///
  /// f − β (h − E h) has the mean of f and (1 − ρ²) of its variance.
  public func controlCoefficient(of target: [Double], on control: [Double]) -> Double {
    let (f, h) = (mean(target), mean(control))
    return mean(zip(target, control).map { ($0 - f) * ($1 - h) }) / variance(control)
  }
}
