import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `wake`: the step by θ of a machine that is awake.
enum WakeExercise {
  /// What is written.
  struct Parts: Sendable {
    /// Δθ of one pattern, in the order top biases, then each layer's weights and biases.
    var step: @Sendable (HelmholtzMachine, [Bool], inout Exhaustive) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [
    meanOfTheStep, insideTheMean, spread, averaged, notTheLikelihood, exactRecognition,
    withoutParents,
  ]

  static let meanOfTheStep = Check(
    "mean-of-the-step", "E[Δθ] = ∇_θ ELBO",
    because: "φ stands still, and with it the weights q(z|x) of the mean", claims: ["A-168"],
    as: .step
  ) { parts, problem in
    let found = try exactMeans { try parts.step(problem.machine, problem.pattern, &$0) }
    return .equal(
      found, try ExactRecognition(of: problem.machine, problem.pattern).elboGradient)
  }

  static let insideTheMean = Check(
    "inside-the-mean", "∇_θ ELBO = Σ_z q(z|x) ∇_θ log p(x,z)",
    because: "θ is in log p(x,z) alone, so the sum is differentiated term by term", as: .step
  ) { parts, problem in
    let found = try exactMeans { try parts.step(problem.machine, problem.pattern, &$0) }
    let machine = problem.machine
    let slopes = problem.hidden.map { machine.generative.logSlopes($0 + [problem.pattern]) }
    let weights = problem.hidden.map {
      ExactValue(machine.recognition.logProbability($0, given: problem.pattern)).exponential
    }
    let sums = found.indices.map { i in
      zip(weights, slopes).sum { $0 * ExactValue($1[i]) }
    }
    return .equal(found, sums)
  }

  static let spread = Check(
    "spread", "Var[Δb_i] = q(z_i=1|x) (1 − q(z_i=1|x))",
    because: "Δb = z − σ(b): the state is drawn, so the step is noisy; z is the top layer",
    as: .specialCase
  ) { parts, problem in
    let law = try exactMoments { try parts.step(problem.machine, problem.pattern, &$0) }
    let machine = problem.machine
    let marginals = machine.generative.bias.indices.map { i in
      problem.hidden.filter { $0[0][i] }.sum {
        ExactValue(machine.recognition.logProbability($0, given: problem.pattern)).exponential
      }
    }
    return .equal(
      Array(law.variances.prefix(marginals.count)), marginals.map { $0 * (1 - $0) },
      rounding: .of(size: 1, because: "variances of states that are 0 or 1"))
  }

  static let averaged = Check(
    "averaged", "E_D[E[Δθ]] = ∇_θ E_D[ELBO]",
    because: "a mean over patterns of what holds for each of them", claims: ["A-168"],
    as: .specialCase
  ) { parts, problem in
    .equal(try problem.mean(parts.step), try problem.onData().average(\.elboGradient))
  }

  static let notTheLikelihood = Check(
    "not-the-likelihood", "E[Δθ] ≠ ∇_θ log p(x)",
    because: "they differ by Σ_z (q(z|x) − p(z|x)) ∇_θ log p(x,z): recognition is not exact",
    as: .consequence
  ) { parts, problem in
    let exact = try ExactRecognition(of: problem.machine, problem.pattern)
    let found = try exactMeans { try parts.step(problem.machine, problem.pattern, &$0) }
    return .different(
      found, exact.likelihoodGradient,
      by: zip(exact.elboGradient, exact.likelihoodGradient).map { $0 - $1 }, atLeast: 1e-9,
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let exactRecognition = Check(
    "exact-recognition", "E[Δθ] = ∇_θ log p(x)  at q = p(z|x)",
    because: "one hidden unit is recognised exactly by a sigmoid: nothing is lost",
    as: .specialCase, changing: { try $0.recognisedExactly().machine.givens }
  ) { parts, problem in
    let single = try problem.recognisedExactly()
    let found = try exactMeans { try parts.step(single.machine, single.pattern, &$0) }
    return .equal(
      found, try ExactRecognition(of: single.machine, single.pattern).likelihoodGradient,
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let withoutParents = Check(
    "without-parents", "E[Δc_j] = x_j − σ(c_j)  at W = 0",
    because: "where parents say nothing, the observed units are predicted by their biases",
    as: .specialCase, changing: { try $0.withoutWeights().machine.givens }
  ) { parts, problem in
    let bare = try problem.withoutWeights()
    let found = try exactMeans { try parts.step(bare.machine, bare.pattern, &$0) }
    let bias = bare.machine.generative.layers.last?.bias ?? []
    return .equal(
      Array(found.suffix(bias.count)),
      zip(bare.pattern, bias).map { on, c in
        ExactValue(on ? sigmoid(-c) : -sigmoid(c), roundingBound: 4 * Double.ulpOfOne)
      })
  }
}

extension MachineProblem {
  /// The same machine, its generative network without weights.
  fileprivate func withoutWeights() throws -> MachineProblem {
    let generative = try SigmoidBeliefNetwork(
      bias: machine.generative.bias,
      layers: machine.generative.layers.map { layer in
        .init(weights: layer.weights.map { $0.map { _ in 0 } }, bias: layer.bias)
      })
    return MachineProblem(
      machine: try HelmholtzMachine(generative: generative, recognition: machine.recognition),
      data: data)
  }
}
