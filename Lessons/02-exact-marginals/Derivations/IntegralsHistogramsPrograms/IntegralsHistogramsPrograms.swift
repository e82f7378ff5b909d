import Exact
import GSL
import LessonKit
import Models
import Probability

extension IntegralsHistogramsProgramsDerivation {
  /// The same sum in other clothes, and the ways to get it wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "integrals-histograms-programs", title: "The same sum as integral, histogram, program",
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes)

  static let answer = Parts(
    linear: { w, noise, x in normalDensity(x, variance: w * w + noise) },
    density: { mixture, x in exp(exactLogEvidence(of: mixture, [x]).value) },
    moments: { mixture in
      let within = averageOfComponents(mixture)
      return within.mean
        + zip([(0, 0), (0, 1), (1, 1)], within.covariance).map { axes, inside in
          let between = zip(mixture.weights, mixture.means).reduce(0) { sum, component in
            let (weight, mean) = component
            return sum
              + weight * (mean[axes.0] - within.mean[axes.0])
              * (mean[axes.1] - within.mean[axes.1])
          }
          return inside + between
        }
    },
    whole: { parts in
      let sizes = parts.map { $0.reduce(0, +) }
      let shares = zip(parts, sizes).map { part, size in part.map { $0 / size } }
      let mixture = try CategoricalMixture(
        weights: sizes.map { $0 / sizes.reduce(0, +) }, probabilities: shares)
      return (0..<mixture.symbolCount).map { exp(exactLogEvidence(of: mixture, [$0]).value) }
    },
    conditionalEntropy: { x, y in
      let total = Double(x.count)
      return x.indices.reduce(0) { sum, i in
        let same = x.indices.filter { x[$0] == x[i] }
        let both = same.filter { y[$0] == y[i] }
        return sum - log(Double(both.count) / Double(same.count)) / total
      }
    },
    pushForward: { n, m in
      var law = [Double](repeating: 0, count: m)
      try forEachOutcome(of: { choices in try choices.choose(below: n) }) { u, probability in
        law[u * u % m] += probability
      }
      return law
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "noise-without-the-latent", "N(x; 0, σ²): z put at its mean in place of integrated out",
      \.linear
    ) { _, noise, x in normalDensity(x, variance: noise) },
    Mistake(
      "one-gaussian-of-averages", "N(x; Σ π_k μ_k, Σ π_k Σ_k) for the mixture", \.density
    ) { mixture, x in
      let (mean, c) = averageOfComponents(mixture)
      let average = try? MultivariateGaussianMixture(
        weights: [1], means: [mean], covariances: [[[c[0], c[1]], [c[1], c[2]]]])
      return average.map { exp($0.logLikelihood(0, x)) } ?? .nan
    },
    Mistake(
      "covariance-without-between", "Σ_k π_k Σ_k, without the covariance of the means", \.moments
    ) { mixture in
      let (mean, covariance) = averageOfComponents(mixture)
      return mean + covariance
    },
    Mistake(
      "histograms-averaged", "the plain mean of the parts' histograms, large or small", \.whole
    ) { parts in
      (parts.first ?? []).indices.map { bin in
        parts.reduce(0) { $0 + $1[bin] / $1.reduce(0, +) } / Double(parts.count)
      }
    },
    Mistake(
      "entropy-of-the-response", "H(Y), whatever X says", \.conditionalEntropy,
      from: { right in { _, y in right(y.map { _ in 0 }, y) } }),
    Mistake(
      "always-deterministic", "takes every document for a bin of its own, also those seen twice",
      \.conditionalEntropy
    ) { _, _ in 0 },
    Mistake(
      "counts-values-not-ways", "a flat law on the values that the program can return",
      \.pushForward
    ) { n, m in
      let reached = Set((0..<n).map { $0 * $0 % m })
      return (0..<m).map { reached.contains($0) ? 1 / Double(reached.count) : 0 }
    },
  ]

  /// N(x; 0, variance).
  private static func normalDensity(_ x: Double, variance: Double) -> Double {
    exp(NormalLaw(mean: 0, variance: variance).logDensity(x))
  }

  /// Σ_k π_k μ_k and Σ_k π_k Σ_k, the latter as (xx, xy, yy).
  private static func averageOfComponents(
    _ mixture: MultivariateGaussianMixture
  ) -> (mean: [Double], covariance: [Double]) {
    func average(_ values: [Double]) -> Double {
      zip(mixture.weights, values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let mean = [0, 1].map { axis in average(mixture.means.map { $0[axis] }) }
    let covariance = [(0, 0), (0, 1), (1, 1)].map { row, column in
      average(mixture.covariances.map { $0[row][column] })
    }
    return (mean, covariance)
  }
}
