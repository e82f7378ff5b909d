import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `natural-step`: a step on a mini-batch in natural coordinates.
enum NaturalStepExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The factors after a step of size ρ on some of the observations.
    var step: @Sendable (MixtureProblem, Factors, _ batch: [Int], _ rho: Double) throws -> Factors
    /// λ̂ − λ for given responsibilities: the natural gradient.
    var direction: @Sendable (MixtureProblem, Factors, [[Double]]) throws -> [Double]
    /// A random mini-batch of a size.
    var draw: @Sendable (_ count: Int, _ size: Int, inout Exhaustive) throws -> [Int]
    /// The size of step number t.
    var rate: @Sendable (_ t: Int) -> Double
    /// The ELBO of global factors alone.
    var bound: @Sendable (MixtureProblem, Factors) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, MixtureProblem>

  static let checks: [Check] = [
    slope, whole, unbiased, otherCoordinates, everyone, rates, boundOfGlobals,
  ]

  private static let rounding = Rounding.of(
    terms: 2048, size: 60, because: "a rule of 40 nodes over products of statistics of size 10")

  static let slope = Check(
    "slope", "ELBO(λ′) − ELBO(λ) = ∫ (λ′ − λ)·G_s (λ̂ − λ_s) ds",
    because: "∇ELBO = G (λ̂ − λ), so λ̂ − λ is G⁻¹ of the gradient", claims: ["A-117"], as: .step
  ) { parts, problem in
    let (q, p) = (try problem.otherFactors(), try problem.priorFactors())
    let (from, to) = (try q.natural(), try p.natural())
    let step = zip(to, from).map { $0 - $1 }
    let rule = try FixedRule.gaussLegendre(count: 40, from: 0, to: 1)
    let rise = try rule.sum { s in
      let here = try q.sibling(natural: zip(from, step).map { $0 + s * $1 })
      let push = try parts.direction(problem, here, problem.responsibilities)
      return dot(step, try here.fisher(times: push))
    }
    return .equal(
      try problem.elbo(p, problem.responsibilities) - problem.elbo(q, problem.responsibilities),
      rise, rounding: rounding)
  }

  static let whole = Check(
    "whole", "λ(1) = λ̂,  all data, r̂ the best for λ",
    because: "(1 − ρ) λ + ρ λ̂ at ρ = 1 is the coordinate update", claims: ["A-117"], as: .step
  ) { parts, problem in
    let q = try problem.otherFactors()
    let r = try problem.rows(q)
    return .equal(
      try parts.step(problem, q, Array(problem.observations.indices), 1).natural(),
      try problem.addition(weights: r).natural(), rounding: rounding)
  }

  static let unbiased = Check(
    "unbiased", "E_B[λ(ρ)] = (1 − ρ) λ + ρ λ̂",
    because: "λ̂ is a sum over data; each is in S/N of all mini-batches and counts N/S",
    claims: ["A-117"], as: .step
  ) { parts, problem in
    let q = try problem.otherFactors()
    let means = try exactMeans { choices in
      let batch = try parts.draw(problem.observations.count, problem.batch.count, &choices)
      return try parts.step(problem, q, batch, problem.stepSize).natural()
    }
    let target = try problem.addition(weights: problem.rows(q)).natural()
    let rho = problem.stepSize
    return .equal(
      means.map(\.value), zip(try q.natural(), target).map { (1 - rho) * $0 + rho * $1 },
      rounding: rounding)
  }

  static let otherCoordinates = Check(
    "other-coordinates", "E_B[Λ(ρ)] ≠ Λ of (1 − ρ) λ + ρ λ̂",
    because: "Λ = (Λ + κ m²) − (κ m)²/κ is no linear function of λ: its mean is another",
    as: .consequence
  ) { parts, problem in
    let q = try problem.otherFactors()
    let means = try exactMeans { choices in
      let batch = try parts.draw(problem.observations.count, problem.batch.count, &choices)
      let next = try parts.step(problem, q, batch, problem.stepSize)
      return next.components.map { $0.scale[0][0] }
    }
    let rho = problem.stepSize
    let target = try problem.addition(weights: problem.rows(q)).natural()
    let full = try q.sibling(
      natural: zip(try q.natural(), target).map { (1 - rho) * $0 + rho * $1 })
    let scales = full.components.map { $0.scale[0][0] }
    // The same mean over subsets listed one by one, in natural coordinates by addition.
    let subsets = Subsets(of: problem.observations.count, size: problem.batch.count).all
    var listed = [Double](repeating: 0, count: scales.count)
    for batch in subsets {
      let next = try problem.stepByAddition(q, batch)
      for k in listed.indices {
        listed[k] += next.components[k].scale[0][0] / Double(subsets.count)
      }
    }
    return .different(
      means.map(\.value), scales, by: zip(listed, scales).map { $0 - $1 }, atLeast: 1e-7,
      rounding: rounding)
  }

  static let everyone = Check(
    "everyone", "E_B[number of times that x_n is in B] = S/N",
    because: "every subset of S data is as likely", as: .specialCase
  ) { parts, problem in
    let (count, size) = (problem.observations.count, problem.batch.count)
    let means = try exactMeans { choices in
      let batch = try parts.draw(count, size, &choices)
      return (0..<count).map { n in Double(batch.count { $0 == n }) }
    }
    return .equal(means, (0..<count).map { _ in Double(size) / Double(count) })
  }
}

