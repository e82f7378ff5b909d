import Approximate
import Exact
import LessonKit
import Models
import Networks
import Probability

/// Points of a circle, what the best line makes of them, and what the angle makes of them.
@Sendable func circlePicture(_: RunContext) throws -> Picture {
  let problem = CircleProblem.example
  let share = 1 / Double(CircleProblem.count)
  func panel(_ name: String, _ points: [[Double]]) -> Drawing.Cloud.Panel {
    .init(name, points.map { .init($0[0], $0[1], share) })
  }
  let flat = problem.points.map { [$0[0], problem.centre[1]] }
  let turned = problem.points.map { x in
    problem.point(CircleDerivation.answer.angle(problem, x))
  }
  return Drawing.cloud(
    "Twelve points: from one coordinate, and from one angle",
    [panel("a best line", flat), panel("the angle", turned)],
    exact: (problem.centre[0], problem.centre[1]), axes: (x: "x_1", y: "x_2"), kind: .exact,
    caption:
      "Both principal directions are as good as any two others. A line through the centre loses half of the spread."
  )
}

/// What each way says of each rank, for one matrix.
@Sendable func errorPicture(_: RunContext) throws -> Picture {
  let x = Matrix(MatrixProblem.oneDimension.seen)
  let values = try SingularParts(of: x).values
  let block = try BlockHoldOut().errors(of: x)
  let holes = try speckledErrors(of: MatrixProblem.oneDimension.seen) + [block[2]]
  let fit = (0...3).map { k in values.dropFirst(k).reduce(0) { $0 + $1 * $1 } }
  return Drawing.curve(
    "The summed squared error of each rank, one X",
    [
      .init("the fit", fit, ink: .neutral), .init("a block", block, ink: .q),
      .init("a hole", holes, ink: .p),
    ],
    marks: [
      .init("least of the blocks", at: Double(leastRank(block)), block.min() ?? 0),
      .init("least of the fit", at: 3, fit[3]),
    ], axis: "rank", rows: 14, kind: .exact,
    caption:
      "The fit falls to zero. What was held out is predicted best by one dimension, and worse by two."
  )
}

/// The probability of the right rank as noise grows.
@Sendable func noisePicture(_: RunContext) throws -> Picture {
  let places = [0.1, 0.4, 0.6, 0.8]
  let laws = try places.map { noise in
    try RankLaws.heldOut(MatrixProblem(parts: MatrixProblem.oneDimension.parts, noise: noise))
  }
  return Drawing.curve(
    "How likely rank one is taken, one dimension",
    [
      .init("a block", places: places, heights: laws.map(\.block[1]), ink: .q),
      .init("a hole", places: places, heights: laws.map(\.speckled[1]), ink: .p),
    ], axis: "σ", kind: .exact,
    caption:
      "However small σ is, rank two keeps its share: what is beside the one dimension is all noise, and may look like one more."
  )
}

/// Who took which dish, drawn once.
@Sendable func buffetPicture(_ context: RunContext) throws -> Picture {
  var choices = try Sampler(seed: context.seed, stream: 12)
  let customers = 8
  let histories =
    try BuffetRules.indianBuffet(rate: 1.5).draw(
      customers: customers, atMost: 14, &choices) ?? []
  return Drawing.grid(
    "Eight customers, α = 1.5",
    [
      .init(
        "who took which dish", rows: (1...customers).map { "n = \($0)" },
        columns: histories.indices.map { "\($0 + 1)" },
        values: (0..<customers).map { n in histories.map { Double($0 >> n & 1) } })
    ], decimals: 0, kind: .sampled,
    caption:
      "A column is a dish, in the order in which it was first taken. Old dishes that many took stay wanted."
  )
}

/// The mean number of dishes, without end and with F features.
@Sendable func dishesPicture(_: RunContext) throws -> Picture {
  let places = (1...20).map(Double.init)
  func finite(_ features: Int) throws -> [Double] {
    let model = try FiniteFeatures(rate: 1.5, featureCount: features)
    return (1...20).map { model.meanCount(of: $0) }
  }
  return Drawing.curve(
    "How many dishes are taken on average",
    [
      .init(
        "α H_N", places: places,
        heights: try (1...20).map { try BuffetLaw(rate: 1.5, customers: $0).meanDishes.value },
        ink: .evidence), .init("F = 10", places: places, heights: try finite(10), ink: .q),
      .init("F = 100", places: places, heights: try finite(100), ink: .p),
    ], axis: "N", kind: .exact,
    caption: "Ten features run out. The buffet's number grows without end, like a logarithm.")
}
