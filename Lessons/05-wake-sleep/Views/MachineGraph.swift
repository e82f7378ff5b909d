import LessonKit

/// The two networks over the same units.
@Sendable func machineGraph(_: RunContext) throws -> Picture {
  Drawing.graph(
    "A Helmholtz machine: one network dreams, the other recognises",
    [
      .init("z", .latent, column: 0, row: 0, note: "hidden units, on with σ(b)", ink: .p),
      .init("x", .observed, column: 1, row: 0, note: "observed units, on with σ(c + Wᵀz)", ink: .p),
      .init("θ", .parameter, column: 2, row: 0, note: "b, W and c"),
      .init("q(z|x)", .latent, column: 0, row: 1, note: "the guess, on with σ(a)", ink: .q),
      .init("a", .deterministic, column: 1, row: 1, note: "r + Rᵀx, what is read of x", ink: .q),
      .init("φ", .parameter, column: 2, row: 1, note: "R and r"),
    ],
    edges: [("z", "x"), ("θ", "x"), ("x", "a"), ("φ", "a"), ("a", "q(z|x)")],
    caption: """
      Awake, the lower row draws z and the upper row learns to predict. Asleep, the upper row draws \
      z and x, and the lower row learns.
      """)
}
