import Approximate
public import Exact
import GSL
import JSONText
import Probability

extension ImportanceSpec: ApproximationSpec {
  /// The numbers of draws that are answered for.
  static let samples = 1...3

  /// The K-sample bounds, the weighted draws and the gradient estimator of the proposal.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    let states = joint.count
    let sets = ImportanceSpec.samples.map { UnorderedDraws.count(of: $0, states: states) }
    // Each set has a gradient with a number for every state.
    try request.requireOutcomes(
      (sets.last ?? 0) * Double(states),
      "joint: \(ImportanceSpec.samples.upperBound) draws of \(states) states, \(states) numbers each"
    )
    let logJoints = joint.map { log($0) }
    let exact = ExactPosterior(logJoints: logJoints)
    let bound = ExpectedValue.elbo(of: logJoints, under: proposal)
    // Each K is run over its sets three times: for means and two kinds of variances.
    var visits = Visits(total: 3 * sets.reduce(0, +), tell: request.progress)
    let laws = try computing {
      try ImportanceSpec.samples.map { samples in
        try ImportanceLaw(of: bound, logJoints, samples: samples, &visits)
      }
    }
    return ApproximationAnswer(
      members: [
        ("logEvidence", .number(exact.logEvidence.value)),
        ("posterior", .numbers(exact.probabilities ?? [])),
        ("elbo", .number(laws[0].bound)),
        ("samples", .object(laws.map { (key: "K\($0.samples)", value: $0.json) })),
      ],
      sections: sections(laws, exact),
      work: [("sets of draws", sets.reduce(0, +))])
  }

  private func sections(_ laws: [ImportanceLaw], _ exact: ExactPosterior) -> [OracleSection] {
    let evidence = exact.logEvidence.value
    let counts = laws.map { "K = \($0.samples)" }
    return [
      .line(label: "log p(x)", value: evidence),
      .line(label: "ELBO", value: laws[0].bound),
      .line(label: "KL(q‖p(z|x))", value: evidence - laws[0].bound),
      .table(
        title: "K draws of q: the bound E[log mean w], and what is left of the gap",
        columns: ["", "bound", "log p(x) − bound", "Var mean w", "effective size"],
        rows: laws.map {
          (
            label: "K = \($0.samples)",
            values: [$0.bound, evidence - $0.bound, $0.varianceOfEvidence, $0.effectiveSampleSize]
          )
        }),
    ]
      + OracleSection.table(
        "the posterior, estimated by the mean weight of each state",
        columns: ["z", "q", "p(z|x)"] + counts, count: joint.count
      ) { z in
        (
          label: "\(z)",
          values: [proposal.probabilities[z], exact.probabilities?[z] ?? 0]
            + laws.map { $0.selfNormalised[z] }
        )
      }
      + OracleSection.table(
        "gradient of each bound by the logits: the estimator's mean, then its variance",
        columns: ["φ"] + counts + counts.map { "Var, \($0)" }, count: joint.count
      ) { z in
        (label: "\(z)", values: laws.map { $0.gradient[z] } + laws.map { $0.gradientVariances[z] })
      }
  }
}

/// The exact law of K weighted draws: the library's own formulas on every set of draws.
struct ImportanceLaw {
  let samples: Int
  let bound: Double
  let effectiveSampleSize: Double
  let selfNormalised: [Double]
  let gradient: [Double]
  let gradientVariances: [Double]
  /// Infinite where it leaves the doubles.
  let varianceOfEvidence: Double

  init(
    of elbo: ExpectedValue<SoftmaxLaw>, _ logJoints: [Double], samples: Int,
    _ visits: inout Visits
  ) throws {
    let states = logJoints.count
    let sets = UnorderedDraws(probabilities: elbo.law.probabilities, samples: samples)
    let means = try sets.means { draws in
      visits.count()
      let drawn = WeightedDraws(draws, logWeight: elbo.signal)
      return [drawn.bound, drawn.effectiveSampleSize]
        + drawn.average { draw in (0..<states).map { $0 == draw ? 1 : 0 } }
        + elbo.importanceWeightedGradient(at: drawn)
    }
    self.samples = samples
    bound = means[0]
    effectiveSampleSize = means[1]
    selfNormalised = Array(means[2..<(states + 2)])
    let gradient = Array(means[(states + 2)...])
    self.gradient = gradient
    gradientVariances = try sets.variances(around: gradient) { draws in
      visits.count()
      return elbo.importanceWeightedGradient(at: WeightedDraws(draws, logWeight: elbo.signal))
    }
    varianceOfEvidence = try Self.varianceOfEvidence(elbo, logJoints, sets, &visits)
  }

  /// Var[(1/K) Σ_k w_k].
  ///
  /// Weights are taken relative to the largest. A state whose probability is below the doubles is
  /// never visited, yet its share p²/(K q) may be all there is: it is added.
  private static func varianceOfEvidence(
    _ elbo: ExpectedValue<SoftmaxLaw>, _ logJoints: [Double], _ sets: UnorderedDraws,
    _ visits: inout Visits
  ) throws -> Double {
    let law = elbo.law
    let visited = logJoints.indices.filter { law.probabilities[$0] > 0 }
    // log √(p²/q), whose largest decides whether the sum is one of doubles.
    let roots = logJoints.indices.map { logJoints[$0] - 0.5 * law.logProbability($0) }
    let scale = roots.max() ?? 0
    let mean = visited.reduce(0) { $0 + exp(logJoints[$1] - scale) }
    let relative = try sets.variances(around: [mean]) { draws in
      visits.count()
      return [exp(WeightedDraws(draws, logWeight: elbo.signal).bound - scale)]
    }[0]
    let missed = logJoints.indices.filter { law.probabilities[$0] == 0 }
    let share = missed.reduce(0) { $0 + exp(2 * (roots[$1] - scale)) }
    let mass = missed.reduce(0) { $0 + exp(logJoints[$1] - scale) }
    // Around the mean with what was missed: Var = (Σ p²/q − (m + d)²)/K.
    let variance = relative + (share - mass * (2 * mean + mass)) / Double(sets.samples)
    return variance == 0 ? 0 : exp(log(variance) + 2 * scale)
  }

  var json: JSON {
    .object([
      ("bound", .number(bound)),
      ("selfNormalised", .numbers(selfNormalised)),
      (
        "varianceOfEvidence",
        varianceOfEvidence.isFinite ? .number(varianceOfEvidence) : .string("inf")
      ),
      ("effectiveSampleSize", .number(effectiveSampleSize)),
      (
        "gradient",
        .object([("mean", .numbers(gradient)), ("variances", .numbers(gradientVariances))])
      ),
    ])
  }
}

/// How many sets have been visited, which is told now and then.
struct Visits {
  let total: Double
  let tell: (@Sendable (_ done: Double, _ total: Double) -> Void)?
  private var done = 0

  init(total: Double, tell: (@Sendable (_ done: Double, _ total: Double) -> Void)?) {
    self.total = total
    self.tell = tell
  }

  mutating func count() {
    done += 1
    if done % 0x4000 == 0 { tell?(Double(done), total) }
  }
}
