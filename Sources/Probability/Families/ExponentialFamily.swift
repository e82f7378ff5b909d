public import GSL

/// A law of an exponential family, as the divergence sees it.
///
/// ```
/// p(x) = h(x) exp(η · t(x) − A(η)),        E[t(x)] = ∇A(η)
/// ```
public protocol ExponentialFamily: Sendable {
  /// What the law is a law of.
  associatedtype Point
  /// η, the natural parameters.
  var naturalParameters: [Double] { get }
  /// A(η), the log of the normaliser.
  func logPartition() throws(GSLError) -> Double
  /// E[t(x)], the mean parameters.
  func meanParameters() throws(GSLError) -> [Double]
  /// log p(x) at a point.
  func logDensity(_ point: Point) throws(GSLError) -> Double
}

extension ExponentialFamily {
  // listing: 01 closed-forms
  /// KL(self‖p) within one family: the Bregman divergence of the log-partition.
  ///
  /// ```
  /// KL(q‖p) = A(η_p) − A(η_q) − (η_p − η_q) · ∇A(η_q)
  /// ```
  /// Reference: Wainwright and Jordan 2008, section 5.2.2.
  public func bregmanDivergence(from p: Self) throws(GSLError) -> Double {
    let expected = try meanParameters()
    let tilt = zip(zip(p.naturalParameters, naturalParameters), expected)
      .reduce(0) { $0 + ($1.0.0 - $1.0.1) * $1.1 }
    return try p.logPartition() - (try logPartition()) - tilt
  }
  // end of listing
}
