import Approximate
import LessonKit
import Models
import Probability

extension StepDerivation {
  /// One step of the training, as it reads and as it runs, and the ways to get it wrong.
  static let derivation = Derivation<Parts, MachineProblem>(
    id: "step", title: "One step on a batch", example: try .pairOfPatterns(.example()),
    draw: { try .pairOfPatterns(.randomShallow(&$0)) }, checks: checks, answer: answer,
    mistakes: mistakes,
    afterChain: """
      A step is first awake and then asleep, and it is the new θ that dreams. What trains below is \
      other code, in blocks of patterns; both are compared here, from the same choices.
      """)

  private static let answer = Parts(
    step: { machine, batch, rate in
      var choices = Likelier()
      return try machine.trained(on: batch, rate: rate, &choices)
    },
    kernel: { machine, batch, rate in
      var training = try WakeSleepTraining(machine, batchSize: batch.count, rate: rate)
      training.step(on: batch) { 0.5 }
      return try training.machine
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("sums-the-batch", "a sum over the batch in place of its mean", \.step) {
      machine, batch, rate in try answer.step(machine, batch, rate * Double(batch.count))
    },
    Mistake("dreams-before-it-wakes", "the dreams are those of the old θ", \.step) {
      machine, batch, rate in
      var choices = Likelier()
      let woken = try answer.step(machine, batch, rate).generative
      return try HelmholtzMachine(generative: woken, recognition: machine.recognition)
        .moved(recognition: try machine.sleep(&choices), by: rate)
    },
    Mistake("forgets-to-sleep", "recognition stays as it was", \.kernel) { machine, batch, rate in
      try HelmholtzMachine(
        generative: try answer.kernel(machine, batch, rate).generative,
        recognition: machine.recognition)
    },
    Mistake("takes-two-steps", "a step for each half of the batch", \.kernel) {
      machine, batch, rate in
      let half = try answer.kernel(machine, Array(batch.prefix(1)), rate)
      return try answer.kernel(half, Array(batch.dropFirst()), rate)
    },
  ]
}

/// Choices that draw nothing: every bit takes its likelier value.
private struct Likelier: DiscreteChoicesProtocol {
  mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool { probability > 0.5 }

  mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    probabilities.firstIndex(of: probabilities.max() ?? 0) ?? 0
  }

  mutating func choose(below count: Int) throws(ChoiceError) -> Int { 0 }
}
