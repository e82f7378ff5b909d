import GSL
import Models
import Networks
import Probability

/// What an observation says of one number through a linear decoder: h x − ½ J x² + constant.
struct ScalarView: Sendable {
  let linear: Double
  let precision: Double
  let constant: Double

  init(_ decoder: LinearDecoder, _ y: Vector) {
    let potential = decoder.potential(of: y)
    linear = potential.linear[0]
    precision = potential.precision[0, 0]
    constant = decoder.logConstant(of: y)
  }

  /// Every observation's, where the latents are numbers and the observations fit the decoder.
  static func all(
    _ decoder: LinearDecoder, _ observations: [Vector], latents dimension: Int
  ) throws(ModelError) -> [ScalarView] {
    guard dimension == 1, decoder.latentCount == 1 else {
      throw ModelError("prior", "expected latents of one number, found \(dimension)")
    }
    for (n, y) in observations.enumerated() where y.count != decoder.outputCount {
      throw ModelError(
        "observations[\(n)]", "expected \(decoder.outputCount) entries, found \(y.count)")
    }
    return observations.map { ScalarView(decoder, $0) }
  }
}

/// log ∫ N(x; mean, variance) e^(h x − ½ J x²) dx, no matter whether J is 0.
///
/// ```
/// (1 + J v)^(−½) exp((h m − ½ J m² + ½ h² v) / (1 + J v))
/// ```
func logGaussianIntegral(
  mean: Double, variance: Double, linear: Double, precision: Double
) -> Double {
  let stretch = precision * variance
  // The last term is divided through by v: h² v may leave the doubles where the quotient does not.
  let gain = 0.5 * linear * linear / (1 / variance + precision)
  return -0.5 * log1p(stretch) + (linear * mean - 0.5 * precision * mean * mean) / (1 + stretch)
    + gain
}

/// The law of a variance with a one-dimensional normal–inverse-Wishart prior, on the scale u = log σ².
struct LogVarianceLaw: Sendable {
  let dof: Double
  let scale: Double
  let logNormaliser: Double

  init(dof: Double, scale: Double) throws(ModelError) {
    (self.dof, self.scale) = (dof, scale)
    do {
      logNormaliser =
        0.5 * dof * log(scale / 2) - (try SpecialFunctions.logGamma(dof / 2).value)
    } catch { throw ModelError("dof", "beyond the logarithm of the gamma function, found \(dof)") }
  }

  /// log p(u) = log IW(e^u) + u.
  func logDensity(_ u: Double) -> Double {
    logNormaliser - 0.5 * dof * u - 0.5 * scale * exp(-u)
  }

  /// Outside of this range of u the density is below e^−300 of its largest value, or cannot be told.
  var range: (Double, Double) {
    let centre = log(scale / dof)
    return (max(centre - 20, log(scale / 1400)), min(centre + 40 + 700 / dof, 690))
  }
}
