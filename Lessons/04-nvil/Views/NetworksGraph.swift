import LessonKit

/// The two networks: one writes documents from bits, the other guesses bits from documents.
@Sendable func networksGraph(_: RunContext) throws -> Picture {
  Drawing.graph(
    "Two networks around the same bits",
    [
      .init("θ", .parameter, column: 0, row: 0, note: "weights of the model p"),
      .init("z", .latent, column: 1, row: 0, note: "bits with prior p(z)", ink: .p),
      .init("x", .observed, column: 2, row: 0, note: "the words, p(x|z)", ink: .p),
      .init("λ(x)", .deterministic, column: 2, row: 1, note: "log odds of the bits", ink: .q),
      .init("q(z)", .latent, column: 1, row: 1, note: "the guess, q(z_d=1) = σ(λ_d(x))", ink: .q),
      .init("φ", .parameter, column: 3, row: 1, note: "weights of the network q"),
    ],
    edges: [("θ", "z"), ("z", "x"), ("x", "λ(x)"), ("φ", "λ(x)"), ("λ(x)", "q(z)")],
    plates: [.init("N documents", around: ["z", "x", "λ(x)", "q(z)"])],
    caption: """
      The upper row writes, the lower row reads. Both climb the same bound: θ by making what was \
      guessed likely, φ by guessing what θ would say.
      """)
}
