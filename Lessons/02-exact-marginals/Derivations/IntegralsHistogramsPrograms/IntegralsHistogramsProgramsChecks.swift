import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Ways from a latent and a conditional to what is seen.
struct IntegralRules: Sendable {
  /// The density of x for z ~ N(0, 1), x|z ~ N(w z, noise).
  var linear: @Sendable (Double, Double, Double) throws -> Double = { w, noise, x in
    let marginal = try GaussianMixture(weights: [1], means: [0], variances: [w * w + noise])
    return exp(marginal.logLikelihood(0, x))
  }
  /// The density of a mixture of Gaussians in the plane.
  var density: @Sendable (MultivariateGaussianMixture, [Double]) -> Double = { mixture, x in
    exp(exactLogEvidence(of: mixture, [x]).value)
  }
  /// Mean and covariance (xx, xy, yy) of a mixture in the plane.
  var moments: @Sendable (MultivariateGaussianMixture) -> [Double] = { mixture in
    let covariances = mixture.covariances.map { [$0[0][0], $0[0][1], $0[1][1]] }
    let weights = mixture.weights
    func mean(_ values: [Double]) -> Double { zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } }
    let center = (0...1).map { axis in mean(mixture.means.map { $0[axis] }) }
    return center
      + zip([(0, 0), (0, 1), (1, 1)], 0...2).map { axes, entry in
        mean(covariances.map { $0[entry] })
          + mean(
            mixture.means.map { ($0[axes.0] - center[axes.0]) * ($0[axes.1] - center[axes.1]) })
      }
  }
  /// The histogram of everything, from the histograms of its parts: counts in, shares out.
  var whole: @Sendable ([[Double]]) throws -> [Double] = { parts in
    let sizes = parts.map { $0.reduce(0, +) }
    let shares = zip(parts, sizes).map { part, size in part.map { $0 / size } }
    let mixture = try CategoricalMixture(
      weights: sizes.map { $0 / sizes.reduce(0, +) }, probabilities: shares)
    return (0..<mixture.symbolCount).map { exp(exactLogEvidence(of: mixture, [$0]).value) }
  }
  /// The empirical H(Y|X) of pairs of labels.
  var conditionalEntropy: @Sendable ([Int], [Int]) -> Double = { x, y in
    let total = Double(x.count)
    return x.indices.reduce(0) { sum, i in
      let same = x.indices.filter { x[$0] == x[i] }
      let both = same.filter { y[$0] == y[i] }
      return sum - log(Double(both.count) / Double(same.count)) / total
    }
  }
  /// The law of u² mod m for u uniform below n, by visiting every u.
  var pushForward: @Sendable (Int, Int) throws -> [Double] = { n, m in
    var law = [Double](repeating: 0, count: m)
    try forEachOutcome(of: { choices in try choices.choose(below: n) }) { u, probability in
      law[u * u % m] += probability
    }
    return law
  }

  fileprivate func changing(_ change: (inout IntegralRules) -> Void) -> IntegralRules {
    var rules = self
    change(&rules)
    return rules
  }
}

/// Parameters of all of them.
struct IntegralProblem: Sendable {
  var w = 1.3
  var noise = 0.4
  var x = 0.9
  var share = 0.5
  var means = [[0.0, 3], [1, 0]]
  var covariances = [[[1.0, 0.1], [0.1, 1]], [[8, 3], [3, 2]]]
  var parts = [[3.0, 1, 0], [1, 2, 5]]
  var labels = [2, 0, 1, 0]
  var modulus = (n: 6, m: 4)

  static func random(_ cases: inout Cases) throws -> IntegralProblem {
    func covariance() throws -> [[Double]] {
      let (a, b) = (try cases.real(from: 0.8, to: 2), try cases.real(from: 0.8, to: 2))
      let c = try cases.real(from: -0.5, to: 0.5)
      return [[a, c], [c, b]]
    }
    let parts = try (0...1).map { _ in
      try (0...2).map { _ in Double(try cases.integer(0...5)) }
    }
    return IntegralProblem(
      w: try cases.real(from: 0.3, to: 2), noise: try cases.real(from: 0.2, to: 1.5),
      x: try cases.real(from: -2, to: 2), share: try cases.real(from: 0.2, to: 0.8),
      means: [try cases.reals(2, from: -1, to: 0), try cases.reals(2, from: 0.5, to: 2)],
      covariances: [try covariance(), try covariance()],
      // No part is empty, and the parts are of different sizes.
      parts: [parts[0].map { $0 + 1 }, parts[1].map { $0 + 8 }],
      labels: [2, 0, 1, 0].map { $0 + 3 } + [try cases.integer(0...2)],
      modulus: (try cases.integer(5...9), try cases.integer(3...5)))
  }

