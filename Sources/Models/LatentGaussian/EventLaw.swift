import GSL

/// How events are seen through a natural parameter η: counts with the rate e^η, or bits with the log odds η.
public enum EventLaw: String, Sendable, CaseIterable {
  /// y ~ Poisson(e^η).
  case poisson
  /// y ~ Bernoulli(σ(η)).
  case bernoulli

  /// E[y|η], which is the slope of the log-partition e^η or log(1 + e^η).
  public func mean(_ eta: Double) -> Double {
    switch self {
    case .poisson: exp(eta)
    case .bernoulli: sigmoid(eta)
    }
  }

  /// Var[y|η], the curvature of the same: what is minus the second derivative of log p(y|η).
  public func variance(_ eta: Double) -> Double {
    switch self {
    case .poisson: exp(eta)
    case .bernoulli: sigmoid(eta) * sigmoid(-eta)
    }
  }

  /// log p(y|η), with the factorial of a count.
  public func logProbability(of events: Int, _ eta: Double) -> Double {
    switch self {
    case .bernoulli: return -softplus(events == 1 ? -eta : eta)
    case .poisson:
      let rate = exp(eta)
      // Near its rate a large count is seen with few digits lost.
      if rate > 0, rate.isFinite,
        let near = try? SpecialFunctions.logPoisson(count: events, rate: rate)
      {
        return near.value
      }
      return Double(events) * eta - rate - logFactorial(of: events)
    }
  }

  /// log y! of a count; 0 of a bit.
  public func logFactorial(of events: Int) -> Double {
    guard self == .poisson else { return 0 }
    return (try? SpecialFunctions.logFactorial(events).value) ?? .nan
  }

  /// What the second and all higher orders of log p(y|η + d) around η amount to, whatever y is.
  ///
  /// ```
  /// Poisson    −e^η (e^d − 1 − d)
  /// Bernoulli  −[log(1 + σ(η)(e^d − 1)) − σ(η) d]
  /// ```
  /// Never above 0. Written so that nothing large is subtracted, it keeps its digits for large counts.
  public func bend(_ eta: Double, by d: Double) -> Double {
    switch self {
    case .poisson: return -exp(eta) * (expm1(d) - d)
    case .bernoulli:
      let risen =
        d < 1 ? log1p(sigmoid(eta) * expm1(d)) : d + log1p(sigmoid(-eta) * expm1(-d))
      return sigmoid(eta) * d - risen
    }
  }
}
