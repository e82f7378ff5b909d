public import GSL
public import Models
import Networks
public import Probability

// Means under a normal q of what depends on z through one η at a time: η_i is normal under q, so each is an integral
// over one number, by the trapezoid rule in standardised units. The integrands are a normal density times functions
// that are entire (Poisson) or analytic for |Im η| < π (Bernoulli); with the spacing below aliasing leaves less than
// e^−39 of them.

extension LatentGaussian {
  /// E_q[f(η_i)] for each observation.
  private func means(
    under q: GaussianFactor, _ f: (Int, Double) -> Double
  ) -> [QuadratureValue] {
    observations.indices.map { i in
      let row = features.row(i)
      let (mean, variance) = (offset[i] + row.dot(q.mean), row.dot(q.covariance.times(row)))
      let deviation = sqrt(max(0, variance))
      let spacing = law == .poisson ? 0.25 : 0.25 / max(0.5, deviation)
      let reach = Int(((law == .poisson ? 10 + deviation : 10) / spacing).rounded(.up))
      var (sum, size) = (CompensatedSum(), 0.0)
      for node in -reach...reach {
        let t = spacing * Double(node)
        let term =
          spacing * exp(-0.5 * t * t) / sqrt(2 * Double.pi) * f(i, mean + deviation * t)
        sum.add(term)
        size += abs(term)
      }
      return QuadratureValue(sum.value, errorBound: 16 * Double.ulpOfOne * (size + 1))
    }
  }

  /// E_q[E[y_i|η_i]]: the mean rate, or the mean probability, of each observation under q.
  public func exactMeans(under q: GaussianFactor) -> [QuadratureValue] {
    means(under: q) { law.mean($1) }
  }

  /// E_q[Var[y_i|η_i]].
  public func exactVariances(under q: GaussianFactor) -> [QuadratureValue] {
    means(under: q) { law.variance($1) }
  }

  /// The ELBO of q: a quadrature for each observation, less KL(q‖p(z)) in closed form.
  public func exactELBO(of q: GaussianFactor) throws(GSLError) -> QuadratureValue {
    let fits = means(under: q) { law.logProbability(of: observations[$0], $1) }
    let prior = try Gaussian(
      mean: mean.array, covariance: root.times(root.transposed()).array)
    let divergence = try Gaussian(mean: q.mean.array, covariance: q.covariance.array)
      .kullbackLeibler(from: prior)
    return QuadratureValue(
      CompensatedSum(fits.map(\.value) + [-divergence]).value,
      errorBound: fits.reduce(32 * Double.ulpOfOne * (abs(divergence) + 4)) {
        $0 + $1.errorBound
      })
  }
}
