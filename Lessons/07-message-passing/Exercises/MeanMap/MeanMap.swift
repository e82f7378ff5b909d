import GSL
import LessonKit
import Probability

extension MeanMapExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MeanMapProblem>(
    id: "mean-map", title: "From parameters to expected statistics",
    task: """
      Write `means`: the expected statistics E[t(x)] of members of exponential families. They are what a node of a \
      graph tells its neighbours.
      """,
    hints: [
      "The log-partition A is known. What is its slope?",
      "∇A(η) = E[t(x)], so differentiate A by each natural parameter.",
      "For the Dirichlet family: E[log p_k] = ψ(α_k) − ψ(Σ α).",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      The expected statistics determine their member, so that the way leads back as well:
      """)

  static let answer = Parts(
    logDensity: { member in
      dot(member.law.naturalParameters, member.statistics) - (try member.law.logPartition())
        + member.logBase
    },
    means: { try $0.meanParameters() },
    covariance: { try $0.statisticsCovariance() },
    member: { law, means in try remade(law, means) },
    centred: { t in
      (1..<t.count).map { i in (1..<t.count).map { j in t[i][j] - t[i][0] - t[0][j] + t[0][0] } }
    })

  private static func remade(_ law: any InvertibleFamily, _ means: [Double]) throws
    -> any InvertibleFamily
  {
    func opened<Family: InvertibleFamily>(_ law: Family) throws -> any InvertibleFamily {
      try Family(meanParameters: means)
    }
    return try opened(law)
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "takes-the-log-of-the-mean", "E[log p_k] = log(α_k/Σα): the logarithm moved out of the mean",
      \.means,
      from: { right in
        { law in
          guard let law = law as? DirichletLaw else { return try right(law) }
          return law.concentration.map { log($0 / law.concentration.reduce(0, +)) }
        }
      }),
    Mistake(
      "squares-the-mean", "E[x xᵀ] = m mᵀ, without the covariance", \.means,
      from: { right in
        { law in
          guard let law = law as? Gaussian else { return try right(law) }
          return law.mean + law.mean.flatMap { a in law.mean.map { a * $0 } }
        }
      }),
    Mistake(
      "one-digamma-for-all",
      "d ψ(ν/2) where Σ_j ψ((ν − j)/2) belongs, in E[log |X|] of a Wishart matrix",
      \.means,
      from: { right in
        { law in
          guard let law = law as? WishartLaw else { return try right(law) }
          var means = try right(law)
          let size = try LinearAlgebra.logDeterminant(order: law.dimension, law.scale).logMagnitude
          let psi = try SpecialFunctions.digamma(law.dof / 2).value
          means[means.count - 1] = Double(law.dimension) * (psi + log(2)) + size
          return means
        }
      }),
    Mistake(
      "forgets-the-base", "leaves log h(x) out, the factorial of a Poisson count", \.logDensity,
      from: { right in { try right($0) - $0.logBase } }),
    Mistake(
      "keeps-the-diagonal", "takes the statistics for independent: variances without covariances",
      \.covariance,
      from: { right in
        { law in
          let covariance = try right(law)
          let count = law.naturalParameters.count
          return covariance.enumerated().map { $0 / count == $0 % count ? $1 : 0 }
        }
      }),
    Mistake(
      "first-guess-of-the-shape",
      "1/2(log E[x] − E[log x]), where a Newton step for the shape begins",
      \.member,
      from: { right in
        { law, means in
          guard law is GammaLaw else { return try right(law, means) }
          let shape = 0.5 / (log(means[1]) - means[0])
          return GammaLaw(shape: shape, rate: shape / means[1])
        }
      }),
    Mistake(
      "centres-rows-only", "takes out the first column and not the first row", \.centred
    ) { t in (1..<t.count).map { i in (1..<t.count).map { t[i][$0] - t[i][0] } } },
  ]
}
