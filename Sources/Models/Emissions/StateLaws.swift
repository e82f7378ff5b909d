/// The laws of one value, one for each of K hidden states and all of one family.
///
/// ```
/// x | z = k ~ law_k
/// ```
/// They are those of a mixture, whose weights say which states are possible and nothing more.
public enum StateLaws: Sendable, Equatable {
  /// A table of symbols a state.
  case categorical(CategoricalMixture)
  /// A rate a state.
  case poisson(PoissonMixture)
  /// A mean and a variance a state.
  case gaussian(GaussianMixture)
  /// A mean and a covariance a state.
  case multivariate(MultivariateGaussianMixture)

  /// The mixture, where its observations need not be known.
  private var mixture: any Mixture {
    switch self {
    case .categorical(let mixture): mixture
    case .poisson(let mixture): mixture
    case .gaussian(let mixture): mixture
    case .multivariate(let mixture): mixture
    }
  }

  /// K, the number of states.
  public var stateCount: Int { mixture.componentCount }
  /// Whether a state can make a value impossible.
  public var canExclude: Bool { mixture.canExclude }
  /// Whether densities come from factored covariances.
  public var hasCovariances: Bool { mixture.hasCovariances }

  /// The same with densities of 32 digits; nil where a covariance is not positive definite to so many.
  public var doubled: StateLaws? {
    guard case .multivariate(let mixture) = self else { return self }
    return mixture.doubled.map(StateLaws.multivariate)
  }

  /// What the mixture says of a value, or nil for a value of another family.
  private func asking<Answer>(
    _ value: ObservedValue, _ ask: (_ mixture: OneValue) -> Answer
  ) -> Answer? {
    switch (self, value) {
    case (.categorical(let mixture), .whole(let symbol)): ask(OneValue(mixture, symbol))
    case (.poisson(let mixture), .whole(let count)): ask(OneValue(mixture, count))
    case (.gaussian(let mixture), .number(let number)): ask(OneValue(mixture, number))
    case (.multivariate(let mixture), .point(let point)): ask(OneValue(mixture, point))
    default: nil
    }
  }

  /// log p(x | k) of all states relative to the largest, and that one; NaN for a value of another family.
  public func logLikelihoods(_ value: ObservedValue) -> (relative: [Double], largest: Double) {
    guard let (relative, common) = asking(value, { $0.logLikelihoods }) else {
      return ([Double](repeating: .nan, count: stateCount), .nan)
    }
    let possible = zip(relative, mixture.weights).filter { $0.1 > 0 }.map(\.0)
    guard let excess = possible.max(), excess.isFinite else { return (relative, common) }
    return (relative.map { $0 - excess }, common + excess)
  }

  /// How far rounding can have moved each of these logarithms.
  public func errors(_ value: ObservedValue) -> [Double] {
    guard let (relative, common) = asking(value, { $0.logLikelihoods }),
      let errors = asking(value, { $0.errors(of: relative.map { $0 + common }) })
    else { return [Double](repeating: .infinity, count: stateCount) }
    return relative.indices.map { k in
      let size = relative[k].isFinite ? abs(relative[k]) : 0
      return 4 * Double.ulpOfOne * size + (errors?[k] ?? 0)
    }
  }

  /// Whether a value is one that these laws are of.
  public func admits(_ value: ObservedValue) -> Bool {
    switch (self, value) {
    case (.categorical(let mixture), .whole(let symbol)):
      (0..<mixture.symbolCount).contains(symbol)
    case (.poisson, .whole(let count)): count >= 0
    case (.gaussian, .number(let number)): number.isFinite
    case (.multivariate(let mixture), .point(let point)):
      point.count == mixture.dimension && point.allSatisfy(\.isFinite)
    default: false
    }
  }
}

/// A mixture with one observation, whose kind is no longer seen.
private struct OneValue {
  let logLikelihoods: (relative: [Double], common: Double)
  let errors: (_ logLikelihoods: [Double]) -> [Double]?

  init<M: Mixture>(_ mixture: M, _ datum: M.Datum) {
    logLikelihoods = mixture.logLikelihoods(datum)
    errors = { mixture.errors(of: $0, datum) }
  }

  func errors(of logLikelihoods: [Double]) -> [Double]? { errors(logLikelihoods) }
}
