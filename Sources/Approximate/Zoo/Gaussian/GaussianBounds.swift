import GSL
import Models
import Probability

// Several draws of a log joint: w = p(x, z)/q(z), f = log w, v_k = w_k/Σw and
// L = log (1/K) Σ_k w_k. T is the derivative along the noise, H that with the density of q frozen.

extension GaussianZoo {
  /// v_k, a softmax of what stands in place of log w.
  private static func shares(_ logWeights: [Double]) -> [Double] {
    let total = logSumExp(logWeights)
    return logWeights.map { exp($0 - total) }
  }

  /// Σ_k a(v_k) h_k.
  private static func weighted(
    _ draws: [GaussianPoint], power: Double = 1, _ h: (GaussianPoint) -> [Double],
    by weight: (Double) -> Double = { $0 }
  ) -> [Double] {
    let v = shares(draws.map { power * $0.signal })
    return sum(draws) { k in h(draws[k]).map { weight(v[k]) * $0 } }
  }

  /// An estimator for K draws of a log joint.
  private static func several(
    _ name: String, formula: String, papers: [String], settings: [ZooSetting] = [],
    target: @escaping @Sendable (ZooSettings) throws(ZooError) -> GradientTarget = {
      .bound(samples: $0.samples)
    },
    bias: ZooBias<GaussianProblem> = .none, by making: @escaping Making<[GaussianPoint]>
  ) -> GaussianEstimator {
    together(
      name, formula: formula, papers: papers, needs: .logJoint, settings: settings,
      target: target, bias: bias, by: making)
  }

  // listing: zoo-line iwae
  /// The derivative of L along all noises.
  ///
  /// Reference: Burda, Grosse and Salakhutdinov 2016.
  static let iwae = several("iwae", formula: "Σ_k v_k T_k", papers: ["Burda 2016"]) { _, _ in
    { draws, _ in weighted(draws, \.total) }
  }
  // end of listing

  // listing: zoo-line iwae-stl
  /// Freezing q inside log w only: for K ≥ 2 what is dropped has a mean.
  ///
  /// Reference: Roeder 2017.
  static let iwaeSticking = several(
    "iwae-stl", formula: "Σ_k v_k H_k", papers: ["Roeder 2017"],
    bias: .biased("biased for K ≥ 2", unless: { $1.samples == 1 })
  ) { _, _ in { draws, _ in weighted(draws, \.landed) } }
  // end of listing

  // listing: zoo-line dreg
  /// The score that the bound leaves over is reparameterised once more, which squares the weights.
  ///
  /// Reference: Tucker, Lawson, Gu and Maddison 2019, "Doubly reparameterized gradient estimators".
  static let doublyReparameterised = several(
    "dreg", formula: "Σ_k v_k² H_k", papers: ["Tucker 2019"]
  ) { _, _ in { draws, _ in weighted(draws, \.landed) { $0 * $0 } } }
  // end of listing

  // listing: zoo-line rws-dreg
  /// The wake-phase gradient of q by the same step.
  ///
  /// Reference: Tucker 2019.
  static let rwsDoublyReparameterised = several(
    "rws-dreg", formula: "Σ_k (v_k − v_k²) H_k", papers: ["Tucker 2019"],
    target: { _ in .inclusive },
    bias: .biased("biased at every K, as rws-wake is; its mean is that of rws-wake")
  ) { _, _ in { draws, _ in weighted(draws, \.landed) { $0 - $0 * $0 } } }
  // end of listing

  // listing: zoo-line rws-wake
  /// Σ_k v_k s_k, self-normalised importance sampling of E_{p(z|x)}[s]; its mean is 0 at K = 1.
  ///
  /// Reference: Bornschein and Bengio 2015, "Reweighted wake-sleep".
  static let rwsWake = several(
    "rws-wake", formula: "Σ_k v_k s_k", papers: ["Bornschein, Bengio 2015"],
    target: { _ in .inclusive }, bias: .biased("biased at every K, less as K grows")
  ) { _, _ in { draws, _ in weighted(draws, \.score) } }
  // end of listing

  // listing: zoo-line renyi
  /// A bound by powers of the weights, v′ ∝ w^(1−α).
  ///
  /// Reference: Li and Turner 2016.
  static let renyi = several(
    "renyi", formula: "Σ_k v′_k T_k,  v′ ∝ w^(1−α)", papers: ["Li, Turner 2016"],
    settings: [ZooSetting("alpha", .notOne, "α")],
    target: { settings throws(ZooError) in .renyi(alpha: try settings.number("alpha")) },
    bias: .biased("biased at every K for the bound of infinitely many draws")
  ) { _, settings throws(ZooError) in
    let power = 1 - (try settings.number("alpha"))
    return { draws, _ in weighted(draws, power: power, \.total) }
  }
  // end of listing

  // listing: zoo-line ciwae
  /// Part ELBO and part bound of K draws.
  ///
  /// Reference: Rainforth and others 2018, "Tighter variational bounds are not necessarily better".
  static let convexCombination = several(
    "ciwae", formula: "Σ_k (β/K + (1 − β) v_k) T_k", papers: ["Rainforth 2018"],
    settings: [ZooSetting("beta", .number, "β")],
    target: { settings throws(ZooError) in
      .mixedBound(samples: settings.samples, share: try settings.number("beta"))
    }
  ) { _, settings throws(ZooError) in
    let beta = try settings.number("beta")
    return { draws, _ in
      let even = beta / Double(draws.count)
      return weighted(draws, \.total) { even + (1 - beta) * $0 }
    }
  }
  // end of listing

  // listing: zoo-line iwae-score
  /// The score function of L, and what L itself depends on q.
  ///
  /// Reference: Burda 2016; Mnih, Rezende 2016.
  static let iwaeScore = several(
    "iwae-score", formula: "Σ_k (L − v_k) s_k", papers: ["Burda 2016", "Mnih, Rezende 2016"]
  ) { _, _ in
    { draws, _ in
      let f = draws.map(\.signal)
      let (v, bound) = (shares(f), logSumExp(f) - log(Double(f.count)))
      return sum(draws) { k in draws[k].score.map { (bound - v[k]) * $0 } }
    }
  }
  // end of listing

  // listing: zoo-line vimco
  /// L^(k) replaces log w_k by a mean of the others, and so does not depend on z_k.
  ///
  /// Reference: Mnih and Rezende 2016, "Variational inference for Monte Carlo objectives".
  static let vimco = several(
    "vimco", formula: "Σ_k (L − L^(k) − v_k) s_k", papers: ["Mnih, Rezende 2016"],
    settings: [
      .samples(from: 2),
      ZooSetting("mean", .word(["geometric", "arithmetic"]), "of the other weights"),
    ]
  ) { _, settings in
    let isGeometric = settings.word("mean") == "geometric"
    return { draws, _ in
      let f = draws.map(\.signal)
      let (v, total) = (shares(f), logSumExp(f))
      return sum(draws) { k in
        let others = f.indices.filter { $0 != k }.map { f[$0] }
        let count = Double(others.count)
        var replaced = f
        replaced[k] =
          isGeometric ? others.reduce(0, +) / count : logSumExp(others) - log(count)
        let signal = total - logSumExp(replaced) - v[k]
        return draws[k].score.map { signal * $0 }
      }
    }
  }
  // end of listing
}
