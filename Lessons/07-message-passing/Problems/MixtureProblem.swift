import Exact
import GSL
import LessonKit
import Models
import Probability

/// q(π) and q(θ_k), θ_k = (μ_k, Σ_k), of a variational mixture.
struct Factors: Sendable {
  var weights: DirichletLaw
  var components: [NormalInverseWishart]
}

/// A Bayesian mixture on the line, its observations, and responsibilities to start from.
struct MixtureProblem: Sendable {
  let mixture: BayesianMixture
  let observations: [[Double]]
  /// r_nk, one row an observation.
  let responsibilities: [[Double]]
  /// A mini-batch, and a step size.
  let batch: [Int]
  let stepSize: Double

  var componentCount: Int { mixture.componentCount }
  var prior: NormalInverseWishart { mixture.prior }

  /// Five numbers in two groups.
  static func example() throws -> MixtureProblem {
    MixtureProblem(
      mixture: try BayesianMixture(
        concentration: [1.1, 1.7],
        prior: try NormalInverseWishart(mean: [-0.59], kappa: 0.3, dof: 2.5, scale: [[1.42]])),
      observations: [[-0.97], [-1.85], [-0.74], [-0.99], [2.5]],
      responsibilities: [
        [0.79, 0.21], [0.68, 0.32], [0.73, 0.27], [0.75, 0.25], [0.12, 0.88],
      ],
      batch: [0, 3], stepSize: 0.5)
  }

  /// Two or three components, three numbers: at most 27 assignments.
  static func random(_ cases: inout Cases) throws -> MixtureProblem {
    let components = try cases.integer(2...3)
    let mixture = try BayesianMixture(
      concentration: try cases.reals(components, from: 0.4, to: 3),
      prior: try NormalInverseWishart(
        mean: [try cases.real(from: -1, to: 1)], kappa: try cases.real(from: 0.2, to: 2),
        dof: try cases.real(from: 1, to: 5), scale: [[try cases.real(from: 0.5, to: 3)]]))
    let rows = try (0..<3).map { _ in
      let row = try cases.reals(components, from: 0.1, to: 1)
      return row.map { $0 / row.reduce(0, +) }
    }
    // Apart, so that no two of them make the same numbers.
    let places = try cases.reals(3, from: -0.8, to: 0.8)
    return MixtureProblem(
      mixture: mixture, observations: [[places[0] - 2], [places[1]], [places[2] + 2]],
      responsibilities: rows, batch: [try cases.integer(0...2)],
      stepSize: try cases.real(from: 0.2, to: 0.8))
  }

  /// The same with one component.
  var ofOne: MixtureProblem {
    get throws {
      MixtureProblem(
        mixture: try BayesianMixture(concentration: [mixture.concentration[0]], prior: prior),
        observations: observations, responsibilities: observations.map { _ in [1] }, batch: batch,
        stepSize: stepSize)
    }
  }

  /// The same with components that no prior distinguishes, and r_nk = 1/K.
  var symmetric: MixtureProblem {
    get throws {
      let alpha = mixture.concentration.map { _ in mixture.concentration[0] }
      let share = 1 / Double(componentCount)
      return MixtureProblem(
        mixture: try BayesianMixture(concentration: alpha, prior: prior),
        observations: observations,
        responsibilities: observations.map { _ in alpha.map { _ in share } }, batch: batch,
        stepSize: stepSize)
    }
  }
}

extension MixtureProblem: Shown {
  /// The model, the data, and where q begins: see `otherFactors`.
  var givens: [Given] {
    [
      Given("α", mixture.concentration), Given("m", prior.mean), Given("κ", prior.kappa),
      Given("ν", prior.dof), Given("Λ", prior.scale[0]), Given("x", observations.map { $0[0] }),
      Given("r", responsibilities),
      Given("q(π), q(θ)", words: "the best for r with its columns in reversed order"),
    ]
  }
}

// MARK: Exact answers, in natural coordinates

extension MixtureProblem {
  static let pair = MultivariateNormalPair()

  /// Factors that are no optimum: those of the responsibilities with rows turned round.
  func otherFactors() throws -> Factors {
    try addition(weights: responsibilities.map { $0.reversed() })
  }

