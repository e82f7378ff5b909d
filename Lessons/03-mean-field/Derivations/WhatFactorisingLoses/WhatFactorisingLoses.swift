import Approximate
import LessonKit
import Models
import Probability

extension WhatFactorisingLosesDerivation {
  /// What a product can say, as the library's mean field says it.
  static let derivation = Derivation<Parts, TwoBits>(
    id: "what-factorising-loses",
    title: "What factorising loses",
    example: try .lawn(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      elbo: { q, bits in
        // Any prior times its likelihood; the exact side is not asked.
        let total = bits.flat.reduce(0, +)
        let joint = try FiniteJoint(
          prior: bits.flat.map { $0 / total }, likelihood: bits.flat.map { _ in total })
        return Approximate.elbo(of: q, joint).value
      },
      exclusiveFit: exclusiveFit,
      inclusiveFit: inclusiveFit,
      autoregressive: { bits in
        let rows = bits.joint.map { $0.reduce(0, +) }
        let total = rows.reduce(0, +)
        return zip(rows, bits.joint).flatMap { row, values in
          values.map { (row / total) * ($0 / row) }
        }
      },
      firstGivenSecond: { second, bits in
        try MeanField(factors: factors([0.5, second])).target(0, bits.table())[1]
      },
      covariance: covariance),
    mistakes: mistakes,
    afterChain: """
      The second sign is what factorising costs, the third what a bad choice among products \
      costs. In the other direction of the divergence the best product is known; and the \
      dependence can be seen without any bound:
      """)

  /// The product that the ELBO likes best: the highest end of five climbs.
  // listing: 03 what-factorising-loses
  @Sendable static func exclusiveFit(_ bits: TwoBits) throws -> [Double] {
    let table = try bits.table()
    let starts = [[0.5, 0.5], [0.9, 0.9], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9]]
    let ends = starts.compactMap { ones in
      var field = MeanField(factors: factors(ones))
      return field.ascend(table).last
    }
    let highest = ends.max { $0.elbo < $1.elbo }
    return highest?.q.factors.map { $0[1] } ?? []
  }
  // end of listing

  /// The product that minimises KL(p‖q): the exact marginals.
  @Sendable static func inclusiveFit(_ bits: TwoBits) throws -> [Double] {
    MeanField(inclusiveFitTo: bits.posterior.map(\.value), sizes: [2, 2]).factors.map { $0[1] }
  }

  /// Cov = P₁₁ − P(z₁ = 1) P(z₂ = 1) under weights, normalised first.
  @Sendable static func covariance(_ weights: [[Double]]) -> Double {
    let total = weights.joined().reduce(0, +)
    let both = weights[1][1] / total
    let first = (weights[1][0] + weights[1][1]) / total
    let second = (weights[0][1] + weights[1][1]) / total
    return both - first * second
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "leaves-out-the-entropy", "E_q[log p(x, z)] alone, which likes a point mass best", \.elbo
    ) { q, bits in zip(q, bits.logJoints.joined()).reduce(0) { $0 + $1.0 * $1.1 } },
    Mistake(
      "reports-the-divergence", "KL(q‖p), lower is better, under the name ELBO",
      source: "blackjax, tests/vi/test_meanfield_vi.py", \.elbo
    ) { q, bits in kullbackLeibler(of: q, from: bits.posterior.map(\.value)) },
    Mistake(
      "calls-marginals-the-best-product", "the inclusive fit where the exclusive is asked for",
      source: "CoursIA #4610", \.exclusiveFit, inclusiveFit),
    Mistake(
      "numbers-of-the-chain-rule",
      "P(z₁=1), P(z₂=1|z₁=0), P(z₂=1|z₁=1): a number for each factor and each state before it",
      \.exclusiveFit
    ) { bits in
      let rows = bits.joint.map { $0.reduce(0, +) }
      return [rows[1] / (rows[0] + rows[1])] + zip(bits.joint, rows).map { $0[1] / $1 }
    },
    Mistake(
      "calls-mean-field-the-marginals", "the exclusive fit where the inclusive one is asked for",
      source: "BayesPy #94", \.inclusiveFit, exclusiveFit),
    Mistake(
      "samples-the-marginals", "q(z₁) q(z₂) where q(z₁) q(z₂|z₁) was announced",
      source: "StateSpaceDynamics #145", \.autoregressive
    ) { product(try inclusiveFit($0)) },
    Mistake(
      "blames-the-normaliser", "takes a covariance of weights that do not sum to one",
      source: "E-055", \.covariance
    ) { weights in
      weights[1][1] - (weights[1][0] + weights[1][1]) * (weights[0][1] + weights[1][1])
    },
    Mistake(
      "finds-no-covariance", "a product's covariance, zero, whatever the likelihood", \.covariance
    ) { _ in 0 },
    Mistake(
      "takes-the-states-as-known", "conditions on the likelier z₂ in place of averaging",
      source: "E-007", \.firstGivenSecond
    ) { second, bits in
      let column = bits.joint.map { $0[second > 0.5 ? 1 : 0] }
      return column[1] / (column[0] + column[1])
    },
    Mistake(
      "averages-over-the-posterior", "p(z₁|x): p(z₁|z₂, x) averaged over p(z₂|x), no log, no q₂",
      \.firstGivenSecond
    ) { _, bits in
      let rows = bits.joint.map { $0.reduce(0, +) }
      return rows[1] / (rows[0] + rows[1])
    },
  ]
}
