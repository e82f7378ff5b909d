import GSL
import Models
import Probability

extension GaussianZoo {
  // listing: zoo-line score-function
  static let scoreFunction = averaged(
    "score-function", formula: "(1/S) Σ_k f_k s_kd", papers: ["Glynn 1990", "Williams 1992"]
  ) { _, _ in { draw, _ in draw.score.map { draw.signal * $0 } } }
  // end of listing

  // listing: zoo-line constant-baseline
  static let constantBaseline = averaged(
    "constant-baseline", formula: "(1/S) Σ_k (f_k − c) s_kd", papers: ["Williams 1992"],
    settings: [ZooSetting("baseline", .number, "c")]
  ) { _, settings throws(ZooError) in
    let c = try settings.number("baseline")
    return { draw, _ in draw.score.map { (draw.signal - c) * $0 } }
  }
  // end of listing

  // listing: zoo-line optimal-baseline
  /// Var[(f − c) s_d] is a parabola in c, and least where c_d = E[f s_d²]/E[s_d²].
  ///
  /// Reference: Weaver and Tao 2001, "The optimal reward baseline".
  static let optimalBaseline = averaged(
    "optimal-baseline", formula: "(1/S) Σ_k (f_k − c_d) s_kd,  c_d = E[f s_d²]/E[s_d²]",
    papers: ["Weaver, Tao 2001", "Ranganath 2014"],
    constants: { try optimalBaselines($0).map { $0 } }
  ) { problem, _ throws(ZooError) in
    let c = try optimalBaselines(problem)
    return { draw, _ in
      draw.score.indices.map { d in (draw.signal - c[d]) * draw.score[d] }
    }
  }
  // end of listing

  /// E[f s_d²]/E[s_d²], with E[s_d²] = 1/σ_d² by a mean and 2 by a log standard deviation.
  static func optimalBaselines(_ problem: GaussianProblem) throws(ZooError) -> [Double] {
    let products = try mean(problem) { draw in draw.score.map { draw.signal * $0 * $0 } }
    return products.indices.map { d in
      d < problem.dimension
        ? products[d] * problem.deviations[d] * problem.deviations[d] : products[d] / 2
    }
  }

  /// E[h(z)] by quadrature.
  private static func mean(
    _ problem: GaussianProblem, of value: @escaping @Sendable (GaussianPoint) -> [Double]
  ) throws(ZooError) -> [Double] {
    let formula = GaussianFormula(samples: 1) { draws, _ in value(draws[0]) }
    do { return try formula.moments(problem, ChoiceLimits()).moments.mean } catch {
      throw .unsettled("\(error)")
    }
  }

  // listing: zoo-line leave-one-out
  static let leaveOneOut = together(
    "leave-one-out", formula: "(1/S) Σ_k (f_k − mean of the other f) s_kd",
    papers: ["Mnih, Rezende 2016", "Kool, van Hoof, Welling 2019"],
    settings: [.samples(from: 2)]
  ) { _, _ in
    { draws, _ in
      let (total, others) = (draws.reduce(0) { $0 + $1.signal }, Double(draws.count - 1))
      return average(draws) { k in
        let f = draws[k].signal
        return draws[k].score.map { (f - (total - f) / others) * $0 }
      }
    }
  }
  // end of listing

  // listing: zoo-line vargrad
  /// The gradient of the sample variance of log w: a covariance of signals and scores.
  ///
  /// With the divisor S instead of S − 1 it shrinks to 1 − 1/S of the gradient.
  /// Reference: Richter, Boustati, Nüsken, Ruiz and Akyildiz 2020, "VarGrad".
  static let vargrad = together(
    "vargrad", formula: "Σ_k (f_k − f̄)(s_kd − s̄_d)/m,  m = S − 1 or S",
    papers: ["Richter 2020"],
    settings: [
      .samples(from: 2),
      ZooSetting("divisor", .word(["n-1", "n"]), "whether m is S − 1 or S"),
    ],
    bias: .scaled("with \"n\" the mean is 1 − 1/S of the gradient") { settings in
      settings.word("divisor") == "n" ? 1 - 1 / Double(settings.samples) : 1
    }
  ) { _, settings in
    let less = settings.word("divisor") == "n" ? 0 : 1
    return { draws, _ in
      let n = Double(draws.count)
      let signal = draws.reduce(0) { $0 + $1.signal } / n
      let scores = average(draws) { draws[$0].score }
      return average(draws) { k in
        draws[k].score.indices.map { d in
          (draws[k].signal - signal) * (draws[k].score[d] - scores[d])
            * n / Double(draws.count - less)
        }
      }
    }
  }
  // end of listing

  /// (1/K) Σ_k h_k.
  static func average(_ draws: [GaussianPoint], _ value: (Int) -> [Double]) -> [Double] {
    sum(draws, value).map { $0 / Double(draws.count) }
  }

  /// Σ_k h_k.
  static func sum(_ draws: [GaussianPoint], _ value: (Int) -> [Double]) -> [Double] {
    draws.indices.dropFirst().reduce(into: value(0)) { sum, k in
      for (d, term) in value(k).enumerated() { sum[d] += term }
    }
  }

  // listing: zoo-line importance-sampled
  /// Draws from another Gaussian, weighted: ω = q(z)/r(z).
  ///
  /// The second moment is finite only where r is more than 1/√2 as wide as q.
  /// Reference: Ruiz, Titsias and Blei 2016, "Overdispersed black-box variational inference".
  static let importanceSampled = averaged(
    "importance-sampled", formula: "(1/S) Σ_k ω_k f_k s_kd,  z_k ~ r,  ω = q/r",
    papers: ["Ruiz 2016"],
    settings: [
      ZooSetting("proposalMean", .vector, "the means of r"),
      ZooSetting("proposalLogSd", .vector, "the log standard deviations of r"),
    ]
  ) { problem, settings throws(ZooError) in
    let proposal = GaussianProblem(
      mean: try settings.numbers("proposalMean"),
      logDeviations: try settings.numbers("proposalLogSd"), problem.objective)
    for d in problem.mean.indices
    where 2 * (problem.logDeviations[d] - proposal.logDeviations[d]) >= log(2) {
      throw .misfit(
        setting: "proposalLogSd",
        reason: "the variance is infinite where the proposal is less than 1/√2 as wide as q:"
          + " expected more than \(problem.logDeviations[d] - 0.5 * log(2)), found"
          + " \(proposal.logDeviations[d])")
    }
    return { draw, problem in
      let z = proposal.point(at: draw.noise).z
      let noise = z.indices.map { (z[$0] - problem.mean[$0]) / problem.deviations[$0] }
      let point = problem.point(at: noise)
      let ratio = exp(problem.logDensity(at: noise) - proposal.logDensity(at: draw.noise))
      return point.score.map { ratio * point.signal * $0 }
    }
  }
  // end of listing
}
