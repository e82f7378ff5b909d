import LessonKit

/// A mixture: one component a datum, as a plate.
func mixturePlate(_ context: RunContext) throws -> Picture {
  Drawing.graph(
    "A mixture",
    [
      .init("π", .parameter, column: 0, row: 0, note: "the weights of the components"),
      .init("z", .latent, column: 1, row: 0, note: "which component a datum is from", ink: .p),
      .init("y", .observed, column: 2, row: 0, note: "the datum", ink: .p),
      .init("λ", .parameter, column: 3, row: 0, note: "the rates, one a component"),
    ],
    edges: [("π", "z"), ("z", "y"), ("λ", "y")], plates: [.init("N data", around: ["z", "y"])],
    caption: "What stands inside the plate exists N times; the weights and the rates once.")
}

/// A chain of hidden states, each with what is seen of it.
func chainGraph(_ context: RunContext) throws -> Picture {
  let steps = ["₁", "₂", "₃", "₄"]
  return Drawing.graph(
    "A chain",
    steps.indices.flatMap { t -> [Drawing.Graph.Node] in
      [
        .init("z\(steps[t])", .latent, column: t, row: 0, ink: .p),
        .init("x\(steps[t])", .observed, column: t, row: 1, ink: .p),
      ]
    },
    edges: zip(steps, steps.dropFirst()).map { ("z\($0)", "z\($1)") }
      + steps.map { ("z\($0)", "x\($0)") },
    caption: """
      Given one state, what comes before it says nothing about what comes after: that is why \
      a sum over all paths needs one message a step.
      """)
}
