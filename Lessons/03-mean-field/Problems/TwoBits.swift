import Exact
import GSL
import Models
import Probability
import Verification

/// A table of two bits that hang together, two product q's, and a likelihood over two causes.
struct TwoBits: Sendable {
  /// p(x, z₁, z₂).
  var joint = [[0.3, 0.02], [0.1, 0.4]]
  /// A product, as the probabilities of the ones.
  var q = [0.3, 0.6]
  /// Another product.
  var other = [0.7, 0.2]
  /// The prior probabilities that the causes are on.
  var priors = [0.3, 0.6]
  /// f(z₁) and g(z₂), a likelihood that is their product.
  var separate = [[0.2, 0.9], [0.7, 0.1]]
  /// p(x | z₁, z₂), a likelihood that couples the causes.
  var coupled = [[0.1, 0.8], [0.8, 0.9]]

  /// Wet grass with the cloud summed out: z₁ the sprinkler, z₂ rain.
  ///
  /// Where causes are to be
  /// independent beforehand, as they are not under a cloud, they keep their marginals .3 and .5.
  static func lawn() throws -> TwoBits {
    TwoBits(
      joint: try Sprinkler(wetForNoReason: Sprinkler.chance).causes, priors: [0.3, 0.5],
      coupled: [[Sprinkler.chance, 0.9], [0.9, 0.99]])
  }

  /// Two bits that depend on each other, and causes either of which is likely to be enough.
  static func random(_ cases: inout Cases) throws -> TwoBits {
    let evidence = try cases.real(from: 0.1, to: 0.95)
    let first = try cases.real(from: 0.2, to: 0.8)
    let low = try cases.real(from: 0.1, to: 0.4)
    let high = low + (try cases.real(from: 0.2, to: 0.5))
    let a = try cases.real(from: 0.5, to: 0.9)
    let b = try cases.real(from: 0.5, to: 0.9)
    let leak = try cases.real(from: 0.05, to: 0.2)
    return TwoBits(
      joint: [
        [evidence * (1 - first) * (1 - low), evidence * (1 - first) * low],
        [evidence * first * (1 - high), evidence * first * high],
      ],
      q: try cases.reals(2, from: 0.1, to: 0.45), other: try cases.reals(2, from: 0.55, to: 0.9),
      priors: try cases.reals(2, from: 0.2, to: 0.8),
      separate: [try cases.probabilities(2), try cases.probabilities(2)],
      // Noisy or.
      coupled: [
        [leak, 1 - (1 - leak) * (1 - b)],
        [1 - (1 - leak) * (1 - a), 1 - (1 - leak) * (1 - a) * (1 - b)],
      ])
  }

  /// The same bits with another joint.
  func with(joint: [[Double]]) -> TwoBits {
    var bits = self
    bits.joint = joint
    return bits
  }

  /// The joint in a row, the last bit fastest.
  var flat: [Double] { joint.flatMap { $0 } }

  /// The joint as a table.
  func table() throws -> JointTable { try JointTable(rows: joint) }

  /// What a bound is summed from is larger than the bound.
  var rounding: Rounding {
    .of(
      size: flat.map { -log($0) }.max() ?? 0,
      because: "a bound is a mean of log joints, of which the largest may cancel")
  }

  /// log p(x, z₁, z₂), row by row.
  var logJoints: [[Double]] { joint.map { row in row.map { log($0) } } }
}

// MARK: What is exact about them

extension TwoBits {
  /// p(x).
  var evidence: ExactValue { flat.sum { ExactValue($0) } }

  /// log p(x), by enumeration.
  var logEvidence: ExactValue {
    ExactPosterior(logJoints: logJoints.flatMap { $0 }).logEvidence
  }

  /// p(z₁, z₂ | x), the last bit fastest.
  var posterior: [ExactValue] {
    let evidence = evidence
    return flat.map { ExactValue($0) / evidence }
  }

  /// P(z₁ = 1 | x) and P(z₂ = 1 | x).
  var marginals: [ExactValue] {
    let p = posterior
    return [p[2] + p[3], p[1] + p[3]]
  }

  /// p(z) f(z₁) g(z₂), causes that the likelihood leaves apart.
  var separateCauses: [[Double]] { causes { separate[0][$0] * separate[1][$1] } }

  /// p(z) p(x | z), causes that the likelihood couples.
  var coupledCauses: [[Double]] { causes { coupled[$0][$1] } }

  /// p(z) p(x | z) for some likelihood.
  private func causes(_ likelihood: (Int, Int) -> Double) -> [[Double]] {
    (0...1).map { i in
      (0...1).map { j in
        let prior = (i == 1 ? priors[0] : 1 - priors[0]) * (j == 1 ? priors[1] : 1 - priors[1])
        return prior * likelihood(i, j)
      }
    }
  }
}
