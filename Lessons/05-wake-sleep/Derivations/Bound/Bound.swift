import Approximate
import GSL
import LessonKit
import Models
import Probability

extension BoundDerivation {
  /// The bound of a machine, and the ways to get it wrong.
  static let derivation = Derivation<Parts, MachineProblem>(
    id: "bound", title: "A machine and its bound", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(
    logWeight: { machine, x, choices in
      try machine.weightedDraws(x, samples: 1, &choices).bound
    },
    units: { machine, x, choices in
      try machine.recognition.sample(given: x, &choices).reversed().flatMap(bits)
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("forgets-the-top", "log p(x|z) without the prior of the top units", \.logWeight) {
      machine, x, choices in
      let hidden = try machine.recognition.sample(given: x, &choices)
      return machine.logWeight(hidden, given: x)
        - machine.generative.delta0(of: hidden[0])
    },
    Mistake(
      "counts-q-once-more", "log p(x,z) − 2 log q(z|x): the entropy goes in twice", \.logWeight
    ) { machine, x, choices in
      let hidden = try machine.recognition.sample(given: x, &choices)
      return machine.logWeight(hidden, given: x)
        - machine.recognition.logProbability(hidden, given: x)
    },
    Mistake(
      "recognises-the-negative", "a unit is on with probability 1 − σ(a)", \.units
    ) { machine, x, choices in
      try machine.recognition.sample(given: x, &choices).reversed().flatMap(bits).map { 1 - $0 }
    },
    Mistake(
      "one-number-for-a-layer", "a unit is on where u < σ(a), with one u for the whole layer",
      \.units
    ) { machine, x, choices in
      var below = x
      return try machine.recognition.layers.flatMap { layer in
        below = try drawnTogether(layer.activations(below: below).map(sigmoid), &choices)
        return bits(below)
      }
    },
    Mistake(
      "draws-from-the-means", "the second layer reads the means of the first, not its states",
      source: "E-042", \.units
    ) { machine, x, choices in
      try machine.recognition.means(given: x).reversed().flatMap { means in
        try means.map { try choices.flip($0) ? 1.0 : 0 }
      }
    },
  ]
}

/// Bits with given probabilities, on where one number u for all of them is below their own.
///
/// The likeliest bit is drawn first. Another one can be on only if all that are likelier are.
private func drawnTogether(
  _ probabilities: [Double], _ choices: inout Exhaustive
) throws -> [Bool] {
  var drawn = probabilities.map { _ in false }
  var above = 1.0
  for unit in probabilities.indices.sorted(by: { probabilities[$0] > probabilities[$1] }) {
    guard try choices.flip(probabilities[unit] / above) else { break }
    drawn[unit] = true
    above = probabilities[unit]
  }
  return drawn
}

/// Zeros and ones.
func bits(_ units: [Bool]) -> [Double] { units.map { $0 ? 1 : 0 } }

extension SigmoidBeliefNetwork {
  /// log p(top).
  fileprivate func delta0(of top: [Bool]) -> Double {
    zip(top, bias).reduce(0) { $0 + logSigmoid($1.0 ? $1.1 : -$1.1) }
  }
}
