import Approximate
import GSL
import LessonKit
import Probability

extension OtherWaysDerivation {
  /// The three ways as the library goes them, and the ways to get them wrong.
  static let derivation = Derivation<Parts, OtherWaysProblem>(
    id: "other-ways", title: "Gibbs sampling, EM, expectation propagation", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      All three leave something exact untouched. What they give up is another thing in each \
      case:
      """)

  private static let answer = Parts(
    gibbs: { problem, state, choices in
      // Bit n of a state counts 2^(N − 1 − n): the last variable of the table is the fastest.
      let kernel = GibbsKernel(
        cardinalities: problem.likelihoods.map { _ in 2 }, table: try problem.posterior(),
        scan: .systematic)
      return try kernel.step(from: state, &choices)
    },
    randomScan: { problem in try matrix(problem, .random) },
    clutter: { x in
      guard let found = Clutter(observations: [x]).propagated() else { return [] }
      return [found.logEvidence, found.law.mean, found.law.variance]
    },
    expectationMaximisation: { problem in
      var weight = 0.5
      for _ in 0..<20_000 {
        let next = em(problem, weight)
        if abs(next - weight) < 1e-15 { break }
        weight = next
      }
      return weight
    },
    matched: { problem, cavity, site in
      var sites = try ExpectationPropagation(prior: cavity, sites: [exactSite(problem, site)])
      try sites.update(0)
      return try sites.posterior().meanParameters()
    },
    logEvidence: { problem in
      var sites = try sites(problem)
      for _ in 0..<30 where try sites.sweep() < 1e-14 { break }
      return try sites.logEvidence().value
    },
    combined: { prior, first, second in
      try BetaLaw(
        naturalParameters: zip(
          prior.naturalParameters, zip(first.naturalParameters, second.naturalParameters)
        ).map { $1.0 + $1.1 - $0 })
    })

  /// The probabilities that a step of Gibbs sampling leads from each state to each.
  private static func matrix(
    _ problem: OtherWaysProblem, _ scan: GibbsKernel.Scan
  ) throws -> [[Double]] {
    let kernel = GibbsKernel(
      cardinalities: problem.likelihoods.map { _ in 2 }, table: try problem.posterior(),
      scan: scan)
    return try kernel.transitions(among: Array(0..<(1 << problem.count))).rows
  }

  private static func exactSite(_ problem: OtherWaysProblem, _ n: Int) -> MixtureWeightSite {
    MixtureWeightSite(on: problem.likelihoods[n][0], off: problem.likelihoods[n][1])
  }

  static func sites(
    _ problem: OtherWaysProblem
  ) throws -> ExpectationPropagation<MixtureWeightSite> {
    try ExpectationPropagation(
      prior: problem.prior, sites: problem.likelihoods.indices.map { exactSite(problem, $0) })
  }

  /// The mean responsibility at a weight.
  private static func em(_ problem: OtherWaysProblem, _ weight: Double) -> Double {
    problem.likelihoods.reduce(0) {
      $0 + weight * $1[0] / (weight * $1[0] + (1 - weight) * $1[1])
    } / Double(problem.count)
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "all-at-once", "draws every z_n given the old state of the others: no Gibbs sampling", \.gibbs
    ) { problem, state, choices in
      let p = try problem.posterior()
      var next = 0
      for n in 0..<problem.count {
        let bit = 1 << (problem.count - 1 - n)
        let (on, off) = (p[state | bit], p[state & ~bit])
        if try choices.flip(on / (on + off)) { next |= bit }
      }
      return next
    },
    Mistake(
      "forgets-the-likelihood", "draws the labels from the urn, whatever was seen", \.gibbs
    ) { problem, state, choices in
      var next = state
      for n in 0..<problem.count {
        let bit = 1 << (problem.count - 1 - n)
        let ones = Double((next & ~bit).nonzeroBitCount)
        let whole = problem.prior.on + problem.prior.off + Double(problem.count - 1)
        next = try choices.flip((problem.prior.on + ones) / whole) ? next | bit : next & ~bit
      }
      return next
    },
    Mistake(
      "sweeps-where-one-is-drawn", "every z_n anew, in place of one chosen at random", \.randomScan
    ) { problem in try matrix(problem, .systematic) },
    Mistake(
      "believes-everything", "x is about θ for certain: no clutter", \.clutter
    ) { x in
      let law = NormalLaw(mean: x * 20 / 21, variance: 20.0 / 21)
      return [NormalLaw(mean: 0, variance: 21).logDensity(x), law.mean, law.variance]
    },
    Mistake(
      "matches-the-other-moments",
      "the Beta with mean and variance of the tilted distribution, in place of E[log π]",
      \.matched,
      from: { right in
        { problem, cavity, site in
          let likelihood = problem.likelihoods[site]
          let whole = cavity.on + cavity.off
          let share =
            cavity.on * likelihood[0] / (cavity.on * likelihood[0] + cavity.off * likelihood[1])
          let mean = (cavity.on + share) / (whole + 1)
          let second =
            (share * (cavity.on + 1) * (cavity.on + 2) + (1 - share) * cavity.on * (cavity.on + 1))
            / ((whole + 1) * (whole + 2))
          let count = (mean - second) / (second - mean * mean)
          return try BetaLaw(on: mean * count, off: (1 - mean) * count).meanParameters()
        }
      }),
    Mistake(
      "settles-too-soon", "one sweep over the sites", \.logEvidence
    ) { problem in
      var sites = try sites(problem)
      try sites.sweep()
      return try sites.logEvidence().value
    },
    Mistake(
      "forgets-the-scales",
      "A(η) − A(η_prior) alone: the sites have scales, log Z_i beside their η",
      \.logEvidence
    ) { problem in
      var sites = try sites(problem)
      for _ in 0..<30 where try sites.sweep() < 1e-14 { break }
      return try sites.posterior().logPartition() - (try problem.prior.logPartition())
    },
    Mistake(
      "counts-the-prior-twice", "multiplies the two posteriors: the prior goes in twice",
      source: "consensus of sub-posteriors, each with the whole prior", \.combined
    ) { _, first, second in
      try BetaLaw(
        naturalParameters: zip(first.naturalParameters, second.naturalParameters).map { $0 + $1 })
    },
    Mistake(
      "stops-early", "ten steps of EM", \.expectationMaximisation
    ) { problem in (0..<10).reduce(0.5) { weight, _ in em(problem, weight) } },
    Mistake(
      "posterior-by-em", "takes the point that EM returns for the posterior mean", source: "E-035",
      \.expectationMaximisation
    ) { try $0.posteriorMean() },
  ]
}
