import GSL
import Models
import Probability

extension GaussianZoo {
  /// The derivative of f(μ + σε) with ε held: one draw of a slope.
  ///
  /// Reference: Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014.
  static let pathwise = averaged(
    "pathwise", formula: "T = path(∇f), for a log joint path(∇F) and 1 more for each log sd",
    papers: ["Kingma, Welling 2014", "Rezende 2014"]
  ) { _, _ in { draw, _ in draw.total } }

  /// The same with log q frozen: E[∇ log q] = 0 leaves the mean, and at q = p(z|x) nothing varies.
  ///
  /// Reference: Roeder, Wu and Duvenaud 2017, "Sticking the landing".
  static let stickingTheLanding = averaged(
    "sticking-the-landing", formula: "H = path(F_d + ε_d/σ_d)", papers: ["Roeder 2017"],
    needs: .logJoint
  ) { _, _ in { draw, _ in draw.landed } }

  // listing: zoo-line analytic-entropy
  /// H[q] is known, and only log p is drawn.
  ///
  /// For independent Gaussians this is T, in another order.
  ///
  /// Reference: Kucukelbir, Tran, Ranganath, Gelman and Blei 2017.
  static let analyticEntropy = averaged(
    "analytic-entropy", formula: "F_d(z);  F_d(z) σ_d ε_d + 1", papers: ["Kucukelbir 2017"],
    needs: .logJoint
  ) { _, _ in
    { draw, problem in withEntropy(problem.path(draw.slope, along: draw.noise), problem) }
  }
  // end of listing

  // listing: zoo-line score-function-analytic-entropy
  /// log p alone meets the score: near the optimum it varies, where log p − log q would not.
  static let scoreFunctionAnalyticEntropy = averaged(
    "score-function-analytic-entropy", formula: "F(z) s_d, plus 1 for the log sds",
    needs: .logJoint
  ) { _, _ in
    { draw, problem in withEntropy(draw.score.map { draw.value * $0 }, problem) }
  }
  // end of listing

  /// ∂H[q]/∂λ_d = 1.
  private static func withEntropy(_ estimate: [Double], _ problem: GaussianProblem) -> [Double] {
    estimate.indices.map { estimate[$0] + ($0 < problem.dimension ? 0 : 1) }
  }

  // listing: zoo-line antithetic-score-function
  static let antitheticScoreFunction = averaged(
    "antithetic-score-function", formula: "the mean of f s at ε and −ε",
    papers: ["Hammersley, Morton 1956"]
  ) { _, _ in
    { draw, problem in
      let pair = [draw, problem.point(at: draw.noise.map { -$0 })]
      return average(pair) { k in pair[k].score.map { pair[k].signal * $0 } }
    }
  }
  // end of listing

  // listing: zoo-line antithetic-pathwise
  static let antitheticPathwise = averaged(
    "antithetic-pathwise", formula: "(T(ε) + T(−ε))/2", papers: ["Hammersley, Morton 1956"]
  ) { _, _ in
    { draw, problem in
      let pair = [draw, problem.point(at: draw.noise.map { -$0 })]
      return average(pair) { pair[$0].total }
    }
  }
  // end of listing

  // listing: zoo-line bonnet-price
  /// ∇_μ E[f] = E[f_d] (Bonnet) and ∂E[f]/∂σ_d² = E[f_dd]/2 (Price), so ∂/∂λ_d = σ_d² E[f_dd].
  ///
  /// Reference: Opper and Archambeau 2009, "The variational Gaussian approximation revisited".
  static let bonnetPrice = averaged(
    "bonnet-price", formula: "F_d(z);  F_dd(z) σ_d², plus 1 for a log joint",
    papers: ["Opper, Archambeau 2009"]
  ) { _, _ in
    { draw, problem in
      let entropy = problem.isLogJoint ? 1.0 : 0.0
      return draw.slope
        + draw.bend.indices.map { d in
          draw.bend[d] * problem.deviations[d] * problem.deviations[d] + entropy
        }
    }
  }
  // end of listing

  // listing: zoo-line implicit-reparameterisation
  /// dz/dθ from the distribution function: Φ_q(z; θ) = u stays as it is while θ moves.
  ///
  /// ```
  /// dz/dθ = −(∂Φ_q/∂θ)/q(z),     for N(μ, σ²): ∂Φ_q/∂μ = −q,  ∂Φ_q/∂λ = −(z − μ) q
  /// ```
  /// It needs no inverse of Φ_q, which is why it serves Gammas and mixtures; for a Gaussian it is T.
  /// Reference: Figurnov, Mohamed and Mnih 2018.
  static let implicitReparameterisation = averaged(
    "implicit-reparameterisation", formula: "−(∂Φ_q/∂θ)/q(z) f_d(z)", papers: ["Figurnov 2018"],
    needs: .fixed
  ) { _, _ in
    { draw, problem in
      draw.slope + draw.slope.indices.map { (draw.z[$0] - problem.mean[$0]) * draw.slope[$0] }
    }
  }
  // end of listing

  // listing: zoo-line lax
  /// A control c meets the score with a minus and the path with a plus: unbiased for any c.
  ///
  /// Reference: Grathwohl, Choi, Wu, Roeder and Duvenaud 2018.
  static let lax = averaged(
    "lax", formula: "(f − c(z)) s + path(∇c)", papers: ["Grathwohl 2018"],
    settings: [ZooSetting("control", .function, "c")]
  ) { _, settings throws(ZooError) in
    let control = try settings.function("control")
    return { draw, problem in
      let c = control.jet(at: draw.z)
      let path = problem.path(c.slope, along: draw.noise)
      return path.indices.map { (draw.signal - c.value) * draw.score[$0] + path[$0] }
    }
  }
  // end of listing
}
