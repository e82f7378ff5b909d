import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// The mass, its pictures and its codes.
@Sendable func modelGraph(_: RunContext) throws -> Picture {
  Drawing.graph(
    "What moves, what is seen, and what is planned with",
    [
      .init("x_t", .latent, column: 0, row: 0, note: "place and speed", ink: .p),
      .init("x_t+1", .latent, column: 1, row: 0, note: "a step later", ink: .p),
      .init("o_t", .observed, column: 0, row: 1, note: "a picture of the place", ink: .p),
      .init("o_t+1", .observed, column: 1, row: 1, note: "the next picture", ink: .p),
      .init("u_t", .observed, column: 2, row: 0, note: "the force", ink: .q),
      .init("z_t", .deterministic, column: 0, row: 2, note: "codes of two pictures", ink: .q),
      .init("z_t+1", .deterministic, column: 1, row: 2, note: "the next codes", ink: .q),
      .init("â, b̂", .parameter, column: 2, row: 2, note: "fitted: the codes' own dynamics"),
    ],
    edges: [
      ("x_t", "x_t+1"), ("u_t", "x_t+1"), ("x_t", "o_t"), ("x_t+1", "o_t+1"), ("o_t", "z_t"),
      ("o_t+1", "z_t+1"), ("â, b̂", "z_t+1"),
    ],
    plates: [
      .init("each step", around: ["x_t", "x_t+1", "o_t", "o_t+1", "u_t", "z_t", "z_t+1"])
    ],
    caption:
      "Nobody tells the planner of x. It sees pictures, knows its own forces, and is told what a place cost."
  )
}

/// Where the mass goes with each horizon.
@Sendable func pathPicture(_: RunContext) throws -> Picture {
  let system = try LinearQuadratic.pointMass()
  func series(_ name: String, _ horizon: Int, _ ink: Ink) throws -> Drawing.Series {
    .init(
      name, try HorizonCosts.run(system, horizon: horizon, steps: CameraRuns.steps).places, ink: ink
    )
  }
  return Drawing.curve(
    "The place of the mass, by how far one looks ahead",
    [
      try series("H = 1", 1, .neutral), try series("H = 2", 2, .q),
      try series("H = 12, the best", 12, .evidence),
    ], levels: [("where it should be", 0)], axis: "t", rows: 14, kind: .exact,
    caption:
      "One step ahead nobody thinks of braking: the mass flies past and comes back. Two steps ahead it hardly does."
  )
}

/// What each horizon costs over twelve steps, above the least.
@Sendable func horizonPicture(_: RunContext) throws -> Picture {
  let (system, least) = (try LinearQuadratic.pointMass(), try CameraRuns.least)
  let losses = try (1...6).map {
    try HorizonCosts.run(system, horizon: $0, steps: CameraRuns.steps).cost - least
  }
  return Drawing.curve(
    "What a short look costs in a run of twelve steps",
    [
      .init(
        "planned H ahead, above the least", places: (1...6).map(Double.init), heights: losses,
        ink: .q)
    ],
    axis: "H", rows: 12, scale: .logarithmic, kind: .exact,
    caption:
      "Each mark of the axis is a factor. Most of the loss is gone at once, but H = 4 is not below H = 3."
  )
}

/// What the camera sees of one run.
@Sendable func stripPicture(_ context: RunContext) throws -> Picture {
  let run = try CameraRuns.run(transitions: 50, seed: context.seed)
  return Drawing.surface(
    "A run, as the camera sees it",
    [
      .init(
        "brightness", rows: run.pictures.indices.map { "t = \($0)" },
        columns: (0..<16).map { "\($0 + 1)" }, values: run.pictures)
    ], axes: (rows: "step", columns: "pixel"), kind: .sampled,
    caption:
      "Learned from fifty transitions, planned four steps ahead. The light goes to the middle and stays there."
  )
}

/// What a code says of a place.
@Sendable func codePicture(_: RunContext) throws -> Picture {
  let places = (-12...12).map { 0.5 * Double($0) }
  func codes(_ width: Double) throws -> [Double] {
    let strip = try PictureStrip(pixels: 16, width: width, noise: 0)
    let goal = strip.picture(of: 0)
    // The slope of the picture at the goal: what pictures near it differ by.
    let slope = zip(strip.picture(of: 0.001), strip.picture(of: -0.001)).map { ($0 - $1) / 0.002 }
    let square = slope.reduce(0) { $0 + $1 * $1 }
    return places.map { place in
      zip(zip(strip.picture(of: place), goal), slope).reduce(0) {
        $0 + ($1.0.0 - $1.0.1) * $1.1
      } / square
    }
  }
  return Drawing.curve(
    "The code of a picture against the place of the mass",
    [
      .init("width 4", places: places, heights: try codes(4), ink: .q),
      .init("width 2", places: places, heights: try codes(2), ink: .neutral),
      .init("a linear code", places: places, heights: places, ink: .evidence),
    ], axis: "p", rows: 14, kind: .exact,
    caption:
      "Projected on what pictures near the goal differ by. A narrow light is soon nowhere near where it was: its code turns back."
  )
}

/// What transitions are worth.
@Sendable func samplePicture(_ context: RunContext) throws -> Picture {
  let least = try CameraRuns.least
  let counts = CameraRuns.counts
  let all = try counts.map { try CameraRuns.costs(transitions: $0, seed: context.seed) }
  let search = try CameraRuns.search(16)
  return Drawing.curve(
    "How far above the least cost",
    [
      .init(
        "a model of pictures, the median", places: counts.map { log2(Double($0)) },
        heights: all.map { $0[5] - least }, ink: .q),
      .init(
        "the worst but one of eleven", places: counts.map { log2(Double($0)) },
        heights: all.map { $0[9] - least }, ink: .neutral),
      .init(
        "a search, told the state", places: search.map { log2(Double($0.transitions)) },
        heights: search.map { $0.cost - least }, ink: .p),
    ], axis: "transitions, as powers of two", rows: 14, scale: .logarithmic, kind: .sampled,
    caption:
      "From 3 transitions on the left to 768 on the right. The model is usable after a dozen and then stops improving: pictures are not linear. The search needs hundreds, and has no such floor."
  )
}
