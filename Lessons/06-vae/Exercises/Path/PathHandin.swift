import JSONText
import LessonKit
import Models

extension PathExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The path through log q and its direct term cancel but for a constant: the 1 by s is the slope of the \
      entropy. Only what the noise leaves of g(z) is random, and so this estimate is calmer \
      than a score ever gets.
      """,
    HandinPart(
      "terms",
      "(∂/∂m, ∂/∂s) of f(m + σ ε) for one ε, where f(z) = log p(x, z) − log q(z) and log q contains m and s.",
      given: LinearGaussian.arguments, returns: .numbers("the derivatives by m and by s"),
      \.terms
    ) { program, right in
      { model, code, noise in
        program.numbers(model.given(code, noise)) { right(model, code, noise) }
      }
    },
    HandinPart(
      "average", "One estimate from those of several noises.",
      given: [.matrix("estimates", "a row (∂/∂m, ∂/∂s) a noise")],
      returns: .numbers("the estimate, two numbers"), \.average
    ) { program, right in
      { estimates in program.numbers(["estimates": .given(estimates)]) { right(estimates) } }
    })
}

// MARK: A line and a code, as data

extension LinearGaussian {
  /// How a line, a code and a noise are handed over.
  static let arguments: [HandinArgument] = [
    .number("slope", "a; z ~ N(0, 1) and x | z ~ N(a z, v)"), .number("variance", "v"),
    .number("observed", "x"), .number("mean", "m; q(z) = N(m, σ²)"),
    .number("log_sd", "s = log σ"), .number("noise", "ε; the draw is z = m + σ ε"),
  ]

  /// This line, a code and a noise.
  func given(_ code: GaussianCode, _ epsilon: Double) -> JSON {
    [
      "slope": .given(slope), "variance": .given(noise), "observed": .given(observed),
      "mean": .given(code.mean), "log_sd": .given(code.logSd), "noise": .given(epsilon),
    ]
  }
}
