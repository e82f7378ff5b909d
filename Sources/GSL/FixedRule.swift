internal import CGSL

/// Nodes and weights of a quadrature rule: ∫ f ≈ Σ weight · f(node).
///
/// A rule knows no error of its own. With n nodes the Gauss rules are exact, to rounding, for
/// polynomials of degree 2n - 1; for anything else carry a bound from elsewhere.
public struct FixedRule: Hashable, Sendable {
  /// The nodes, ascending.
  public let nodes: [Double]
  /// The weight of each node.
  public let weights: [Double]

  /// Returns Σ weight · f(node), compensated.
  public func sum<Failure: Error>(
    _ function: (Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    var sum = CompensatedSum()
    for (node, weight) in zip(nodes, weights) { sum += weight * (try function(node)) }
    return sum.value
  }

  /// Returns the Gauss–Legendre rule with `count` nodes for ∫ f over [`lower`, `upper`].
  public static func gaussLegendre(
    count: Int, from lower: Double = -1, to upper: Double = 1
  ) throws(GSLError) -> FixedRule {
    guard count >= 1, count <= 5000, lower.isFinite, upper.isFinite, (upper - lower).isFinite
    else {
      throw GSLError(
        "gaussLegendre", .badArgument("expected 1 to 5000 nodes and finite ends"),
        arguments: "count: \(count), from: \(lower), to: \(upper)")
    }
    // Not GSL's own rule: outside its tables that one is right to ten digits only.
    let half = (0..<((count + 1) / 2)).map { LegendreBasis.point($0, order: count) }
    let centre = lower / 2 + upper / 2
    let radius = (upper - lower) / 2
    // The points come largest first and are symmetric; an odd rule has its middle one once.
    let low = half.map { (centre - radius * $0.node, radius * $0.weight) }
    let high = half.prefix(count / 2).reversed().map {
      (centre + radius * $0.node, radius * $0.weight)
    }
    return FixedRule(nodes: (low + high).map(\.0), weights: (low + high).map(\.1))
  }

  /// Returns the Gauss–Hermite rule with `count` nodes for E f(X), X standard normal; the weights
  /// add up to 1.
  public static func gaussHermite(count: Int) throws(GSLError) -> FixedRule {
    AbortHandler.ensureOff()
    guard count >= 1, count <= 500 else {
      throw GSLError(
        "gaussHermite", .badArgument("expected 1 to 500 nodes"), arguments: "count: \(count)")
    }
    // Weight e^(-x²/2): the nodes are those of the probabilists' polynomials.
    guard
      let workspace = unsafe gsl_integration_fixed_alloc(tightbound_hermite(), count, 0, 0.5, 0, 0),
      let start = unsafe gsl_integration_fixed_nodes(workspace)
    else {
      throw GSLError("gaussHermite", .outOfMemory, arguments: "count: \(count)")
    }
    defer { unsafe gsl_integration_fixed_free(workspace) }
    let found = (0..<count).map { unsafe start[$0] }.sorted()
    let polished = found.indices.map { index in
      // The middle node of an odd rule is 0, by symmetry.
      2 * index + 1 == count ? 0 : HermiteBasis.zero(near: found[index], order: count)
    }
    // GSL's weights lose their relative accuracy in the tails; the reciprocal of a sum of squares
    // does not (Gautschi 2004, section 1.4: weight = 1 / Σ_{k<n} h_k(x)²).
    let weights = polished.map { 1 / HermiteBasis.sumOfSquares(at: $0, below: count) }
    return FixedRule(nodes: polished, weights: weights)
  }
}

/// The Legendre polynomials: (k+1)·P_{k+1}(x) = (2k+1)·x·P_k(x) - k·P_{k-1}(x), P_0 = 1.
private enum LegendreBasis {
  /// Returns P_n(x) and its derivative n·(x·P_n - P_{n-1})/(x² - 1).
  static func value(at x: Double, order n: Int) -> (value: Double, slope: Double) {
    var (previous, current) = (0.0, 1.0)
    for k in 0..<n {
      let k = Double(k)
      (previous, current) = (current, ((2 * k + 1) * x * current - k * previous) / (k + 1))
    }
    return (current, Double(n) * (x * current - previous) / ((x - 1) * (x + 1)))
  }

  /// Returns the zero of P_n with the given index, the largest first, and its weight on [-1, 1].
  static func point(_ index: Int, order n: Int) -> (node: Double, weight: Double) {
    // The start is within O(n^-2) of the zero (DLMF 18.16); Newton's method squares the error.
    var x = cos(.pi * (Double(index) + 0.75) / (Double(n) + 0.5))
    if 2 * index + 1 == n { x = 0 }
    for _ in 0..<5 where x != 0 {
      let (value, slope) = value(at: x, order: n)
      x -= value / slope
    }
    let slope = value(at: x, order: n).slope
    return (x, 2 / ((1 - x) * (1 + x) * slope * slope))
  }
}

/// The Hermite polynomials that are orthonormal under the standard normal distribution:
/// √(k+1)·h_{k+1}(x) = x·h_k(x) - √k·h_{k-1}(x), h_0 = 1.
private enum HermiteBasis {
  /// Returns h_{n-1}(x) and h_n(x) after handing each h_k with k < n to `visit`.
  static func walk(at x: Double, to n: Int, _ visit: (Double) -> Void) -> (Double, Double) {
    var (previous, current) = (0.0, 1.0)
    for k in 0..<n {
      visit(current)
      let next = (x * current - sqrt(Double(k)) * previous) / sqrt(Double(k + 1))
      (previous, current) = (current, next)
    }
    return (previous, current)
  }

  static func sumOfSquares(at x: Double, below n: Int) -> Double {
    var sum = CompensatedSum()
    _ = walk(at: x, to: n) { sum += $0 * $0 }
    return sum.value
  }

  /// Returns the zero of h_n beside a good guess, by Newton's method with h_n' = √n·h_{n-1}.
  static func zero(near guess: Double, order n: Int) -> Double {
    var x = guess
    for _ in 0..<3 {
      let (previous, current) = walk(at: x, to: n) { _ in }
      let step = current / (sqrt(Double(n)) * previous)
      if step.isFinite { x -= step }
    }
    return x
  }
}
