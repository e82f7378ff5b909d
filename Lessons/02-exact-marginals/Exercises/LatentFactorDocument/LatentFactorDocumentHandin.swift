import JSONText
import LessonKit
import Models

extension LatentFactorDocumentExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      Nothing here can be saved: all words see all switches, so the sum has 2^D terms and the posterior no \
      structure. This is the model that approximations are for, and with few switches \
      their oracle.
      """,
    HandinPart(
      "log_likelihood", "log p(x|z) = Σ_i log softmax(bias + Σ_d z_d W_d)[x_i].",
      given: scores + [.numbers("z", "z_d, zeros and ones")], returns: .number("log p(x|z)"),
      \.logLikelihood
    ) { program, right in
      { document, z in
        program.number(.object(document.givenScores + [(key: "z", value: .given(z))])) {
          right(document, z)
        }
      }
    },
    HandinPart(
      "log_evidence", "log p(x) = log Σ_z p(z) p(x|z).",
      given: all, returns: .number("log p(x)"), \.logEvidence
    ) { program, right in
      { document in program.number(document.given) { right(document) } }
    },
    HandinPart(
      "posterior", "p(z|x) of the 2^D states.",
      given: all, returns: .numbers("2^D numbers, that of z at place Σ_d z_d 2^d"), \.posterior
    ) { program, right in
      { document in program.numbers(document.given) { right(document) } }
    },
    HandinPart(
      "bias_gradient", "∂ log p(x)/∂bias_v.",
      given: all, returns: .numbers("one number a word of the vocabulary"), \.biasGradient
    ) { program, right in
      { document in program.numbers(document.given) { right(document) } }
    })

  private static let scores: [HandinArgument] = [
    .matrix("weights", "W, a row a factor: what it adds to the score of each word"),
    .numbers("bias", "the score of each word without factors"),
    .numbers("words", "x_i, each a whole number: a place in bias, from 0"),
  ]
  private static let all = [HandinArgument.numbers("prior", "p(z_d = 1)")] + scores
}

extension LatentFactorDocument {
  /// What p(x|z) is made of.
  fileprivate var givenScores: [(key: String, value: JSON)] {
    [
      ("weights", .given(model.weights)), ("bias", .given(model.bias)),
      ("words", .array(words.map { .given($0) })),
    ]
  }

  /// What a program outside is given.
  fileprivate var given: JSON {
    .object([(key: "prior", value: .given(model.prior))] + givenScores)
  }
}
