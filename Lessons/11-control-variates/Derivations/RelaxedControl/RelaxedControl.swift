import Approximate
import GSL
import LessonKit
import Models
import Probability

extension RelaxedControlDerivation {
  /// The derivation, the library's estimators run at given draws, and the ways to get them wrong.
  static let derivation = Derivation<Parts, LatentProblem>(
    id: "relaxed-control", title: "A softened bit as a control variate", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The softened bit is taken away and added back, so it leaves no trace in the mean, \
      whatever h is:
      """)

  static let answer = Parts(
    tied: { problem, bit, z in
      var run = problem.run(bit, z)
      return try Zoo.estimate("rebar", rebar(problem), of: problem.discrete, &run)[0]
    },
    given: { try half(0, $0, $1, $2) }, free: { try half(1, $0, $1, $2) },
    relax: { problem, bit, z in
      var run = problem.run(bit, z)
      let settings: [String: ZooValue] = [
        "temperature": .number(problem.temperature), "control": .function(.powers(problem.other)),
        "coupled": .flag(true),
      ]
      return try Zoo.estimate("relax", settings, of: problem.discrete, &run)[0]
    })

  private static func rebar(
    _ problem: LatentProblem, tied: Bool = true
  ) -> [String: ZooValue] {
    [
      "temperature": .number(problem.temperature), "eta": .number(problem.eta),
      "coupled": .flag(tied),
    ]
  }

  /// One of the two terms whose latent numbers are independent given z.
  private static func half(
    _ index: Int, _ problem: LatentProblem, _ bit: Int, _ z: Double
  ) throws -> Double {
    let program = try Zoo.program("rebar", rebar(problem, tied: false), of: problem.discrete)
    guard let halves = program as? UncoupledControl else { return .nan }
    var run = problem.run(bit, z)
    let given = try halves.given(problem.discrete, &run)
    return try halves.part(index, given, problem.discrete, &run)[0]
  }
}

extension LatentProblem {
  /// A run that draws this bit and this latent number.
  func run(_ bit: Int, _ z: Double) -> GivenRun {
    // A side of length r is made of v, with σ(r − m) = v σ(m) + σ(−m).
    let m = bit == 1 ? logit : -logit
    return GivenRun(picks: [bit], uniforms: [(sigmoid(abs(z) - m) - sigmoid(-m)) / sigmoid(m)])
  }
}

// MARK: The ways to get it wrong

extension RelaxedControlDerivation {
  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "conditions-on-the-other-side",
      "ζ̃ of the wrong sign: it contradicts the bit that it is drawn given",
      source:
        "Storchastic #88: every conditional sample of a bit that is on has the sign of one that is off",
      \.given
    ) { problem, bit, z in given(problem, bit, -z, moving: problem.rate(bit, z)) },
    Mistake(
      "blocks-the-conditional-slope",
      "forgets − η ∂h(ỹ)/∂θ: automatic differentiation stopped at ζ̃",
      source:
        "pydrobert-pytorch #9, duvenaud/relax #6: gradients of the control took the wrong path",
      \.given
    ) { problem, bit, z in given(problem, bit, z, moving: 0) },
    Mistake(
      "moves-with-the-logit", "∂ζ̃/∂θ = 1, as for ζ: but ζ̃ is held on its side of the threshold",
      \.given
    ) { problem, bit, z in given(problem, bit, z, moving: 1) },
    Mistake("forgets-the-free-slope", "subtracts a control and puts nothing back", \.free) {
      _, _, _ in 0
    },
    Mistake(
      "probability-for-logit", "y = σ((p + Λ)/τ): sigmoid(logit) stands where the logit belongs",
      source: "duvenaud/relax, relax-autograd/relax.py", \.free
    ) { problem, _, z in
      let shifted = z - problem.logit + sigmoid(problem.logit)
      return problem.eta * softSlope(problem, shifted)
    },
    Mistake(
      "forgets-the-temperature", "∂y/∂θ = y (1 − y), without 1/τ", \.free,
      from: { right in { try right($0, $1, $2) * $0.temperature } }),
    Mistake(
      "adds-the-relaxed", "f + h in place of f − h, the slopes as they were", \.relax,
      from: { right in
        { problem, bit, z in
          let score = Double(bit) - sigmoid(problem.logit)
          return try right(problem, bit, z)
            + 2 * LatentProblem.value(problem.other, at: problem.relaxed(z)) * score
        }
      }),
    Mistake(
      "shares-the-score-alone", "η on h(ỹ) s, and the slopes with weight 1", \.tied,
      from: { right in
        { problem, bit, z in
          let whole = try right(problem.with(eta: 1), bit, z)
          let score = Double(bit) - sigmoid(problem.logit)
          let control = LatentProblem.value(problem.powers, at: problem.relaxed(z))
          return whole + (1 - problem.eta) * control * score
        }
      }),
  ]

  /// (f(z) − η f(ỹ)) s − η ∂f(ỹ)/∂θ, where ζ̃ moves so fast with the logit.
  private static func given(
    _ problem: LatentProblem, _ bit: Int, _ z: Double, moving rate: Double
  ) -> Double {
    let score = Double(bit) - sigmoid(problem.logit)
    let value = LatentProblem.value(problem.powers, at: Double(bit))
    let control = LatentProblem.value(problem.powers, at: problem.relaxed(z))
    return (value - problem.eta * control) * score - problem.eta * rate * softSlope(problem, z)
  }

  /// ∂f(y)/∂θ at a latent number.
  private static func softSlope(_ problem: LatentProblem, _ z: Double) -> Double {
    problem.slope(at: problem.relaxed(z)) * problem.softSlope(at: z)
  }
}

extension LatentProblem {
  /// ∂ζ̃/∂θ: P(z) (1 − e^(−|ζ̃|)).
  fileprivate func rate(_ bit: Int, _ z: Double) -> Double {
    sigmoid(bit == 1 ? logit : -logit) * -expm1(-abs(z))
  }
}
