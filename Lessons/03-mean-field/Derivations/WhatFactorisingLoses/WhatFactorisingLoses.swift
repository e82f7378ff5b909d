import GSL
import LessonKit
import Probability

extension Page {
  private static func changing(_ change: (inout Approximations) -> Void) -> Approximations {
    var fits = Approximations()
    change(&fits)
    return fits
  }

  static let factorisingMistakes: [Mistake<Approximations>] = [
    Mistake(
      "leaves-out-the-entropy", "E_q[log p(x, h)] alone, which likes a point mass best",
      changing {
        $0.elbo = { q, bits in zip(q, bits.logJoints).reduce(0) { $0 + $1.0 * $1.1 } }
      }),
    Mistake(
      "reports-the-divergence", "KL(q‖p), lower is better, under the name ELBO",
      source: "blackjax, tests/vi/test_meanfield_vi.py",
      changing { $0.elbo = { q, bits in kullbackLeibler(of: q, from: bits.posterior) } }),
    Mistake(
      "calls-marginals-the-best-product", "the inclusive fit where the exclusive is asked for",
      source: "CoursIA #4610", changing { $0.exclusiveFit = $0.inclusiveFit }),
    Mistake(
      "calls-mean-field-the-marginals", "the exclusive fit where the inclusive one is asked for",
      source: "BayesPy #94",
      changing { fits in
        let exclusive = fits.exclusiveFit
        fits.inclusiveFit = { try exclusive($0) }
      }),
    Mistake(
      "samples-the-marginals", "q(h₁) q(h₂) where q(h₁) q(h₂|h₁) was announced",
      source: "StateSpaceDynamics #145",
      changing { fits in
        let inclusive = fits.inclusiveFit
        fits.autoregressive = { product(try inclusive($0)) }
      }),
    Mistake(
      "blames-the-normaliser", "takes a covariance of weights that do not sum to one",
      source: "E-055",
      changing {
        $0.covariance = { weights in
          weights[1][1] - (weights[1][0] + weights[1][1]) * (weights[0][1] + weights[1][1])
        }
      }),
    Mistake(
      "finds-no-covariance", "a product's covariance, zero, whatever the likelihood",
      changing { $0.covariance = { _ in 0 } }),
    Mistake(
      "takes-the-states-as-known", "conditions on the likelier h₂ in place of averaging",
      source: "E-007",
      changing {
        $0.firstGivenSecond = { second, bits in
          let column = bits.joint.map { $0[second > 0.5 ? 1 : 0] }
          return column[1] / (column[0] + column[1])
        }
      }),
    Mistake(
      "averages-over-the-posterior", "p(h₁|x): p(h₁|h₂, x) averaged over p(h₂|x), no log, no q₂",
      changing {
        $0.firstGivenSecond = { _, bits in
          let rows = bits.joint.map { $0.reduce(0, +) }
          return rows[1] / (rows[0] + rows[1])
        }
      }),
  ]
}
