import GSL

/// A Gaussian seen through a line: everything about it is known in closed form.
///
/// ```
/// z ~ N(0, 1),   x | z ~ N(slope · z, noise)
/// ```
public struct LinearGaussian: Sendable, Equatable {
  /// What x moves by for each unit of z.
  public let slope: Double
  /// The variance of x given z.
  public let noise: Double
  /// x, what is observed.
  public let observed: Double

  /// An observation through a line with noise of positive variance.
  public init(slope: Double, noise: Double, observed: Double) throws(ModelError) {
    try Validate.finite("slope, noise, observed", [slope, noise, observed])
    guard noise > 0 else {
      throw ModelError("noise", "expected a positive variance, found \(noise)")
    }
    self.init(checkedSlope: slope, noise: noise, observed: observed)
  }

  private init(checkedSlope: Double, noise: Double, observed: Double) {
    slope = checkedSlope
    self.noise = noise
    self.observed = observed
  }

  /// Slope 1, unit noise, x = 1: the posterior is N(½, ½).
  public static let unit = LinearGaussian(checkedSlope: 1, noise: 1, observed: 1)
}
