import Approximate
import LessonKit
import Models
import Probability

extension MeansDerivation {
  /// Means for states, and the ways to get even that wrong.
  static let derivation = Derivation<Parts, MachineProblem>(
    id: "means", title: "Means in the place of states", example: try .example(),
    draw: { try .randomShallow(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      So the rule climbs F̂. That is not the ELBO, and it bounds nothing: with one hidden unit \
      it may lie above log p(x).
      """)

  private static let answer = Parts(
    step: { $0.wakeWithMeans($1) }, average: { $0.averageWakeWithMeans($1) },
    objective: { $0.meanFieldObjective($1) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("rounds-the-means", "ẑ is set to 1 where it is above ½: the likeliest state", \.step) {
      machine, x in
      let states = machine.recognition.means(given: x).map { $0.map { $0 >= 0.5 ? 1.0 : 0 } }
      return machine.generative.delta(states + [bits(x)])
    },
    Mistake(
      "counts-kinds-of-patterns", "every kind of pattern once, however frequent it is", \.average
    ) {
      machine, data in
      machine.averageWakeWithMeans(try BitPatterns(uniform: data.patterns))
    },
    Mistake("forgets-the-entropy", "log p(x, ẑ) alone", \.objective) { machine, x in
      machine.meanFieldObjective(x)
        - machine.recognition.means(given: x).reduce(0) { $0 + BernoulliFactors($1).entropy }
    },
    Mistake("subtracts-the-entropy", "log p(x, ẑ) − H(ẑ)", \.objective) { machine, x in
      machine.meanFieldObjective(x)
        - 2 * machine.recognition.means(given: x).reduce(0) { $0 + BernoulliFactors($1).entropy }
    },
    Mistake("predicts-the-mean-of-the-prior", "z is replaced by σ(b), which knows no x", \.step) {
      machine, x in
      let prior = BernoulliFactors(logits: machine.generative.bias).probabilities
      return machine.generative.delta([prior, bits(x)])
    },
  ]
}
