import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// Twelve counts on a walk.
enum Walk {
  static func model(noise: Double = 0.15) throws -> PoissonChain {
    try PoissonChain(
      initialMean: 0, initialVariance: 1, dynamics: 0.95, noise: noise, offset: 0.5,
      counts: [1, 0, 2, 1, 4, 6, 3, 5, 2, 0, 0, 1])
  }

  /// What stands above the picture.
  static var givens: [Given] {
    get throws {
      let model = try model()
      return [
        Given("mean and variance of z₁", [model.initialMean, model.initialVariance]),
        Given("a", model.dynamics), Given("Q", model.noise), Given("c", model.offset),
        Given("y_t", model.counts.map(Double.init)),
      ]
    }
  }
}

/// The rates along it, by Laplace and exactly.
@Sendable func walkPicture(_: RunContext) throws -> Picture { try drawing(of: try Walk.model()) }

/// The same for any chain.
func drawing(of model: PoissonChain) throws -> Picture {
  let laplace = try ChainLaplace(of: model)
  let exact = PoissonChainPosterior(of: model)
  let places = model.counts.indices.map { Double($0 + 1) }
  return Drawing.curve(
    "Twelve counts, and the rate behind them",
    [
      .init(
        "y_t", places: places, heights: model.counts.map(Double.init), ink: .neutral, stepped: true),
      .init("E[λ_t|y]", places: places, heights: exact.rates.map(\.value), ink: .p),
      .init(
        "e^(ẑ_t + c)", places: places, heights: laplace.mode.map { exp($0 + model.offset) }, ink: .q
      ),
    ], axis: "t", kind: .quadrature,
    caption: """
      The two rates nearly agree. Where few events are seen the rate at the mode is the lower one: an exponential of something \
      uncertain is larger on average than that of its middle. Where many are seen it is the higher one, as the posterior leans \
      to the left of its mode.
      """)
}