  func mixture() throws -> MultivariateGaussianMixture {
    try MultivariateGaussianMixture(
      weights: [share, 1 - share], means: means, covariances: covariances)
  }
}

extension Page {
  /// Marginals of densities, histograms and programs.
  static let densities: Exercise<IntegralRules, IntegralProblem> = Exercise(
    Sheet(
      id: "integrals-histograms-programs", title: "The same sum in other clothes", task: "",
      hints: [], example: IntegralProblem(), draw: { try IntegralProblem.random(&$0) }, lines: []),
    answer: IntegralRules(),
    derivation: [
      integral, mixtureDensity, totalCovariance, splitHistogram, distinctDocuments,
      repeatedDocuments, implicit,
    ],
    mistakes: [
      Mistake(
        "noise-without-the-latent", "N(x; 0, σ²): z put at its mean in place of integrated out",
        IntegralRules().changing { rules in
          rules.linear = { _, noise, x in
            let law = try GaussianMixture(weights: [1], means: [0], variances: [noise])
            return exp(law.logLikelihood(0, x))
          }
        }),
      Mistake(
        "one-gaussian-of-averages", "N(x; Σ π_k μ_k, Σ π_k Σ_k) for the mixture",
        IntegralRules().changing { rules in
          rules.density = { mixture, x in
            (try? exp(averaged(mixture).logLikelihood(0, x))) ?? .nan
          }
        }),
      Mistake(
        "covariance-without-between", "Σ_k π_k Σ_k, without the covariance of the means",
        IntegralRules().changing { rules in
          rules.moments = { mixture in
            guard let law = try? averaged(mixture) else { return [] }
            let covariance = law.covariances[0]
            return law.means[0] + [covariance[0][0], covariance[0][1], covariance[1][1]]
          }
        }),
      Mistake(
        "histograms-averaged", "the plain mean of the parts' histograms, large or small",
        IntegralRules().changing { rules in
          rules.whole = { parts in
            (parts.first ?? []).indices.map { bin in
              parts.reduce(0) { $0 + $1[bin] / $1.reduce(0, +) } / Double(parts.count)
            }
          }
        }),
      Mistake(
        "entropy-of-the-response", "H(Y), whatever X says",
        IntegralRules().changing { rules in
          let right = rules.conditionalEntropy
          rules.conditionalEntropy = { _, y in right(y.map { _ in 0 }, y) }
        }),
      Mistake(
        "always-deterministic", "takes every document for a bin of its own, also those seen twice",
        IntegralRules().changing { $0.conditionalEntropy = { _, _ in 0 } }),
      Mistake(
        "counts-values-not-ways", "a flat law on the values that the program can return",
        IntegralRules().changing { rules in
          rules.pushForward = { n, m in
            let reached = Set((0..<n).map { $0 * $0 % m })
            return (0..<m).map { reached.contains($0) ? 1 / Double(reached.count) : 0 }
          }
        }),
    ])

  /// One Gaussian with the averages of the components' means and covariances.
  private static func averaged(
    _ mixture: MultivariateGaussianMixture
  ) throws -> MultivariateGaussianMixture {
    let (a, b) = (mixture.weights[0], mixture.weights[1])
    return try MultivariateGaussianMixture(
      weights: [1],
      means: [zip(mixture.means[0], mixture.means[1]).map { a * $0 + b * $1 }],
      covariances: [
        zip(mixture.covariances[0], mixture.covariances[1]).map { first, second in
          zip(first, second).map { a * $0 + b * $1 }
        }
      ])
  }
}

// MARK: Lines

extension Page {
  private typealias IntegralLine = Line<IntegralRules, IntegralProblem>

  /// Posterior deviation s = σ/√(w² + σ²) > 0.2: a trapezoid of step 0.05 errs by e^(−2π²s²/h²).
  private static var integral: IntegralLine {
    Line(
      "integral", "N(x; 0, w² + σ²) = ∫ N(z; 0, 1) N(x; w z, σ²) dz",
      because: "a continuous latent makes an infinite mixture; this one has a closed form",
      claims: ["A-066"]
    ) { rules, problem in
      let step = 0.05
      var sum = CompensatedSum()
      for node in -200...200 {
        let z = step * Double(node)
        let residual = problem.x - problem.w * z
        sum.add(exp(-0.5 * (z * z + residual * residual / problem.noise)))
      }
      let integral = sum.value * step / (2 * Double.pi * sqrt(problem.noise))
      return .equal(
        try rules.linear(problem.w, problem.noise, problem.x), integral, terms: 256)
    }
  }

