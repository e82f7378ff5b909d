import JSONText
import LessonKit
import Models

extension ReweightedExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      The weights are numbers here, no function to be differentiated: that is what makes it wake-sleep. With \
      one draw it is wake again; with many it climbs log p(x) itself, and φ descends KL(p‖q) at the data.
      """,
    HandinPart(
      "step",
      "Draws K settings of q for the pattern, weighs each by w = p(x, z)/q(z|x), and returns the weighted means "
        + "of ∇_θ log p(x, z) and ∇_φ log q(z|x), the weights summing to one, and log of the mean of the K w.",
      given: HelmholtzMachine.arguments + [
        .numbers("pattern", "x, a list of zeros and ones"), .integer("samples", "K"),
      ],
      returns: .numbers("Δθ in the order of theta, then Δφ in the order of phi, then L̂").random,
      \.step
    ) { program, right in
      { machine, pattern, samples, choices in
        let generative = machine.generative
        let count = generative.layers.reduce(generative.bias.count) {
          $0 + $1.weights.joined().count + $1.bias.count
        }
        let row = try program.draw(machine.given(pattern, samples: samples), &choices) {
          let step = try right(machine, pattern, samples, &$0)
          return step.theta + step.phi + [step.bound]
        }
        return Step(
          theta: Array(row.prefix(count)), phi: Array(row.dropFirst(count).dropLast()),
          bound: row.last ?? .nan)
      }
    })
}
