import Approximate
import Exact
import LessonKit
import Models
import Probability

/// What every mini-batch of two does to the bound, from the same start.
struct BatchSteps {
  let before: Double
  let batches: [(batch: [Int], elbo: Double)]
  let full: Double

  init() throws {
    let problem = try MixtureProblem.example()
    let start = try problem.otherFactors()
    let inference = StochasticMixture(
      problem.mixture, problem.observations,
      globals: MixtureGlobals(weights: start.weights, components: start.components))
    func elbo(_ batch: [Int]) throws -> Double {
      var next = inference
      try next.step(problem.stepSize, batch: batch)
      return try next.elbo().value
    }
    before = try inference.elbo().value
    batches = try Subsets(of: 5, size: 2).all.map { ($0, try elbo($0)) }
    full = try elbo(Array(0..<5))
  }

  var mean: Double { batches.reduce(0) { $0 + $1.elbo } / Double(batches.count) }
  var lowering: Int { batches.count { $0.elbo < before } }
}

/// The change of the ELBO by each of the ten mini-batches.
@Sendable func batchPicture(_: RunContext) throws -> Picture {
  let steps = try BatchSteps()
  let bars =
    steps.batches.map { item -> Drawing.Bar in
      ("x_\(item.batch[0]), x_\(item.batch[1])", item.elbo - steps.before, "")
    } + [
      ("mean of the ten", steps.mean - steps.before, ""),
      ("all five data", steps.full - steps.before, ""),
    ]
  return Drawing.bars(
    "What one natural step of size ½ adds to the ELBO", bars, digits: 3,
    inks: steps.batches.map { _ in .q } + [.bound, .bound], kind: .exact,
    caption: "The step is unbiased in natural coordinates, and most mini-batches lose.")
}

/// The variances of a chain: exact, and of the factors.
@Sendable func variancePicture(_: RunContext) throws -> Picture {
  let problem = MessagesProblem.example
  let covariance = try problem.covariance()
  let found = try MessagesExercise.answer.fixedPoint(problem).variances
  let bars = (0..<problem.count).flatMap { t -> [Drawing.Bar] in
    [
      ("x_\(t), exact", covariance[t * problem.count + t], ""), ("x_\(t), factor", found[t], ""),
    ]
  }
  return Drawing.bars(
    "The variance of each x_t given all y", bars,
    inks: (0..<problem.count).flatMap { _ in [Ink.p, .q] }, kind: .exact,
    caption: "The means agree to the last digit. The factors are too sure of them.")
}
