import LessonKit

/// The model, and who says what of x.
@Sendable func modelGraph(_: RunContext) throws -> Picture {
  Drawing.graph(
    "A structured autoencoder: clusters below, networks on top",
    [
      .init("θ", .latent, column: 0, row: 0, note: "weights, means and variances", ink: .p),
      .init("z", .latent, column: 1, row: 0, note: "the cluster of a point", ink: .p),
      .init("x", .latent, column: 2, row: 0, note: "its place, N(μ_z, σ_z²)", ink: .p),
      .init("y", .observed, column: 3, row: 0, note: "what is seen, p(y|x)", ink: .p),
      .init("ψ", .deterministic, column: 3, row: 1, note: "a potential of x, from y", ink: .q),
      .init("q(x)", .latent, column: 2, row: 1, note: "Gaussian", ink: .q),
      .init("q(z)", .latent, column: 1, row: 1, note: "responsibilities", ink: .q),
      .init("q(θ)", .latent, column: 0, row: 1, note: "natural parameters η", ink: .q),
    ],
    edges: [
      ("θ", "z"), ("z", "x"), ("x", "y"), ("y", "ψ"), ("ψ", "q(x)"), ("q(x)", "q(z)"),
      ("q(z)", "q(θ)"),
    ],
    plates: [.init("each point", around: ["z", "x", "y", "ψ", "q(x)", "q(z)"])],
    caption: """
      Only the arrow from x to y is a decoder. To its left everything is conjugate, once somebody says in \
      the form of a potential what y says of x.
      """)
}