extension NaturalStepExercise {
  static let rates = Check(
    "rates", "log ρ_t = −.7 log (t + 1),  t = 0, 1, 2, 3",
    because:
      "Σ_t ρ_t grows without end and Σ_t ρ_t² does not, as for every power from above ½ to 1",
    as: .specialCase
  ) { parts, _ in
    .equal(
      (0..<4).map { log(parts.rate($0)) }, (0..<4).map { -0.7 * log(Double($0 + 1)) })
  }

  static let boundOfGlobals = Check(
    "bound-of-globals", "ELBO(λ) = ELBO(λ, r̂)",
    because: "what a step on λ climbs: the responsibilities follow", as: .specialCase
  ) { parts, problem in
    let q = try problem.otherFactors()
    return .equal(
      try parts.bound(problem, q), try problem.elbo(q, problem.rows(q)),
      rounding: .of(terms: 1024, size: 60, because: "log-densities of size 10 are added"))
  }
}

/// All subsets of a size.
struct Subsets {
  let all: [[Int]]

  init(of count: Int, size: Int) {
    all = BitStates(of: count).indices.map { Array(BitStates(of: count).bitsOn(in: $0)) }
      .filter { $0.count == size }
  }
}

// MARK: Natural coordinates of all factors as one list

extension Factors {
  /// α − 1, then η of each component.
  func natural() throws -> [Double] {
    weights.naturalParameters + components.flatMap(\.naturalParameters)
  }

  /// Factors of the same shape.
  func sibling(natural: [Double]) throws -> Factors {
    let (count, size) = (weights.concentration.count, components[0].naturalParameters.count)
    return Factors(
      weights: try DirichletLaw(naturalParameters: Array(natural[..<count])),
      components: try (0..<count).map { k in
        try NormalInverseWishart(
          naturalParameters: Array(natural[(count + k * size)..<(count + (k + 1) * size)]))
      })
  }

  /// G v, G the Fisher information of all factors, block by block.
  func fisher(times v: [Double]) throws -> [Double] {
    let blocks =
      [try weights.statisticsCovariance()] + (try components.map { try $0.statisticsCovariance() })
    var (product, start) = ([Double](), 0)
    for block in blocks {
      let size = Int(Double(block.count).squareRoot())
      let part = Array(v[start..<(start + size)])
      product += (0..<size).map { dot(Array(block[($0 * size)..<(($0 + 1) * size)]), part) }
      start += size
    }
    return product
  }
}

extension MixtureProblem {
  /// The best responsibilities, in natural coordinates.
  func rows(_ q: Factors) throws -> [[Double]] {
    let logWeights = try q.weights.meanParameters()
    return try observations.map { x in
      let logs = try q.components.enumerated().map {
        try logWeights[$0] + Self.pair.expectedLogLikelihood(of: x, under: $1)
      }
      let total = logSumExp(logs)
      return logs.map { exp($0 - total) }
    }
  }

  /// A step on a mini-batch by adding natural parameters.
  func stepByAddition(_ q: Factors, _ batch: [Int]) throws -> Factors {
    let scale = Double(observations.count) / Double(batch.count)
    let rows = try rows(q)
    let weights = observations.indices.map { n in
      rows[n].map { batch.contains(n) ? scale * $0 : 0 }
    }
    let target = try addition(weights: weights).natural()
    return try q.sibling(
      natural: zip(try q.natural(), target).map { (1 - stepSize) * $0 + stepSize * $1 })
  }
}
