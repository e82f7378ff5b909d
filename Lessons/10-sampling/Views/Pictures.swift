import Approximate
import GSL
import LessonKit
import Models
import Probability

/// The variance of a weight, as the proposal goes from the prior to the posterior and beyond.
@Sendable func weightPicture(_: RunContext) throws -> Picture {
  let problem = WeightsProblem.threeStates
  let places = (0...45).map { Double($0) / 36 }
  return Drawing.curve(
    "The variance of w(z)/p(x) along a line of proposals",
    [
      .init(
        "Σ_z p(z|x)²/q(z) − 1", places: places,
        heights: places.map { place in
          let q = zip(problem.joint.prior, problem.posterior).map { $0 + place * ($1 - $0) }
          let second = zip(problem.posterior, q).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
          return max(0, second - 1)
        }, ink: .q)
    ], axis: "0 is the prior, 1 is the posterior", kind: .exact,
    caption: "Zero at the posterior. Beyond it the state that is made too rare costs more and more."
  )
}

/// Total variation from the stationary law, sweep by sweep.
@Sendable func mixingPicture(_: RunContext) throws -> Picture {
  let gibbs = GibbsProblem.example
  let slow = GibbsProblem(joint: [0.48, 0.02, 0.03, 0.47])
  func distances(_ rows: [[Double]], _ law: [Double]) -> [Double] {
    TransitionMatrix(rows: rows).laws(from: 0, steps: 12).map { totalVariation($0, law) }
  }
  let metropolis = MetropolisProblem.example
  let places = (1...12).map(Double.init)
  return Drawing.curve(
    "How far each chain is from its π after s steps",
    [
      .init(
        "Metropolis, three states", places: places,
        heights: distances(metropolis.transitions, metropolis.law), ink: .p),
      .init(
        "Gibbs, ρ = .64", places: places, heights: distances(gibbs.sweep, gibbs.joint), ink: .q),
      .init(
        "Gibbs, ρ = .90", places: places, heights: distances(slow.sweep, slow.joint), ink: .bound),
    ], axis: "s", scale: .logarithmic, kind: .exact,
    caption: "Straight lines on this scale: each step multiplies the distance by the same number.")
}

/// The states of a walk, as Kalman's filter and as particles have them.
@Sendable func walkPicture(_ context: RunContext) throws -> Picture {
  let walk = try Walk(steps: 30, seed: context.seed)
  var choices = try Sampler(seed: context.seed, stream: 12)
  func means(_ particles: Int) throws -> [Double] {
    try (1...walk.seen.count).map { try walk.filtered(particles, upTo: $0, &choices).mean }
  }
  return Drawing.curve(
    "The mean of z_t given what was seen up to it",
    [
      .init("Kalman", walk.kalman().means, ink: .evidence),
      .init("N = 5", try means(5), ink: .q), .init("N = 1000", try means(1000), ink: .p),
    ], axis: "t", rows: 14, kind: .sampled,
    caption: "A thousand particles lie on the exact curve; five do not, and say nothing of it.")
}

/// The bound of one particle as its proposal learns.
@Sendable func learningPicture(_: RunContext) throws -> Picture {
  let problem = try FilterProblem.example()
  let course = LearnedProposal.course(problem, steps: 30)
  let places = course.indices.map(Double.init)
  return Drawing.curve(
    "E[log Ẑ] while the proposal learns",
    [
      .init(
        "N = 1, trained on", places: places, heights: course.map(\.bound),
        role: .bound(of: "log p(x)"), ink: .q),
      .init(
        "N = 3, the same q", places: places,
        heights: try course.map { try problem.with($0.tables).law(3).logEvidence },
        role: .bound(of: "log p(x)")),
    ], levels: [("log p(x)", log(problem.evidence))], axis: "step", kind: .exact,
    caption: "The start is a coin for every row. A better q helps any number of particles.")
}

/// L_K of the three states.
@Sendable func risingPicture(_: RunContext) throws -> Picture {
  let problem = WeightsProblem.threeStates
  let bounds = try risingBounds()
  return Drawing.curve(
    "The importance-weighted bound as K grows",
    [
      .init(
        "L_K", places: bounds.indices.map { Double($0 + 1) }, heights: bounds,
        role: .bound(of: "log p(x)"), ink: .bound)
    ], levels: [("log p(x)", log(problem.evidence))], axis: "K", kind: .exact)
}

/// L_1 … L_5.
func risingBounds() throws -> [Double] {
  try (1...5).map { try RisingDerivation.bound(RisingDerivation.answer, .threeStates, $0) }
}
