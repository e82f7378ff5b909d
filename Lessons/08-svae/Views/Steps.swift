import Approximate
import GSL
import Models
import Networks
import Probability

/// Steps of q(θ) along a natural gradient, with what each does to the two objectives.
struct Steps {
  /// Where a step starts.
  struct Point {
    /// S.
    let surrogate: Double
    /// The ELBO.
    let elbo: Double
    /// The cosine of the step with the natural gradient of the ELBO, if rates were asked for.
    ///
    /// Measured by F, as sᵀ F g/√(sᵀ F s · gᵀ F g): it depends on no coordinates and has the sign of the rate.
    let cosine: Double
    /// The rate at which the ELBO changes along the step, ∇_η ELBO · step, if it was asked for.
    let rate: Double
  }

  /// The points, the first before any step.
  let points: [Point]

  /// Follows the natural gradient with or without the local term; asks for rates or not.
  init(_ count: Int, truncated: Bool, size: Double = 1, rates: Bool = false) throws {
    var problem = try ClusterProblem.threePoints()
    var points: [Point] = []
    for _ in 0...count {
      let bound = try SurrogateExercise.bound(problem)
      let step = bound.truncatedNaturalGradient
      let full = try bound.naturalGradient(asked: problem.asked)
      let taken = truncated ? step : full
      var (cosine, rate) = (Double.nan, Double.nan)
      if rates {
        let exact = try NaturalGradientProblem(problem)
        let (ascent, along) = (exact.ordinary(full), exact.ordinary(taken))
        rate = dot(ascent, taken)
        cosine = rate / sqrt(dot(along, taken) * dot(ascent, full))
      }
      points.append(
        Point(
          surrogate: try bound.surrogate().value, elbo: try Steps.elbo(problem, bound),
          cosine: cosine, rate: rate))
      let eta = zip(problem.globals.naturalParameters, taken).map { $0 + size * $1 }
      problem = try problem.with(natural: eta)
    }
    self.points = points
  }

  /// The ELBO at a bound's local factors.
  static func elbo(
    _ problem: ClusterProblem, _ bound: StructuredBound<LatentMixture>
  ) throws -> Double {
    try bound.elbo(
      expectedLogLikelihoods: zip(problem.observations, bound.local.states).map {
        problem.decoder.expectedLogLikelihood(of: $0, under: $1)
      }
    ).value
  }
}

/// How much of the natural gradient the local term is, as potentials move to the decoder's.
func localShare(_ problem: ClusterProblem, towards share: Double) throws -> (
  share: Double, cosine: Double, elbo: Double
) {
  let potentials = zip(problem.potentials, problem.asked).map { (1 - share) * $0 + share * $1 }
  let moved = problem.with(potentials)
  let bound = try SurrogateExercise.bound(moved)
  let full = try bound.naturalGradient(asked: moved.asked)
  let local = try bound.localTerm(asked: moved.asked)
  let truncated = bound.truncatedNaturalGradient
  return (
    sqrt(dot(local, local) / dot(full, full)),
    dot(full, truncated) / sqrt(dot(full, full) * dot(truncated, truncated)),
    try Steps.elbo(moved, bound)
  )
}
