import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension InitialStateDerivation {
  /// The derivation, the library's code in it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, SpikeProblem>(
    id: "initial-state",
    title: "One number for a whole sequence",
    example: .oneThenTwo(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    afterChain: """
      Both lines hold for a sequence of any length. In the code one draw of ε makes one start, and the \
      network does the rest:
      """)

  static let answer = Parts(
    logJoint: { problem, g in
      NormalLaw(mean: 0, variance: 1).logDensity(g)
        + problem.generator.logLikelihood(of: problem.counts, from: Vector(g))
    },
    draw: { problem, noise in autoencoder(problem).elbo(of: problem.counts, noise: noise) })

  /// An autoencoder whose encoder says m and s whatever it reads.
  private static func autoencoder(_ problem: SpikeProblem) -> SpikeAutoencoder {
    let inputs = problem.counts.array.count
    return SpikeAutoencoder(
      generator: problem.generator,
      encoder: Perceptron(
        hidden: Linear(weights: Matrix(zeros: 1, inputs), bias: Vector(zeros: 1)),
        output: Linear(
          weights: Matrix(zeros: 2, 1), bias: Vector([problem.mean, log(problem.deviation)]))))
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "starts-a-step-late", "takes the first rate after a step of the network, not before",
      source: "loops that update the state before they emit", \.logJoint,
      { problem, g in
        NormalLaw(mean: 0, variance: 1).logDensity(g) + problem.lateLogLikelihood(from: g)
      }),
    Mistake(
      "forgets-the-factorials", "leaves out log y_t!: a p(y) that is no probability", \.logJoint,
      from: { right in
        { problem, g in
          try right(problem, g)
            + problem.counts.array.reduce(0) { $0 + SpikeProblem.logFactorial($1) }
        }
      }),
    Mistake(
      "rate-without-link",
      "takes softplus(C χ + γ) for the rate where the model has an exponential",
      \.logJoint,
      { problem, g in
        var total = NormalLaw(mean: 0, variance: 1).logDensity(g)
        let logs = problem.generator.logRates(from: g, steps: problem.counts.rows)
        for (t, row) in logs.enumerated() {
          let rate = log1p(exp(row[0]))
          let count = problem.counts[t, 0]
          total += count * log(rate) - rate - SpikeProblem.logFactorial(count)
        }
        return total
      }),
    Mistake(
      "starts-at-the-mean", "starts the network from m for every draw", \.draw,
      from: { right in { problem, _ in try right(problem, 0) } }),
    Mistake(
      "deviation-for-variance", "takes √v for v in the divergence", \.draw,
      from: { right in
        { problem, noise in
          let v = problem.deviation * problem.deviation
          return try right(problem, noise) + 0.5 * (v - problem.deviation)
        }
      }),
  ]
}

extension SpikeProblem {
  /// log p(y|g) of counts that begin one step of the network too late.
  fileprivate func lateLogLikelihood(from g: Double) -> Double {
    let logs = generator.logRates(from: g, steps: counts.rows + 1)
    return (0..<counts.rows).reduce(0) { total, t in
      let (count, log) = (counts[t, 0], logs[t + 1][0])
      return total + count * log - exp(log) - SpikeProblem.logFactorial(count)
    }
  }

  /// log n!.
  fileprivate static func logFactorial(_ count: Double) -> Double {
    (2...max(2, Int(count))).reduce(0) { $0 + (Double($1) <= count ? log(Double($1)) : 0) }
  }
}
