import JSONText
import LessonKit
import Models

extension ForwardExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      K^T paths have become T rounds of K² sums, because whatever comes after a state does not ask how it was \
      reached. The same recursion with maxima for sums finds the best path, and its derivative \
      is the backward pass.
      """,
    HandinPart(
      "messages", "α_t(k) = log p(x_1 … x_t, z_t = k).",
      given: HiddenMarkovSequence.arguments,
      returns: .matrix("a row a step, a column a state"), \.messages
    ) { program, right in
      { sequence in program.matrix(sequence.given) { right(sequence) } }
    },
    HandinPart(
      "log_evidence", "log p(x_1 … x_T), right even where p(x) is too small for a double.",
      given: HiddenMarkovSequence.arguments, returns: .number("log p(x)"), \.logEvidence
    ) { program, right in
      { sequence in program.number(sequence.given) { right(sequence) } }
    })
}

extension HiddenMarkovSequence {
  /// What a program outside is told that it is given.
  static let arguments: [HandinArgument] = [
    .numbers("initial", "p(z_1 = k), one number a state"),
    .matrix("transition", "p(z_t = j | z_{t−1} = i) in row i, column j"),
    .matrix("emission", "p(x_t = v | z_t = k) in row k, column v"),
    .numbers("observations", "x_1 … x_T, each a whole number: a column of the emissions, from 0"),
  ]

  /// What a program outside is given.
  var given: JSON {
    [
      "initial": .given(model.initial), "transition": .given(model.transition),
      "emission": .given(model.emission), "observations": .array(observations.map { .given($0) }),
    ]
  }
}
