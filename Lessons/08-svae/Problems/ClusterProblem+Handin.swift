import JSONText
import LessonKit
import Models
import Networks
import Probability

extension MixtureParameters {
  /// How a law of clusters is handed over.
  static let arguments: [HandinArgument] = [
    .numbers("alpha", "α_k of q(π)"),
    .matrix(
      "components",
      "a row (l_k, κ_k, ν_k, Λ_k) a cluster: σ_k² ~ inverse Wishart(ν_k, Λ_k), μ_k | σ_k² ~ N(l_k, σ_k²/κ_k)"
    ),
  ]

  /// (l_k, κ_k, ν_k, Λ_k), a row a cluster.
  private var rows: JSON {
    .given(components.map { [$0.mean[0], $0.kappa, $0.dof, $0.scale[0][0]] })
  }

  /// This law, its names behind a prefix.
  func given(_ prefix: String = "") -> [(key: String, value: JSON)] {
    [(prefix + "alpha", .given(weights.concentration)), (prefix + "components", rows)]
  }
}

extension QuadraticPotential {
  /// (h, J) of each potential.
  static func rows(_ potentials: [QuadraticPotential]) -> JSON {
    .given(potentials.map { [$0.linear[0], $0.precision[0, 0]] })
  }
}

extension ClusterProblem {
  /// The prior and q(θ).
  static let laws =
    [
      HandinArgument.numbers("prior_alpha", "α_k of p(π)"),
      .matrix("prior_components", "the rows (l, κ, ν, Λ) of the prior, one a cluster"),
    ] + MixtureParameters.arguments

  /// What is inferred already.
  static let locals: [HandinArgument] = [
    .numbers("means", "E[x_n] of q(x_n), which is at the local optimum"),
    .numbers("variances", "Var[x_n]"),
    .matrix("responsibilities", "r_nk = q(z_n = k), a row a point, at the same optimum"),
  ]

  /// What the recognition network says.
  static let said: [HandinArgument] = [
    .matrix("potentials", "(h_n, J_n) of ψ_n(x) = h_n x − ½ J_n x², a row a point")
  ]

  /// The decoder, and what was observed.
  static let observed: [HandinArgument] = [
    .numbers("weights", "w_d; y_d | x ~ N(w_d x + b_d, c_d)"), .numbers("bias", "b_d"),
    .numbers("noise", "c_d, variances"), .matrix("observations", "y_n, a row a point"),
  ]

  /// The values of ``laws``.
  var givenLaws: [(key: String, value: JSON)] {
    mixture.parameters.given("prior_") + globals.given()
  }

  /// The values of ``said``.
  var givenPotentials: [(key: String, value: JSON)] {
    [("potentials", QuadraticPotential.rows(potentials))]
  }

  /// The values of ``observed``.
  var givenObservations: [(key: String, value: JSON)] {
    [
      ("weights", .given(decoder.weights.array)), ("bias", .given(decoder.bias.array)),
      ("noise", .given(decoder.variances.array)),
      ("observations", .given(observations.map(\.array))),
    ]
  }
}
