public import GSL

/// An exponential family as a set of values: each of its distributions is made from its natural parameters.
///
/// ```
/// p(x | η) = h(x) exp(η · t(x) − A(η))          ∇A(η) = E[t(x)]
/// ```
/// Reference: Wainwright and Jordan 2008, "Graphical models, exponential families, and variational
/// inference", section 3.
public protocol NaturalFamily: ExponentialFamily {
  /// The member with natural parameters; refuses those that belong to none.
  init(naturalParameters: [Double]) throws(GSLError)
  /// t(x), what the natural parameters multiply.
  static func statistics(of point: Point) throws(GSLError) -> [Double]
  /// log h(x), what does not depend on η.
  static func logBase(of point: Point) throws(GSLError) -> Double
  /// −E[log p(x)/h(x)] = A(η) − η · E[t(x)], the entropy where the base measure is 1.
  func entropyWithoutBase() throws(GSLError) -> Double
}

/// A family that is known from both sides: by η and by E[t(x)], with the Hessian of A between them.
///
/// ```
/// ∇²A(η) = Cov[t(x)]
/// ```
/// The map from η to E[t] can be inverted where the statistics are independent; a symmetric matrix is written
/// with all its entries, row by row, so that the covariance is singular there though the inverse exists.
public protocol InvertibleFamily: NaturalFamily {
  /// The member with mean parameters E[t(x)]; refuses those that belong to none.
  init(meanParameters: [Double]) throws(GSLError)
  /// Cov[t(x)], the Hessian of A and the Fisher information of η, row by row.
  func statisticsCovariance() throws(GSLError) -> [Double]
}

extension NaturalFamily {
  /// 0: most families have no base measure of their own.
  public static func logBase(of point: Point) throws(GSLError) -> Double { 0 }

  /// log p(x) = η · t(x) − A(η) + log h(x).
  public func logDensity(_ point: Point) throws(GSLError) -> Double {
    dot(naturalParameters, try Self.statistics(of: point)) - (try logPartition())
      + (try Self.logBase(of: point))
  }

  /// A(η) − η · E[t(x)].
  public func entropyWithoutBase() throws(GSLError) -> Double {
    try logPartition() - dot(naturalParameters, try meanParameters())
  }

  /// Another member of the same family.
  public func sibling(naturalParameters: [Double]) throws(GSLError) -> Self {
    try Self(naturalParameters: naturalParameters)
  }
}

/// A law of an exponential family that serves as a prior: its natural parameters make it.
public protocol ConjugatePrior: NaturalFamily {}

/// Refuses numbers that should be positive and are not.
func requirePositive(_ law: String, _ numbers: [Double]) throws(GSLError) {
  guard numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
    throw GSLError(law, .domain, arguments: numbers.map { "\($0)" }.joined(separator: ", "))
  }
}

/// Refuses parameters of another number.
func requireCount(
  _ law: String, _ numbers: [Double], _ expected: Int, _ kind: String = "natural"
) throws(GSLError) {
  guard numbers.count == expected else {
    throw GSLError(
      law, .badArgument("expected \(expected) \(kind) parameters, found \(numbers.count)"))
  }
}

/// A square table, entry by entry, row after row.
func table(_ count: Int, _ entry: (Int, Int) -> Double) -> [Double] {
  (0..<count).flatMap { i in (0..<count).map { j in entry(i, j) } }
}

/// (M + Mᵀ)/2: an entry and its mirror image are two coordinates of one number, so that a step along
/// either of them is a step of a symmetric matrix.
func symmetrised(order d: Int, _ entries: [Double]) -> [Double] {
  table(d) { i, j in (entries[i * d + j] + entries[j * d + i]) / 2 }
}
