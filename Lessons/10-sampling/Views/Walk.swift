import Approximate
import GSL
import LessonKit
import Probability

/// A number that wanders and is seen with noise: z_0 ~ N(0, 1), z_t ~ N(a z_(t−1), v), x_t ~ N(z_t, r).
struct Walk: Sendable {
  let slope = 0.9
  let motion = 0.2
  let noise = 0.3
  let seen: [Double]

  /// A walk of so many steps, drawn from the model.
  init(steps: Int, seed: UInt64) throws {
    var choices = try Sampler(seed: seed, stream: 10)
    var (state, seen) = (choices.standardNormal(), [Double]())
    for step in 0..<steps {
      if step > 0 { state = 0.9 * state + 0.2.squareRoot() * choices.standardNormal() }
      seen.append(state + 0.3.squareRoot() * choices.standardNormal())
    }
    self.seen = seen
  }

  /// What Kalman's filter says: log p(x), and mean and variance of each z_t given what was seen up to it.
  func kalman() -> (logEvidence: Double, means: [Double], variances: [Double]) {
    var (sum, belief) = (0.0, NormalLaw(mean: 0, variance: 1))
    var (means, variances) = ([Double](), [Double]())
    for x in seen {
      let spread = belief.variance + noise
      sum += NormalLaw(mean: belief.mean, variance: spread).logDensity(x)
      let gain = belief.variance / spread
      means.append(belief.mean + gain * (x - belief.mean))
      variances.append(belief.variance * (1 - gain))
      belief = NormalLaw(
        mean: slope * means[means.count - 1],
        variance: slope * slope * variances[variances.count - 1] + motion)
    }
    return (sum, means, variances)
  }

  /// A bootstrap filter: log Ẑ, and the mean of the last particles.
  func filtered(
    _ particles: Int, upTo steps: Int? = nil, _ choices: inout Sampler
  ) throws -> (logEvidence: Double, mean: Double) {
    let filter = ParticleFilter(
      particles: particles, steps: steps ?? seen.count, resampling: .systematic)
    let run = try filter.run(&choices) { (step, from, choices: inout Sampler) throws(ChoiceError) in
      let state =
        from.map { slope * $0 + motion.squareRoot() * choices.standardNormal() }
        ?? choices.standardNormal()
      return Particle(
        state, logWeight: NormalLaw(mean: state, variance: noise).logDensity(seen[step]))
    }
    return (run.logEvidence, run.last?.average { [$0.state] }[0] ?? .nan)
  }
}

extension Walk: Shown {
  /// The numbers of the model; what was seen is drawn from it.
  var givens: [Given] {
    [Given("a", slope), Given("v", motion), Given("r", noise), Given("T", seen.count)]
  }
}
