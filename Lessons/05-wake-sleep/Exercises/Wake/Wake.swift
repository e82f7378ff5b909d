import Approximate
import GSL
import LessonKit
import Models
import Probability

extension WakeExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MachineProblem>(
    id: "wake", title: "Awake: predict what was recognised",
    task: """
      Write `step`: recognise the pattern by drawing every hidden layer from q, with the choices \
      you are given, and return what each generative layer would have to change to predict the \
      layer below it: state of the parent times (state of the child − its probability), and the \
      bracket alone for a bias. The top units have biases and no parents.
      """,
    hints: [
      "Draw from x up: unit j of a layer is on with probability σ(r_j + Σ_i R_ij · unit i below).",
      "Then go down from the top to x: each layer is predicted from the one above it.",
      "Δb = z − σ(b); ΔW_ij = z_i (x_j − σ(a_j)); Δc_j = x_j − σ(a_j), a_j = c_j + Σ_i z_i W_ij.",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Both lines are about the bound. The slope of log p(x) is another:
      """)

  static let answer = Parts(step: { try $0.wake($1, &$2) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "puts-means-for-states", "ẑ = E_q[z] in the place of a draw", source: "E-042", \.step
    ) { machine, x, _ in machine.wakeWithMeans(x) },
    Mistake(
      "turns-the-error", "probability minus state: θ runs down", source: "sign errors, Pyro #1982",
      \.step
    ) { machine, x, choices in try machine.wake(x, &choices).map { -$0 } },
    Mistake(
      "trains-on-a-dream", "the states come from the generative network, as in sleep",
      source: "vadim0x60/wakesleep #1", \.step
    ) { machine, x, choices in
      let dream = try machine.generative.sample(&choices).dropLast()
      return machine.generative.delta((dream + [x]).map(bits))
    },
    Mistake("forgets-the-top-biases", "layers learn, the prior does not", \.step) {
      machine, x, choices in
      let step = try machine.wake(x, &choices)
      let top = machine.generative.bias.count
      return step.indices.map { $0 < top ? 0 : step[$0] }
    },
    Mistake(
      "multiplies-by-the-slope", "the error times σ(a)(1 − σ(a)), as for a squared error",
      source: "E-037", \.step
    ) { machine, x, choices in
      let settings = try machine.recognition.sample(given: x, &choices) + [x]
      let top = zip(bits(settings[0]), machine.generative.bias).map { $0 - sigmoid($1) }
      return zip(machine.generative.layers, zip(settings, settings.dropFirst())).reduce(top) {
        $0 + $1.0.squaredErrorDelta(of: bits($1.1.1), reading: bits($1.1.0))
      }
    },
    Mistake(
      "recognises-another-pattern", "z is drawn for the pattern turned round", \.step
    ) { machine, x, choices in
      let hidden = try machine.recognition.sample(given: x.map { !$0 }, &choices)
      return machine.generative.delta((hidden + [x]).map(bits))
    },
  ]
}
