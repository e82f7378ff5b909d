import Approximate
import GSL
import LessonKit
import Models
import Probability

/// The mean of a step whose baseline is updated first, against the gradient that it estimates.
struct Turn {
  /// The mean of the estimate.
  let mean: [Double]
  /// Mean over gradient, component by component.
  let shares: [Double]
  /// The angle between them.
  let degrees: Double

  /// One draw, a = .8, memory −2, with the divergence in the signal or in closed form beside it.
  init(updatedFirst: Bool = true, closedForm: Bool) throws {
    if updatedFirst {
      try self.init(
        UpdatedFirst(decay: 0.8, startingAt: -2), samples: 1, closedForm: closedForm)
    } else {
      try self.init(RunningMean(decay: 0.8, startingAt: -2), samples: 1, closedForm: closedForm)
    }
  }

  /// A step with a baseline and a number of draws.
  init(_ baseline: some Baseline, samples: Int, closedForm: Bool) throws {
    let problem = DocumentProblem.example
    let bound =
      closedForm
      ? ExpectedValue.elbo(
        of: problem.observed, under: problem.q, prior: BernoulliFactors(problem.prior))
      : problem.elbo
    let moments = try exactMoments(of: ScoreFunction(baseline), bound, samples: samples)
    self.init(moments.mean, against: problem.exactGradient)
  }

  /// A step against its gradient.
  init(_ mean: [Double], against exact: [Double]) {
    self.mean = mean
    shares = zip(mean, exact).map { $0 / $1 }
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let cosine = product(mean, exact) / sqrt(product(mean, mean) * product(exact, exact))
    degrees = Turn.angle(ofCosine: cosine) * 180 / .pi
  }
}

extension Turn {
  /// The angle between 0 and π that has a cosine, by halving the interval until it is one number.
  private static func angle(ofCosine cosine: Double) -> Double {
    guard cosine < 1 else { return 0 }
    var (low, high) = (0.0, Double.pi)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if cos(middle) > cosine { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// What the same slip does to a step of which only a part is sampled.
func turnTable(_: RunContext) throws -> Table {
  func row(_ name: String, _ turn: Turn) -> [Table.Cell] {
    [.text(name)] + turn.mean.map { .exact($0, digits: 4) }
      + turn.shares.map { .exact($0, digits: 4) } + [.exact(turn.degrees, digits: 2)]
  }
  return Table(
    title: "The mean step for λ with one draw and a = .8",
    columns: ["what is sampled", "λ₁", "λ₂", "share λ₁", "share λ₂", "turned by"],
    rows: [
      row("all, updated after", try Turn(updatedFirst: false, closedForm: false)),
      row("all, updated first", try Turn(closedForm: false)),
      row("log p(x|z) alone, after", try Turn(updatedFirst: false, closedForm: true)),
      row("log p(x|z) alone, first", try Turn(closedForm: true)),
    ],
    note: "In the last two rows −∇KL(q‖p(z)) stands beside the sampled part in closed form. "
      + "Angles are in degrees.")
}
