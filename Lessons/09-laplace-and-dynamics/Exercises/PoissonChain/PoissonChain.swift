import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension PoissonChainExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ChainProblem>(
    id: "poisson-chain",
    title: "Counts along a walk",
    task: """
      Write the `parabola` that stands for a count, the `smoothed` states of a walk with such parabolas, `laplace`, which \
      smooths until nothing moves, and its log-evidence.
      """,
    hints: [
      "A parabola h z − ½ J z² has the slope h − J z. Match slope and curvature of y (z + c) − e^(z + c).",
      "J and h add to the precision and to precision times mean, in the filter and on the way back.",
      "The evidence: what the filter says of the parabolas, and at ẑ what they leave out.",
    ],
    example: try .twoSteps(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      No matrix was inverted for all this. In the code `smoothed` is one round of Kalman's smoother, and \
      the rounds end when the means stand still.
      """)

  static let answer = Parts(
    parabola: { count, offset, z in
      let found = PoissonChain.parabola(of: count, offset: offset, touchingAt: z)
      return Parabola(linear: found.linear, precision: found.precision)
    },
    smoothed: { smoothed(try law($0, $1)) },
    laplace: { smoothed(try ChainLaplace(of: $0).law) },
    evidence: { try ChainLaplace(of: $0).logEvidence })

  private static func law(
    _ model: PoissonChain, _ parabolas: [Parabola]
  ) throws -> GaussianChainLaw {
    try model.smoothed(with: parabolas.map { ($0.linear, $0.precision) })
  }

  private static func smoothed(_ law: GaussianChainLaw) -> Smoothed {
    let states = law.chain.potentials.indices.map { law.state(at: $0) }
    return Smoothed(
      means: states.map { $0.mean[0] }, variances: states.map { $0.covariance[0] })
  }

  /// The mode by parabolas of any kind, sixty times.
  private static func iterated(
    _ model: PoissonChain, rounds: Int = 60, from start: [Double]? = nil,
    _ parabola: (Int, Double) -> Parabola
  ) throws -> Smoothed {
    var found = Smoothed(
      means: start ?? model.counts.map { log(Double($0) + 0.5) - model.offset }, variances: [])
    for _ in 0..<rounds {
      found = smoothed(try law(model, found.means.enumerated().map { parabola($0, $1) }))
    }
    return found
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-where-it-touches", "h = y − λ, without the λ z that moves the parabola to its place",
      \.parabola,
      from: { right in
        { count, offset, z in
          var found = try right(count, offset, z)
          found.linear -= found.precision * z
          return found
        }
      }),
    Mistake(
      "rate-for-variance", "takes λ for the variance of the pseudo-observation, J = 1/λ",
      \.parabola,
      from: { right in
        { count, offset, z in
          let found = try right(count, offset, z)
          let slope = found.linear - found.precision * z
          return Parabola(linear: slope + z / found.precision, precision: 1 / found.precision)
        }
      }),
    Mistake(
      "filters-only", "stops after the pass from the past", \.smoothed,
      { model, parabolas in
        let law = try law(model, parabolas)
        let filtered = law.forward.enumerated().map { t, belief in
          belief.conditioned(on: law.chain.potentials[t]).belief
        }
        return Smoothed(
          means: filtered.map { $0.mean[0] }, variances: filtered.map { $0.covariance[0] })
      }),
    Mistake(
      "one-round", "takes the first smoothed means for the mode",
      source: "one step of an extended Kalman filter", \.laplace,
      { model in
        try iterated(model, rounds: 1) { t, z in
          let rate = exp(z + model.offset)
          return Parabola(
            linear: Double(model.counts[t]) - rate + rate * z, precision: rate)
        }
      }),
    Mistake(
      "each-count-alone", "finds a mode for each z_t from its own count and prior variance",
      source: "StateSpaceDynamics.jl #145 took marginals for the joint", \.laplace,
      { model in
        var (mean, variance) = (model.initialMean, model.initialVariance)
        var found = Smoothed(means: [], variances: [])
        for count in model.counts {
          let alone = try ChainLaplace(
            of: PoissonChain(
              initialMean: mean, initialVariance: variance, dynamics: 0, noise: 1,
              offset: model.offset, counts: [count]))
          let state = alone.law.state(at: 0)
          found.means.append(state.mean[0])
          found.variances.append(state.covariance[0])
          (mean, variance) = (
            model.dynamics * mean, model.dynamics * model.dynamics * variance + model.noise
          )
        }
        return found
      }),
    Mistake(
      "variances-of-the-parabolas", "returns 1/λ̂, what a count says alone, for the variance of q",
      \.laplace,
      from: { right in
        { model in
          let found = try right(model)
          return Smoothed(
            means: found.means, variances: found.means.map { exp(-$0 - model.offset) })
        }
      }),
    Mistake(
      "evidence-of-the-parabolas", "returns log Z, as if the parabolas were the counts", \.evidence,
      { try ChainLaplace(of: $0).law.logPartition }),
    Mistake(
      "joint-at-the-mode", "returns log p(y, ẑ), a density and no evidence",
      source: "ssm #72: an objective that looked better than it was", \.evidence,
      { model in model.logJoint(try ChainLaplace(of: model).mode) }),
  ]
}
