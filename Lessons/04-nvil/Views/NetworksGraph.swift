import LessonKit

/// The two networks: one writes documents from bits, the other guesses bits from documents.
@Sendable func networksGraph(_: RunContext) throws -> Picture {
  Drawing.graph(
    "Two networks around the same bits",
    [
      .init("z", .latent, column: 0, row: 0, note: "bits with the prior α", ink: .p),
      .init("x", .observed, column: 1, row: 0, note: "the words, p(x|z)", ink: .p),
      .init("θ", .parameter, column: 2, row: 0, note: "W and u, the likelihood network"),
      .init("q(z)", .latent, column: 0, row: 1, note: "the guess, b = sigmoid(λ)", ink: .q),
      .init("λ", .deterministic, column: 1, row: 1, note: "log odds of the bits", ink: .q),
      .init("T, M, v", .parameter, column: 2, row: 1, note: "the inference network"),
    ],
    edges: [("z", "x"), ("θ", "x"), ("x", "λ"), ("T, M, v", "λ"), ("λ", "q(z)")],
    plates: [.init("each document", around: ["z", "x", "λ", "q(z)"])],
    caption: """
      Upper row: the likelihood network, which makes words from topics. Lower row: the inference \
      network, which guesses topics from words. θ is moved so that the guessed topics make the \
      words likely, and T, M and v so that q comes near p(z|x).
      """)
}