  /// The first coordinate alone is a mixture on the line.
  private static var mixtureDensity: IntegralLine {
    Line(
      "mixture-density", "∫ Σ_k π_k N(x; μ_k, Σ_k) dx_2 = Σ_k π_k N(x_1; μ_k1, Σ_k11)",
      because: "integrals and sums change places; each component is integrated by itself",
      claims: ["A-071"]
    ) { rules, problem in
      let mixture = try problem.mixture()
      let line = try GaussianMixture(
        weights: mixture.weights, means: mixture.means.map { $0[0] },
        variances: mixture.covariances.map { $0[0][0] })
      // Deviations of x_2 given x_1 lie above 0.6, those of x_2 below 1.5; means within 3.
      let step = 0.25
      var sum = CompensatedSum()
      for node in -80...80 {
        sum.add(rules.density(mixture, [problem.x, step * Double(node)]) * step)
      }
      return .equal(sum.value, exp(exactLogEvidence(of: line, [problem.x]).value), terms: 512)
    }
  }

  private static var totalCovariance: IntegralLine {
    Line(
      "total-covariance",
      "E[x], Σ_k π_k Σ_k + Cov(μ_z) = Σ_k π_k E_k[x], Σ_k π_k E_k[xxᵀ] − E[x]E[x]ᵀ",
      because: "within and between, now in the plane; E_k by nodes μ_k ± √3 L_k, exact for xxᵀ",
      claims: ["A-070"]
    ) { rules, problem in
      var sums = [0.0, 0, 0, 0, 0]
      for (k, weight) in [problem.share, 1 - problem.share].enumerated() {
        let c = problem.covariances[k]
        let l = sqrt(c[0][0])
        let (below, rest) = (c[0][1] / l, sqrt(c[1][1] - c[0][1] * c[0][1] / c[0][0]))
        for (u, wu) in [(-1.0, 1.0), (0, 4), (1, 1)] {
          for (v, wv) in [(-1.0, 1.0), (0, 4), (1, 1)] {
            let x = problem.means[k][0] + sqrt(3) * l * u
            let y = problem.means[k][1] + sqrt(3) * (below * u + rest * v)
            for (entry, value) in [x, y, x * x, x * y, y * y].enumerated() {
              sums[entry] += weight * wu * wv / 36 * value
            }
          }
        }
      }
      let (x, y) = (sums[0], sums[1])
      return .equal(
        rules.moments(try problem.mixture()),
        [x, y, sums[2] - x * x, sums[3] - x * y, sums[4] - y * y], terms: 256, magnitude: 16)
    }
  }

  private static var splitHistogram: IntegralLine {
    Line(
      "split-histogram", "Σ_part (share of part) · histogram of part = histogram of all",
      because: "splitting by a word that was seen is a mixture whose component is known",
      claims: ["A-188"]
    ) { rules, problem in
      let all = zip(problem.parts[0], problem.parts[1]).map { $0 + $1 }
      let total = all.reduce(0, +)
      return .equal(try rules.whole(problem.parts), all.map { $0 / total })
    }
  }

  private static var distinctDocuments: IntegralLine {
    Line(
      "all-documents-distinct", "x_i all different:  H(Y|X) = 0",
      because: "one bin a document: the response looks like a function of it", claims: ["A-191"]
    ) { rules, problem in
      let documents = Array(problem.labels.indices)
      return .equal(rules.conditionalEntropy(documents, problem.labels), 0, magnitude: 1)
    }
  }

  private static var repeatedDocuments: IntegralLine {
    Line(
      "documents-seen-twice", "x = (0, 0, 1, 1 …):  H(Y|X) = (4/N) log 2",
      because: "as soon as a document is seen twice, responses may differ", claims: ["A-191"]
    ) { rules, problem in
      let documents = problem.labels.indices.map { $0 < 4 ? $0 / 2 : $0 }
      // The first four labels differ within both pairs.
      return .equal(
        rules.conditionalEntropy(documents, problem.labels),
        4 / Double(documents.count) * log(2), magnitude: 1)
    }
  }

  private static var implicit: IntegralLine {
    Line(
      "implicit-model", "P(u² mod m = v) = #{u < n: u² ≡ v (mod m)} / n",
      because: "a program's law is a sum over its randomness, available if that can be visited",
      claims: ["A-194"]
    ) { rules, problem in
      let (n, m) = problem.modulus
      let counts = (0..<m).map { value in (0..<n).filter { $0 * $0 % m == value }.count }
      return .equal(
        try rules.pushForward(n, m), counts.map { Double($0) / Double(n) })
    }
  }
}