  /// η + Σ_n w_nk t(x_n), by adding.
  func addition(weights: [[Double]]) throws -> Factors {
    let components = try mixture.concentration.indices.map { k in
      var eta = prior.naturalParameters
      for (x, row) in zip(observations, weights) {
        for (index, t) in Self.pair.statistics(of: x).enumerated() { eta[index] += row[k] * t }
      }
      return try NormalInverseWishart(naturalParameters: eta)
    }
    let counts = mixture.concentration.indices.map { k in weights.reduce(0) { $0 + $1[k] } }
    return Factors(
      weights: try DirichletLaw(concentration: zip(mixture.concentration, counts).map { $0 + $1 }),
      components: components)
  }

  /// KL(q‖p) of all global factors.
  func divergence(of q: Factors, from p: Factors) throws -> Double {
    try zip(q.components, p.components).reduce(q.weights.bregmanDivergence(from: p.weights)) {
      try $0 + $1.0.bregmanDivergence(from: $1.1)
    }
  }

  /// The ELBO as likelihood, less divergences from the prior, with log-partitions and mean parameters alone.
  ///
  /// ```
  /// Σ_nk r_nk (E log π_k + t(x_n)·E T(θ_k) + log h − log r_nk) − KL(q(π)‖p(π)) − Σ_k KL(q(θ_k)‖p(θ_k))
  /// ```
  func elbo(_ q: Factors, _ r: [[Double]]) throws -> Double {
    let logWeights = try q.weights.meanParameters()
    var sum = CompensatedSum()
    for (x, row) in zip(observations, r) {
      for (k, share) in row.enumerated() where share > 0 {
        let fit = try Self.pair.expectedLogLikelihood(of: x, under: q.components[k])
        sum.add(share * (logWeights[k] + fit - log(share)))
      }
    }
    return sum.value - (try divergence(of: q, from: try priorFactors()))
  }

  /// The prior as factors.
  func priorFactors() throws -> Factors {
    Factors(
      weights: try DirichletLaw(concentration: mixture.concentration),
      components: mixture.concentration.map { _ in prior })
  }

  /// log p(x), by a dynamic program over sets of observations.
  func logEvidence() throws -> ExactValue {
    try BayesianMixturePosterior(bySubsets: mixture, observations).logEvidence
  }

  /// Every assignment z, with log p(x, z) and the exact factors p(π|z), p(θ_k|z, x).
  func assignments() throws -> [(labels: [Int], logJoint: Double, factors: Factors)] {
    let start = try priorFactors()
    let base =
      try start.weights.logPartition() + Double(componentCount) * (try prior.logPartition())
    let logBase = observations.reduce(0) { $0 + Self.pair.logBase(of: $1) }
    var all: [(labels: [Int], logJoint: Double, factors: Factors)] = []
    let count = observations.reduce(1) { product, _ in product * componentCount }
    for number in 0..<count {
      var rest = number
      let labels = observations.map { _ in
        defer { rest /= componentCount }
        return rest % componentCount
      }
      let factors = try addition(
        weights: labels.map { label in mixture.concentration.indices.map { $0 == label ? 1 : 0 } })
      let joint = try factors.components.reduce(factors.weights.logPartition()) {
        try $0 + $1.logPartition()
      }
      all.append((labels, joint - base + logBase, factors))
    }
    return all
  }

  /// KL(q‖p(z, π, θ|x)), with every assignment visited.
  ///
  /// ```
  /// Σ_z q(z) [ log q(z) − log p(z|x) + KL(q(π, θ)‖p(π, θ|z, x)) ]
  /// ```
  func divergenceFromPosterior(_ q: Factors, _ r: [[Double]]) throws -> Double {
    let all = try assignments()
    let total = logSumExp(all.map(\.logJoint))
    var sum = CompensatedSum()
    for (labels, logJoint, factors) in all {
      let weight = zip(r, labels).reduce(1) { $0 * $1.0[$1.1] }
      guard weight > 0 else { continue }
      sum.add(weight * (log(weight) - (logJoint - total) + (try divergence(of: q, from: factors))))
    }
    return sum.value
  }
}
