import Approximate
import LessonKit
import Models
import Probability

extension OptimumDerivation {
  /// A perfect model that does not stay, and the ways to get that wrong.
  static let derivation = Derivation<Parts, MachineProblem>(
    id: "optimum", title: "A perfect model that does not stay",
    example: try .explainingAway(), draw: { try MachineProblem.random(&$0).dreaming() },
    checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Wake is the slope of the bound here too. Sleep stands still at this place, where the bound \
      could still rise:
      """)

  private static let answer = Parts(
    wake: { try $0.expectedWake($1) }, sleep: { try $0.expectedSleep() })

  /// The mean over data of another wake step.
  private static func awake(
    _ step: @escaping @Sendable (HelmholtzMachine, [Bool], inout Exhaustive) throws -> [Double]
  ) -> @Sendable (HelmholtzMachine, BitPatterns) throws -> [ExactValue] {
    { machine, data in try MachineProblem(machine: machine, data: data).mean(step) }
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "wakes-with-the-posterior", "z is drawn from p(z|x): nothing pulls, and nothing is amortised",
      \.wake,
      awake { machine, x, choices in
        let settings = BitStates(of: machine.hiddenUnits).indices.map(machine.hiddenSetting)
        let law = SoftmaxLaw(logits: settings.map { machine.generative.logJoint($0 + [x]) })
        let z = settings[try choices.choose(law.probabilities)]
        return machine.generative.delta((z + [x]).map(bits))
      }),
    Mistake("dreams-of-no-cause", "the top units of a dream are fair coins", \.sleep) { machine in
      let fair = try SigmoidBeliefNetwork(
        bias: machine.generative.bias.map { _ in 0 }, layers: machine.generative.layers)
      return try exactMeans { machine.recognition.delta(try fair.sample(&$0).map(bits)) }
    },
    Mistake(
      "assigns-instead-of-adding", "θ is set to the step: what is returned is Δθ − θ",
      source: "vadim0x60/wakesleep #1", \.wake,
      awake { machine, x, choices in
        zip(try machine.wake(x, &choices), machine.generative.parameters).map { $0 - $1 }
      }),
  ]
}
