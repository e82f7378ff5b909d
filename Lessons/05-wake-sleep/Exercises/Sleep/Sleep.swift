import Approximate
import LessonKit
import Models
import Probability

extension SleepExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MachineProblem>(
    id: "sleep", title: "Asleep: recognise what was dreamt",
    task: """
      Write `step`: dream with the choices you are given, and return what each recognition layer \
      would have to change to predict the layer above it from the layer below: state that is read \
      times (state that was dreamt − its probability), and the bracket alone for a bias. For \
      comparison write `printed`, the rule of a squared error, with one factor more.
      """,
    hints: [
      "Dream from the top down: the top units from their biases, then each layer from the one "
        + "above it, x last.",
      "Recognition reads from below: the first layer of φ reads x, and its target is the lowest "
        + "hidden layer of the dream.",
      "Δr_j = z_j − σ(a_j), ΔR_ij = x_i (z_j − σ(a_j)), a_j = r_j + Σ_i x_i R_ij. The "
        + "factor f (1 − f), f = σ(a_j), belongs to `printed` alone.",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Two slopes look like this one and are not. The first is averaged over data in the place of \
      dreams, the second has the other order of the divergence as well:
      """)

  static let answer = Parts(
    step: { try $0.sleep(&$1) }, printed: { try $0.sleepOnSquaredError(&$1) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "descends-a-squared-error", "the rule as printed: each error times f (1 − f)",
      source: "E-037", \.step
    ) { machine, choices in try machine.sleepOnSquaredError(&choices) },
    Mistake(
      "predicts-its-own-draw", "x is dreamt, z is drawn from q: the error has mean zero", \.step
    ) { machine, choices in
      let x = try machine.generative.sample(&choices).last ?? []
      return machine.recognition.delta(
        (try machine.recognition.sample(given: x, &choices) + [x]).map(bits))
    },
    Mistake(
      "trains-on-recognised-states", "sleep with the states of the wake phase",
      source: "vadim0x60/wakesleep #1", \.step
    ) { machine, choices in
      let x = Array(repeating: true, count: machine.observedUnits)
      return machine.recognition.delta(
        (try machine.recognition.sample(given: x, &choices) + [x]).map(bits))
    },
    Mistake("runs-away", "probability minus dream", source: "sign errors, Pyro #1982", \.step) {
      machine, choices in try machine.sleep(&choices).map { -$0 }
    },
    Mistake(
      "dreams-of-fair-coins", "the top units of a dream are fair, whatever b is", \.step
    ) { machine, choices in
      let fair = try SigmoidBeliefNetwork(
        bias: machine.generative.bias.map { _ in 0 }, layers: machine.generative.layers)
      return machine.recognition.delta(try fair.sample(&choices).map(bits))
    },
    Mistake(
      "dreams-in-probabilities", "x is the probability of each pixel, not a picture",
      source: "E-042", \.step
    ) { machine, choices in
      let dream = try machine.generative.sample(&choices)
      let lowest = machine.generative.layers.last.map {
        $0.activations(below: dream[dream.count - 2])
      }
      let x = BernoulliFactors(logits: lowest ?? []).probabilities
      return machine.recognition.delta(dream.dropLast().map(bits) + [x])
    },
    Mistake(
      "prints-the-right-rule", "the rule of the divergence where the printed one is asked for",
      \.printed
    ) { machine, choices in try machine.sleep(&choices) },
    Mistake(
      "halves-the-printed-rule", "the printed rule with the ½ of the squared error taken twice",
      \.printed
    ) { machine, choices in try machine.sleepOnSquaredError(&choices).map { 0.5 * $0 } },
  ]
}
