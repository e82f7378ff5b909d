public import GSL

/// The conjugate prior of a Gaussian mixture's parameters: weights and components, all independent.
///
/// ```
/// q(π, μ, Σ) = Dirichlet(π) Π_k NIW(μ_k, Σ_k)
/// ```
/// Its natural parameters are those of the Dirichlet law, then those of each component.
public struct MixtureParameters: Sendable, Equatable {
  /// The law of the weights.
  public let weights: DirichletLaw
  /// The law of each component's mean and covariance.
  public let components: [NormalInverseWishart]

  /// A law; refuses another number of components than of weights, or components of several dimensions.
  public init(weights: DirichletLaw, components: [NormalInverseWishart]) throws(GSLError) {
    let dimensions = Set(components.map(\.dimension))
    guard weights.concentration.count == components.count, dimensions.count == 1 else {
      throw GSLError(
        "MixtureParameters",
        .badArgument(
          "expected a component of one dimension for each of \(weights.concentration.count) weights"
        ))
    }
    self.weights = weights
    self.components = components
  }

  /// A law whose numbers are known to be those of one.
  package init(checkedWeights concentration: [Double], components: [NormalInverseWishart]) {
    weights = DirichletLaw(checked: concentration)
    self.components = components
  }

  /// K.
  public var componentCount: Int { components.count }
  /// d.
  public var dimension: Int { components[0].dimension }
}

extension MixtureParameters: ExponentialFamily {
  /// Weights and components.
  public struct Point: Sendable, Equatable {
    /// π.
    public let weights: [Double]
    /// N(μ_k, Σ_k).
    public let components: [Gaussian]
    /// Weights with as many components.
    public init(weights: [Double], components: [Gaussian]) {
      self.weights = weights
      self.components = components
    }
  }

  /// The law of K components with natural parameters in a row.
  public init(naturalParameters: [Double], components count: Int) throws(GSLError) {
    let numbers = naturalParameters.count
    guard count > 0, numbers % count == 0, numbers / count > 1 else {
      throw GSLError(
        "MixtureParameters",
        .badArgument("found \(numbers) natural parameters for \(count) components"))
    }
    let width = numbers / count - 1
    var components: [NormalInverseWishart] = []
    for k in 0..<count {
      let start = count + k * width
      components.append(
        try NormalInverseWishart(
          naturalParameters: Array(naturalParameters[start..<(start + width)])))
    }
    try self.init(
      weights: try DirichletLaw(naturalParameters: Array(naturalParameters[..<count])),
      components: components)
  }

  /// Those of the weights, then those of each component.
  public var naturalParameters: [Double] {
    weights.naturalParameters + components.flatMap(\.naturalParameters)
  }

  /// The sum of the log-partitions.
  public func logPartition() throws(GSLError) -> Double {
    var sum = CompensatedSum([try weights.logPartition()])
    for component in components { sum.add(try component.logPartition()) }
    return sum.value
  }

  /// E[log π_k], then the expected statistics of each component.
  public func meanParameters() throws(GSLError) -> [Double] {
    var means = try weights.meanParameters()
    for component in components { means += try component.meanParameters() }
    return means
  }

  /// log π, then the statistics of each component.
  public static func statistics(of point: Point) throws(GSLError) -> [Double] {
    var statistics = DirichletLaw.statistics(of: point.weights)
    for component in point.components {
      statistics += try NormalInverseWishart.statistics(of: component)
    }
    return statistics
  }

  /// log q(π, μ, Σ) = η · T − A(η).
  public func logDensity(_ point: Point) throws(GSLError) -> Double {
    dot(naturalParameters, try Self.statistics(of: point)) - (try logPartition())
  }
}
