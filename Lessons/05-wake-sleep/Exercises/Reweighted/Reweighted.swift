import Approximate
import GSL
import LessonKit
import Models
import Probability

extension ReweightedExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MachineProblem>(
    id: "reweighted", title: "Several recognitions, weighed",
    task: """
      Write `step`: draw K settings of q for the pattern, weigh each by w = p(x,z)/q(z|x), and \
      return the weighted means of ∇_θ log p(x,z) and of ∇_φ log q(z|x), with weights that sum to \
      one, and log of the mean of the K weights, \
      L̂.
      """,
    hints: [
      "log w(z) = log p(x, z) − log q(z|x), and both are sums over units that are on or off.",
      "Normalise in log space: w̄_k = exp(log w_k − log Σ_l w_l).",
      "L̂ = log Σ_k w_k − log K.",
    ],
    example: try .example(), draw: { try .randomShallow(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      With one draw its weight is 1, whatever was drawn, and recognition learns nothing. With \
      two draws Δθ is not yet the slope of log p(x):
      """)

  static let answer = Parts(step: { machine, x, samples, choices in
    let step = try machine.reweighted(x, samples: samples, &choices)
    return Step(theta: step.wake, phi: step.recognition, bound: step.bound)
  })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("weighs-all-alike", "1/K for each draw", \.step) { machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      return step(
        machine, x, drawn.draws, drawn.weights.map { _ in 1 / Double(samples) }, drawn.bound)
    },
    Mistake(
      "leaves-the-weights-unnormalised", "(1/K) Σ w_k ∇ log p: multiplied by about p(x)", \.step
    ) { machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      let weights = drawn.draws.map { exp(machine.logWeight($0, given: x)) / Double(samples) }
      return step(machine, x, drawn.draws, weights, drawn.bound)
    },
    Mistake(
      "weighs-by-the-joint", "w = p(x,z): q has had its say once, and is not divided out", \.step
    ) {
      machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      let joint = WeightedDraws(drawn.draws) { machine.generative.logJoint($0 + [x]) }
      return step(machine, x, joint.draws, joint.weights, joint.bound)
    },
    Mistake("weighs-upside-down", "w = q(z|x)/p(x,z)", \.step) { machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      let turned = WeightedDraws(drawn.draws) { -machine.logWeight($0, given: x) }
      return step(machine, x, turned.draws, turned.weights, drawn.bound)
    },
    Mistake("keeps-the-heaviest", "the draw of the largest weight alone", \.step) {
      machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      // The first of those that are the heaviest up to rounding.
      let most = drawn.weights.max() ?? 0
      let best = drawn.weights.firstIndex { $0 > most - 1e-9 } ?? 0
      return step(
        machine, x, drawn.draws, drawn.weights.indices.map { $0 == best ? 1 : 0 }, drawn.bound)
    },
    Mistake("forgets-log-k", "log Σ w_k without − log K", source: "YosefLab/scVI-dev #8", \.step) {
      machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      return step(machine, x, drawn.draws, drawn.weights, drawn.bound + log(Double(samples)))
    },
    Mistake(
      "averages-the-logarithms", "(1/K) Σ log w_k: the ELBO again, however many draws",
      source: "Pyro #3104, order of log and sum", \.step
    ) { machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      let mean =
        drawn.draws.reduce(0) { $0 + machine.logWeight($1, given: x) } / Double(samples)
      return step(machine, x, drawn.draws, drawn.weights, mean)
    },
    Mistake(
      "differentiates-the-weights",
      "the w̄_k are not held constant: Σ log q(z_k|x) ∇_φ w̄_k is added",
      source: "AntixK/PyTorch-VAE #34 and #53", \.step
    ) { machine, x, samples, choices in
      let drawn = try machine.weightedDraws(x, samples: samples, &choices)
      let right = step(machine, x, drawn.draws, drawn.weights, drawn.bound)
      // ∇_φ w̄_k = w̄_k (Σ_l w̄_l s_l − s_k), as log w_k contains −log q(z_k|x).
      let phi = right.phi.indices.map { i in
        zip(drawn.draws, drawn.weights).reduce(right.phi[i]) { total, draw in
          let score = machine.recognition.delta((draw.0 + [x]).map(bits))[i]
          return total + machine.recognition.logProbability(draw.0, given: x) * draw.1
            * (right.phi[i] - score)
        }
      }
      return Step(theta: right.theta, phi: phi, bound: right.bound)
    },
  ]

  /// A step of draws with weights that need not be right.
  private static func step(
    _ machine: HelmholtzMachine, _ x: [Bool], _ draws: [[[Bool]]], _ weights: [Double],
    _ bound: Double
  ) -> Step {
    func average(_ values: [[Double]]) -> [Double] {
      (values.first ?? []).indices.map { i in
        zip(weights, values).reduce(0) { $0 + $1.0 * $1.1[i] }
      }
    }
    let settings = draws.map { ($0 + [x]).map(bits) }
    return Step(
      theta: average(settings.map(machine.generative.delta)),
      phi: average(settings.map(machine.recognition.delta)), bound: bound)
  }
}
