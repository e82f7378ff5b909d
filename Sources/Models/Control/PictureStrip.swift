import GSL
public import Probability

/// A lamp over a strip of pixels: what a camera sees of a mass on a line, and no more.
///
/// ```
/// o_j = e^{−(j − p)²/(2 width²)} + noise · N(0, 1),   j from −(pixels − 1)/2 to (pixels − 1)/2
/// ```
/// One picture shows a place p and no speed; two, one after the other, show both.
public struct PictureStrip: Sendable, Equatable {
  /// How many pixels.
  public let pixels: Int
  /// How far the light spreads, in pixels.
  public let width: Double
  /// The standard deviation of the camera's noise, a pixel.
  public let noise: Double

  /// A strip of two pixels at least.
  public init(pixels: Int, width: Double, noise: Double) throws(ModelError) {
    guard pixels >= 2 else {
      throw ModelError("pixels", "expected at least 2, found \(pixels)")
    }
    guard width > 0, width.isFinite else {
      throw ModelError("width", "expected a positive number, found \(width)")
    }
    guard noise >= 0, noise.isFinite else {
      throw ModelError("noise", "expected a number of at least 0, found \(noise)")
    }
    self.pixels = pixels
    self.width = width
    self.noise = noise
  }

  /// The picture of a place without noise.
  public func picture(of place: Double) -> [Double] {
    (0..<pixels).map { j in
      let distance = (Double(j) - Double(pixels - 1) / 2 - place) / width
      return exp(-0.5 * distance * distance)
    }
  }

  /// What the camera sees.
  public func draw<Choices: RandomChoices>(
    _ place: Double, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var seen = picture(of: place)
    guard noise > 0 else { return seen }
    for j in seen.indices { seen[j] += noise * (try choices.standardNormal()) }
    return seen
  }
}
