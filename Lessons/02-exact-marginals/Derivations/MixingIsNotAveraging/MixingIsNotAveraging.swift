import Exact
import GSL
import LessonKit
import Models
import Probability

extension MixingIsNotAveragingDerivation {
  /// What mixing does, and what is taken for it.
  static let derivation = Derivation<Parts, Problem>(
    id: "mixing-is-not-averaging", title: "Mixing is not averaging", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(
    draw: { mixture, bound, choices in
      let z = try choices.flip(mixture.weights[1]) ? 1 : 0
      return try count(of: mixture.rates[z], below: bound, &choices)
    },
    mean: { MixtureMoments(of: $0).mean },
    variance: { MixtureMoments(of: $0).variance },
    varianceOfAverage: { mixture in
      zip(mixture.weights, mixture.rates).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    },
    tableOfUnits: { weights, units, bound in
      let rate = exp(zip(weights, units).reduce(0) { $0 + $1.0 * $1.1 })
      return try PoissonMixture(weights: [1], rates: [rate]).exactTable(below: bound)
    },
    density: { mixture, place in exp(exactLogEvidence(of: mixture, [place]).value) },
    interpolate: { weights, vectors in
      (vectors.first ?? []).indices.map { axis in
        zip(weights, vectors).reduce(0) { $0 + $1.0 * $1.1[axis] }
      }
    })

  /// y ~ Poisson(λ); all counts from a bound on come out as the bound.
  private static func count(
    of rate: Double, below bound: Int, _ choices: inout Exhaustive
  ) throws -> Int {
    let law = try PoissonMixture(weights: [1], rates: [rate]).exactTable(below: bound)
    return try choices.choose(law + [1 - law.reduce(0, +)])
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "one-law-of-the-mean-rate", "y ~ Poisson(E[λ_z]): z is averaged before anything is drawn",
      source: "E-068", \.draw
    ) { mixture, bound, choices in
      try count(of: MixtureMoments(of: mixture).mean, below: bound, &choices)
    },
    Mistake(
      "variance-without-between", "Σ_k π_k Var[y|k], and nothing for how far the means are apart",
      \.variance
    ) { MixtureMoments(of: $0).within },
    Mistake(
      "conditions-on-the-wrong-symbol", "Y|λ, b as one Poisson law of the mean rate",
      source: "E-068", \.variance
    ) { MixtureMoments(of: $0).mean }
    .and(\.density) { mixture, place in
      let moments = MixtureMoments(of: mixture)
      let residual = place - moments.mean
      return exp(-0.5 * residual * residual / moments.within)
    },
    Mistake(
      "averages-the-draws", "the variance of Σ_k π_k y_k under the name of the mixture's",
      \.variance
    ) { mixture in zip(mixture.weights, mixture.rates).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } },
    Mistake(
      "weights-not-squared", "Var[Σ_k π_k y_k] = Σ_k π_k Var[y_k]", \.varianceOfAverage
    ) { MixtureMoments(of: $0).within },
    Mistake("plain-mean-of-rates", "(λ_1 + … + λ_K)/K", \.mean) { mixture in
      mixture.rates.reduce(0, +) / Double(mixture.rates.count)
    },
    Mistake(
      "units-as-switches", "takes a hidden unit h_i for a switch that is on with probability h_i",
      source: "A-190: hidden layers are not latent structure", \.tableOfUnits
    ) { weights, units, bound in
      try PoissonFactorModel(prior: units, weights: weights).asMixture().exactTable(below: bound)
    },
    Mistake(
      "projects-back", "divides an interpolation by its norm and calls it an interpolation",
      \.interpolate,
      from: { right in
        { weights, vectors in
          let sum = right(weights, vectors)
          let norm = sqrt(sum.reduce(0) { $0 + $1 * $1 })
          return sum.map { $0 / norm }
        }
      }),
    Mistake(
      "clips-the-weights", "replaces weights by the nearest convex ones", source: "E-073",
      \.interpolate,
      from: { right in
        { weights, vectors in right(weights.map { min(1, max(0, $0)) }, vectors) }
      }),
  ]
}
