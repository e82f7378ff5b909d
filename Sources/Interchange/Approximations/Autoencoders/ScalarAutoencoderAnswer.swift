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
      do {
        return try ScalarAutoencoderSpec.estimators.map { estimator in
          try noiseMoments { choices in try estimator.value.estimate(model, code, &choices) }
        }
      } catch ChoiceError.notFinite { throw ExactRefusal.overflow("q") }
    }
    if let lost = lost(laws) { throw .uncomputed(lost) }
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
        "q: so far from the posterior, or so much wider, that weights of K draws spread over more than "
          + "100000 units of their logarithm")
    }
    guard numbers.allSatisfy(\.isFinite) else { throw .unanswered(.overflow("q")) }
    if let open = unsettled(posterior, bound, laws, weighted) {
      throw .uncomputed(
        "q: the integral of \(open) does not settle on the finest grid: the decoder, or the weight of a "
          + "draw, varies too fast over the width of q")
    }
    if let missed = missed(gradient, laws, weighted) {
      throw .uncomputed(
        "q: by two routes \(missed) differs by more than a billionth: the decoder is so steep that "
          + "one of the grids has not seen all of it")
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

extension ScalarAutoencoderSpec {
  /// The sentence about an estimator whose mean is lost to rounding, if there is one.
  ///
  /// One draw is a number of the size of its deviation, rounded to 53 bits; a mean of such numbers is no
  /// better than that where it is as much smaller.
  private func lost(_ laws: [NoiseMoments]) -> String? {
    for (estimator, law) in zip(ScalarAutoencoderSpec.estimators, laws) {
      for (mean, variance) in zip(law.mean, law.variance) {
        let deviation = max(0, variance).squareRoot()
        guard deviation * Double.ulpOfOne > 1e-9 * max(1, abs(mean)) else { continue }
        return "q.logSd: one draw of \(estimator.key) has a standard deviation of "
          + "\(Format.significant(deviation, digits: 2)) around a mean of \(Format.significant(mean, digits: 2)), which rounding hides"
      }
    }
    return nil
  }

  /// What differs though it is one number, if there is anything.
  ///
  /// A step of the decoder is a peak of its slope. A grid on which the peak stands between two points
  /// does not move when it is refined, but what it makes of the gradient is not the gradient of the
  /// bound, whose grid sees the step. And one draw has one variance, whatever K says.
  private func missed(
    _ gradient: [Double], _ laws: [NoiseMoments], _ weighted: [ImportanceWeightedLaw]
  ) -> String? {
    func differs(_ one: Double, _ other: Double, rounding: Double) -> Bool {
      abs(one - other) > 1e-9 * max(1, abs(other)) + 16 * Double.ulpOfOne * rounding
    }
    for (estimator, law) in zip(ScalarAutoencoderSpec.estimators, laws) {
      for (d, slope) in gradient.enumerated() {
        let deviation = max(0, law.variance[d]).squareRoot()
        if differs(law.mean[d], slope, rounding: deviation) {
          return "the mean of \(estimator.key)"
        }
      }
    }
    guard let single = weighted.first else { return nil }
    for (one, other) in zip(single.gradient, laws[1].variance) {
      if differs(one.variance.value, other, rounding: 64 * abs(other)) {
        return "the variance of \(ScalarAutoencoderSpec.estimators[1].key)"
      }
    }
    return nil
  }

  /// The name of an integral that the last refinement of its grid still moved, if there is one.
  ///
  /// A refinement squares the error, so that what moved by a millionth is settled.
  private func unsettled(
    _ posterior: LatentLinePosterior, _ bound: LatentLineBound, _ laws: [NoiseMoments],
    _ weighted: [ImportanceWeightedLaw]
  ) -> String? {
    var all: [(name: String, value: QuadratureValue, size: Double)] = [
      ("log p(x)", posterior.logEvidence, 0), ("the posterior mean", posterior.mean, 0),
      ("the posterior variance", posterior.variance, 0), ("the ELBO", bound.elbo, 0),
    ]
    all += bound.gradient.map { ("the gradient", $0, 0) }
    func add(_ name: String, _ mean: QuadratureValue, _ variance: QuadratureValue) {
      all.append((name, mean, max(0, variance.value).squareRoot()))
      all.append((name, variance, mean.value * mean.value))
    }
    for (estimator, law) in zip(ScalarAutoencoderSpec.estimators, laws) {
      for d in law.means.indices { add(estimator.key, law.means[d], law.variances[d]) }
    }
    for (number, law) in weighted.enumerated() {
      all.append(("the bound of K\(number + 1)", law.bound, 0))
      for moments in law.gradient {
        add("the gradient of K\(number + 1)", moments.mean, moments.variance)
      }
      for moments in law.doublyReparameterised {
        add("doublyReparameterised of K\(number + 1)", moments.mean, moments.variance)
      }
    }
    return all.first { $0.value.errorBound > 1e-6 * max(1, abs($0.value.value), $0.size) }?.name
  }
}
