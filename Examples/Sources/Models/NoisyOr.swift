import Foundation
import Tightbound

/// An alarm that went off, and the causes that may have set it off: a model of the program's own.
///
/// ```
/// P(z_d = 1) = prior_d,     P(alarm | z) = 1 − (1 − leak) Π_d (1 − strength_d)^z_d
/// ```
/// `BinaryLatentModel` asks for three things; the oracles need nothing more.
public struct NoisyOr: BinaryLatentModel {
  /// How likely each cause is by itself.
  public let prior: [Double]
  /// How likely each cause, when present, sets the alarm off.
  public let strengths: [Double]
  /// How likely the alarm goes off without a cause.
  public let leak: Double

  /// An alarm with its causes.
  public init(prior: [Double], strengths: [Double], leak: Double) {
    (self.prior, self.strengths, self.leak) = (prior, strengths, leak)
  }

  /// The number of causes.
  public var latentCount: Int { prior.count }

  /// log p(z).
  public func logPrior(_ z: [Double]) -> Double {
    zip(z, prior).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
  }

  /// log P(alarm | z).
  public func logLikelihood(_ z: [Double]) -> Double {
    log(1 - zip(z, strengths).reduce(1 - leak) { $1.0 == 1 ? $0 * (1 - $1.1) : $0 })
  }

  /// An alarm drawn from choices: this is all that a search, its shrinking and its replay need.
  public static func random(_ cases: inout Cases) throws -> NoisyOr {
    let causes = try cases.integer(2...3)
    return NoisyOr(
      prior: try cases.probabilities(causes), strengths: try cases.probabilities(causes),
      leak: try cases.real(from: 0.01, to: 0.3))
  }
}
