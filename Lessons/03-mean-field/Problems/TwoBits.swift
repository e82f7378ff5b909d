import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// A table of two bits that hang together, two product q's, and a likelihood over two causes.
struct TwoBits: Sendable {
  /// p(x, h₁, h₂).
  var joint = [[0.3, 0.02], [0.1, 0.4]]
  /// Two products, each as the probabilities of the ones.
  var q = [0.3, 0.6]
  var other = [0.7, 0.2]
  /// Priors of the ones, and p(x | h₁, h₂) as a product and as a table that couples them.
  var priors = [0.3, 0.6]
  var separate = [[0.2, 0.9], [0.7, 0.1]]
  var coupled = [[0.1, 0.8], [0.8, 0.9]]

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
      // Either cause alone is likely to be enough: noisy or.
      coupled: [
        [leak, 1 - (1 - leak) * (1 - b)],
        [1 - (1 - leak) * (1 - a), 1 - (1 - leak) * (1 - a) * (1 - b)],
      ])
  }

  /// The joint, the last bit fastest.
  var flat: [Double] { joint.flatMap { $0 } }
  var logJoints: [Double] { flat.map(log) }
  var posterior: [Double] {
    let evidence = flat.reduce(0, +)
    return flat.map { $0 / evidence }
  }
  var logEvidence: Double { ExactPosterior(logJoints: logJoints).logEvidence.value }
  func table() throws -> JointTable { try JointTable(rows: joint) }

  /// p(h) p(x|h) for the likelihood that is a product, and for the one that couples.
  func causes(_ likelihood: (Int, Int) -> Double) -> [[Double]] {
    (0...1).map { i in
      (0...1).map { j in
        (i == 1 ? priors[0] : 1 - priors[0]) * (j == 1 ? priors[1] : 1 - priors[1])
          * likelihood(i, j)
      }
    }
  }
  var separateCauses: [[Double]] { causes { separate[0][$0] * separate[1][$1] } }
  var coupledCauses: [[Double]] { causes { coupled[$0][$1] } }
}

/// q₁ q₂ of two bits from the probabilities of their ones, the last bit fastest.
func product(_ ones: [Double]) -> [Double] {
  let (a, b) = (ones[0], ones[1])
  return [(1 - a) * (1 - b), (1 - a) * b, a * (1 - b), a * b]
}

/// The factors of two bits from the probabilities of their ones.
func factors(_ ones: [Double]) -> [[Double]] { ones.map { [1 - $0, $0] } }

/// What is done with a posterior over two bits.
struct Approximations: Sendable {
  /// ELBO(q) for any q over the four states.
  var elbo: @Sendable ([Double], TwoBits) throws -> Double = { q, bits in
    let evidence = bits.flat.reduce(0, +)
    let joint = try FiniteJoint(
      prior: bits.posterior, likelihood: bits.flat.map { _ in evidence })
    return Approximate.elbo(of: q, joint).value
  }
  /// The product that the ELBO likes best: the best end of five climbs.
  var exclusiveFit: @Sendable (TwoBits) throws -> [Double] = { bits in
    let table = try bits.table()
    var best = MeanField(uniformOver: table)
    for ones in [[0.9, 0.9], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9]] {
      var field = MeanField(factors: factors(ones))
      for _ in 0..<60 { _ = field.sweep(table) }
      if field.elbo(table).value > best.elbo(table).value { best = field }
    }
    return best.factors.map { $0[1] }
  }
  /// The product that minimises KL(p‖q).
  var inclusiveFit: @Sendable (TwoBits) throws -> [Double] = { bits in
    MeanField(inclusiveFitTo: bits.posterior, sizes: [2, 2]).factors.map { $0[1] }
  }
  /// q(h₁) q(h₂|h₁), set state by state.
  var autoregressive: @Sendable (TwoBits) throws -> [Double] = { bits in
    let rows = bits.joint.map { $0.reduce(0, +) }
    let total = rows.reduce(0, +)
    return zip(rows, bits.joint).flatMap { row, values in
      values.map { (row / total) * ($0 / row) }
    }
  }
  /// The factor of h₁ given that of h₂, its ones.
  var firstGivenSecond: @Sendable (Double, TwoBits) throws -> Double = { second, bits in
    try MeanField(factors: factors([0.5, second])).target(0, bits.table())[1]
  }
  /// The covariance of the two bits under weights that need not sum to one.
  var covariance: @Sendable ([[Double]]) -> Double = { weights in
    let total = weights.flatMap { $0 }.reduce(0, +)
    let both = weights[1][1] / total
    let first = (weights[1][0] + weights[1][1]) / total
    let second = (weights[0][1] + weights[1][1]) / total
    return both - first * second
  }
}
