import GSL
import Models
import Probability

extension GaussianZoo {
  // listing: zoo-line delta-method
  /// A second-order Taylor series of f at μ, frozen, as a control whose mean is known.
  ///
  /// ```
  /// t(z) = f(μ) + g·(z − μ) + ½(z − μ)ᵀH(z − μ)
  /// X − a_d (Y − E Y),     X = T, Y = path(∇t)   or   X = f s, Y = t s,     E Y = (g_d), (H_dd σ_d²)
  /// ```
  /// The best coefficient is a_d = Cov(X_d, Y_d)/Var(Y_d). With a = 1 it may do great harm: where f
  /// bends within one σ, t leaves it far behind.
  /// Reference: Paisley, Blei and Jordan 2012; Miller, Foti, D'Amour and Adams 2017.
  static let deltaMethod = averaged(
    "delta-method", formula: "X_d − a_d (Y_d − E Y_d),  Y by the Taylor series t of f at μ",
    papers: ["Paisley, Blei, Jordan 2012", "Miller 2017"], needs: .fixed,
    settings: [
      ZooSetting("base", .word(["pathwise", "score-function"]), "what X is"),
      ZooSetting("coefficient", .numberOr("optimal"), "a"),
    ]
  ) { problem, settings throws(ZooError) in
    let pair = taylorPair(problem, isPathwise: settings.word("base") == "pathwise")
    let coefficients =
      settings.word("coefficient") == nil
      ? [Double](repeating: try settings.number("coefficient"), count: problem.parameterCount)
      : try optimalCoefficients(problem, pair)
    let expected = expectedControl(problem)
    return { draw, _ in
      let (x, y) = pair(draw)
      return x.indices.map { x[$0] - coefficients[$0] * (y[$0] - expected[$0]) }
    }
  }
  // end of listing

  private typealias Pair = @Sendable (GaussianPoint) -> (x: [Double], y: [Double])

  private static func taylorPair(_ problem: GaussianProblem, isPathwise: Bool) -> Pair {
    let centre = problem.function.jet(at: problem.mean)
    return { draw in
      let step = zip(draw.z, problem.mean).map { $0 - $1 }
      let bent = centre.curvature.map { row in zip(row, step).reduce(0) { $0 + $1.0 * $1.1 } }
      if isPathwise {
        let slope = zip(centre.slope, bent).map { $0 + $1 }
        return (draw.total, problem.path(slope, along: draw.noise))
      }
      let t = step.indices.reduce(centre.value) { sum, d in
        sum + step[d] * (centre.slope[d] + 0.5 * bent[d])
      }
      return (draw.score.map { draw.signal * $0 }, draw.score.map { t * $0 })
    }
  }

  private static func expectedControl(_ problem: GaussianProblem) -> [Double] {
    let centre = problem.function.jet(at: problem.mean)
    return centre.slope
      + problem.deviations.indices.map { d in
        centre.curvature[d][d] * problem.deviations[d] * problem.deviations[d]
      }
  }

  /// Cov(X_d, Y_d)/Var(Y_d), zero where Y_d does not vary.
  private static func optimalCoefficients(
    _ problem: GaussianProblem, _ pair: @escaping Pair
  ) throws(ZooError) -> [Double] {
    let both = GaussianFormula(samples: 1) { draws, _ in
      let (x, y) = pair(draws[0])
      return x + y
    }
    let moments: ExactMoments
    do { moments = try both.moments(problem, ChoiceLimits()).moments } catch {
      throw .unsettled("\(error)")
    }
    let count = problem.parameterCount
    return (0..<count).map { d in
      let (variance, mean) = (moments.covariance[count + d][count + d], moments.mean[count + d])
      // Rounding alone makes a variance of the order of ε E[Y²].
      let rounding = 64 * Double.ulpOfOne * (variance + mean * mean)
      return variance <= rounding ? 0 : moments.covariance[d][count + d] / variance
    }
  }
}
