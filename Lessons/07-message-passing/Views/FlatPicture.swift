import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The ELBO sweep by sweep: from one half everywhere, and from one half everywhere but once.
@Sendable func flatPicture(_: RunContext) throws -> Picture {
  let problem = TwoGroups.example
  let places = (1...14).map(Double.init)
  return Drawing.curve(
    "The ELBO of two runs of the same code",
    [
      .init(
        "r_0 = (.51, .49)", places: places, heights: try problem.climb(first: 0.51, sweeps: 14),
        role: .bound(of: "log p(x)"), ink: .q),
      .init(
        "r_0 = (.5, .5)", places: places, heights: try problem.climb(first: 0.5, sweeps: 14),
        role: .bound(of: "log p(x)")),
    ],
    levels: [("log p(x)", try problem.logEvidence().value)], axis: "sweep", kind: .exact,
    caption: "The starts differ by a hundredth, in one row of r.")
}

/// The model as a graph with its plates.
@Sendable func mixtureGraph(_: RunContext) throws -> Picture {
  Drawing.graph(
    "A Bayesian mixture: global and local nodes",
    [
      .init("α", .parameter, column: 0, row: 0, note: "the counts of the Dirichlet prior"),
      .init("π", .latent, column: 1, row: 0, note: "the weights, global", ink: .p),
      .init("z_n", .latent, column: 2, row: 0, note: "which component, local to x_n", ink: .p),
      .init("x_n", .observed, column: 3, row: 0, note: "seen", ink: .p),
      .init(
        "θ_k", .latent, column: 3, row: 1, note: "mean and covariance of a component, global",
        ink: .p),
      .init("m, κ, ν, Λ", .parameter, column: 2, row: 1, note: "their prior"),
    ],
    edges: [("α", "π"), ("π", "z_n"), ("z_n", "x_n"), ("θ_k", "x_n"), ("m, κ, ν, Λ", "θ_k")],
    plates: [.init("N", around: ["z_n", "x_n"])],
    caption: "An update of z_n reads π, x_n and θ_k: its Markov blanket, and no other datum.")
}
