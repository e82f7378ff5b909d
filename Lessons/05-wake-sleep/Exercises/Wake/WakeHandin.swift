import JSONText
import LessonKit
import Models

extension WakeExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Each layer learns from its own two neighbours: nothing was propagated back. It is the gradient of the \
      ELBO by θ, without a trick, because q does not contain θ.
      """,
    HandinPart(
      "step",
      "Δθ of one pattern: its hidden layers are drawn from q, then every generative layer is corrected towards "
        + "what was drawn.",
      given: HelmholtzMachine.arguments + [.numbers("pattern", "x, a list of zeros and ones")],
      returns: .numbers("Δθ, in the order of theta").random, \.step
    ) { program, right in
      { machine, pattern, choices in
        try program.draw(machine.given(pattern), &choices) { try right(machine, pattern, &$0) }
      }
    })
}

// MARK: A machine, as data

extension HelmholtzMachine {
  /// How a machine is handed over.
  static let arguments: [HandinArgument] = [
    .numbers("units", "the number of units of each layer, the top first, x last"),
    .numbers(
      "theta",
      "the top biases b, then from the top down for each layer the weights (W_ij of parent i to child j, row "
        + "by row) and the biases c_j: on with probability σ(c_j + Σ_i z_i W_ij)"),
    .numbers(
      "phi",
      "from x up for each recognition layer the weights (R_ij of the unit i that is read to unit j, row by row) "
        + "and the biases r_j"),
  ]

  /// This machine.
  var given: JSON { ["units": units, "theta": .given(theta), "phi": .given(phi)] }

  /// This machine and a pattern.
  func given(_ pattern: [Bool]) -> JSON {
    [
      "units": units, "theta": .given(theta), "phi": .given(phi),
      "pattern": .array(pattern.map { .given($0 ? 1 : 0) }),
    ]
  }

  /// The same, and how many draws.
  func given(_ pattern: [Bool], samples: Int) -> JSON {
    [
      "units": units, "theta": .given(theta), "phi": .given(phi),
      "pattern": .array(pattern.map { .given($0 ? 1 : 0) }), "samples": .given(samples),
    ]
  }

  private var units: JSON { .array((hiddenUnitCounts + [observedUnits]).map { .given($0) }) }

  private var theta: [Double] { generative.parameters }

  private var phi: [Double] { recognition.parameters }
}
