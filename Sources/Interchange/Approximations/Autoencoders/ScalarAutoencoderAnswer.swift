import Approximate
public import Exact
import JSONText
import Models
import Probability

extension ScalarAutoencoderSpec: ApproximationSpec {
  /// The four gradients by the key and by the words that name them.
  private static let estimators: [(key: String, words: String, value: any NoiseGradient)] = [
    ("scoreFunction", "score function", ScoreGradient()),
    ("reparameterised", "reparameterised", PathwiseGradient()),
    ("analyticKL", "the same, KL in closed form", AnalyticDivergenceGradient()),
    ("stickingTheLanding", "sticking the landing", PathOnlyGradient()),
  ]

  /// Evidence and bound, the laws of four gradients, and the bounds with up to three samples.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    let posterior = LatentLinePosterior(of: model)
    let bound = LatentLineBound(of: model, at: code)
    let gap = posterior.logEvidence.value - bound.elbo.value
    let laws = try computing {
      try ScalarAutoencoderSpec.estimators.map { estimator in
        try noiseMoments { choices in try estimator.value.estimate(model, code, &choices) }
      }
    }
    let weighted = ImportanceWeightedLaw.all(of: model, at: code, samples: [1, 2, 3])
    let betas = betas.map { bound.weighted(by: $0).value }
    let gradient = bound.gradient.map(\.value)
    var numbers: [Double] = [posterior.logEvidence.value, bound.elbo.value]
    numbers += gradient + betas
    for law in laws { numbers += law.mean + law.variance }
    for law in weighted {
      numbers.append(law.bound.value)
      numbers += self.numbers(of: law.gradient + law.doublyReparameterised)
    }
    guard !weighted.contains(where: \.bound.value.isNaN) else {
      throw .uncomputed(
        "q: so much wider than the posterior that the weights of K draws spread over more than "
          + "100000 units of their logarithm")
    }
    guard numbers.allSatisfy(\.isFinite) else { throw .unanswered(.overflow("q")) }
    let integrals =
      [posterior.logEvidence, posterior.mean, posterior.variance, bound.elbo] + bound.gradient
      + laws.flatMap { $0.means + $0.variances } + weighted.flatMap(\.integrals)
    guard integrals.allSatisfy(\.hasConverged) else {
      throw .uncomputed(
        "q: the decoder varies so fast, or so little of q lies where the posterior does, that the "
          + "finest grid of the integrals is too coarse")
    }
    let named = zip(ScalarAutoencoderSpec.estimators, laws)
    return ApproximationAnswer(
      members: [
        ("logEvidence", .number(posterior.logEvidence.value)),
        (
          "posterior",
          .object([
            ("mean", .number(posterior.mean.value)),
            ("variance", .number(posterior.variance.value)),
          ])
        ),
        ("reconstruction", .number(bound.reconstruction.value)),
        ("kl", .number(bound.divergence.value)),
        ("elbo", .number(bound.elbo.value)),
        ("gap", .number(gap)),
        ("gradient", .numbers(gradient)),
        (
          "estimators",
          .object(named.map { (key: $0.0.key, value: moments($0.1.mean, $0.1.variance)) })
        ),
        ("betaElbo", .numbers(betas)),
        (
          "importanceWeighted",
          .object(weighted.enumerated().map { (key: "K\($0 + 1)", value: json($1)) })
        ),
      ],
      sections: sections(posterior, bound, gap, laws, weighted),
      work: [("points", Double(laws.map(\.points).max() ?? 0))])
  }

  private func numbers(of moments: [ImportanceWeightedLaw.Moments]) -> [Double] {
    moments.flatMap { [$0.mean.value, $0.variance.value] }
  }

  private func json(_ law: ImportanceWeightedLaw) -> JSON {
    .object([
      ("bound", .number(law.bound.value)), ("gradient", json(law.gradient)),
      ("doublyReparameterised", json(law.doublyReparameterised)),
    ])
  }

  private func json(_ components: [ImportanceWeightedLaw.Moments]) -> JSON {
    moments(components.map(\.mean.value), components.map(\.variance.value))
  }

  private func moments(_ mean: [Double], _ variances: [Double]) -> JSON {
    .object([("mean", .numbers(mean)), ("variances", .numbers(variances))])
  }

  private func sections(
    _ posterior: LatentLinePosterior, _ bound: LatentLineBound, _ gap: Double,
    _ laws: [NoiseMoments], _ weighted: [ImportanceWeightedLaw]
  ) -> [OracleSection] {
    let codes: [(label: String, values: [Double]?)] = [
      ("q", [code.mean, code.deviation * code.deviation]),
      ("p(z|x)", [posterior.mean.value, posterior.variance.value]),
    ]
    let estimators: [(label: String, values: [Double]?)] = laws.indices.map { index in
      let law = laws[index]
      return (ScalarAutoencoderSpec.estimators[index].words, law.mean + law.variance)
    }
    let draws: [(label: String, values: [Double]?)] = weighted.indices.map { index in
      let law = weighted[index]
      var values = [law.bound.value]
      values += law.gradient.map { $0.variance.value }
      values += law.doublyReparameterised.map { $0.variance.value }
      return ("K = \(index + 1)", values)
    }
    let found: [OracleSection] = [
      .line(label: "log p(x)", value: posterior.logEvidence.value),
      .line(label: "ELBO", value: bound.elbo.value),
      .line(label: "KL(q‖p(z|x))", value: gap),
      .line(label: "E_q[log p(x|z)]", value: bound.reconstruction.value),
      .line(label: "KL(q‖p(z))", value: bound.divergence.value),
      .table(title: "q and the posterior", columns: ["", "mean", "variance"], rows: codes),
      .table(
        title: "one draw: mean and variance of each gradient estimator",
        columns: ["", "mean, m", "mean, s", "Var, m", "Var, s"], rows: estimators),
      .table(
        title: "K draws: the bound, and the variances of two estimators of its gradient",
        columns: ["", "bound", "Var, m", "Var, s", "doubly: Var, m", "Var, s"], rows: draws),
    ]
    return found
      + OracleSection.table(
        "E_q[log p(x|z)] − β KL(q‖p(z))", columns: ["β", "value"], count: betas.count
      ) { (label: "\(betas[$0])", values: [bound.weighted(by: betas[$0]).value]) }
  }
}

extension ImportanceWeightedLaw {
  /// All that was integrated.
  fileprivate var integrals: [QuadratureValue] {
    [bound] + (gradient + doublyReparameterised).flatMap { [$0.mean, $0.variance] }
  }
}

extension QuadratureValue {
  /// Whether the last refinement moved so little that the next would move nothing: it squares the error.
  fileprivate var hasConverged: Bool { errorBound <= 1e-6 * max(1, abs(value)) }
}
