import GSL
public import Models
public import Probability

/// The evidence lower bound of a Gaussian code, term by term, and its gradient, by quadrature.
///
/// ```
/// ELBO(m, s) = E_q[log p(x | z)] − KL(q‖N(0, 1))        z = m + σ ε,  σ = e^s
/// ∂/∂m = E[h(z)] − m,      ∂/∂s = E[h(z) σ ε] − σ² + 1     h = d/dz log p(x | z)
/// ```
public struct LatentLineBound: Sendable, Equatable {
  /// E_q[log p(x | z)].
  public let reconstruction: QuadratureValue
  /// KL(q‖N(0, 1)), in closed form.
  public let divergence: ExactValue
  /// The ELBO.
  public let elbo: QuadratureValue
  /// ∇ELBO by (m, s).
  public let gradient: [QuadratureValue]

  /// The bound of a model at a code.
  public init(of model: some LatentLine, at code: GaussianCode) {
    let sigma = code.deviation
    let means = noiseMeans { noise in
      let z = code.latent(noise)
      let slope = model.likelihoodSlope(z)
      return [model.logLikelihood(z), slope, slope * sigma * noise]
    }
    let unit = 8 * Double.ulpOfOne
    let fromPrior = code.divergenceFromPrior
    reconstruction = means[0]
    divergence = ExactValue(
      fromPrior, roundingBound: unit * (code.mean * code.mean + sigma * sigma + abs(code.logSd) + 1)
    )
    elbo = QuadratureValue(
      means[0].value - fromPrior,
      errorBound: means[0].errorBound + divergence.roundingBound + unit * abs(means[0].value))
    gradient = [
      QuadratureValue(
        means[1].value - code.mean, errorBound: means[1].errorBound + unit * abs(code.mean)),
      QuadratureValue(
        means[2].value - expm1(2 * code.logSd),
        errorBound: means[2].errorBound + unit * (sigma * sigma + 1)),
    ]
  }

  /// E_q[log p(x | z)] − β KL(q‖N(0, 1)).
  public func weighted(by beta: Double) -> QuadratureValue {
    let value = reconstruction.value - beta * divergence.value
    return QuadratureValue(
      value,
      errorBound: reconstruction.errorBound + abs(beta) * divergence.roundingBound
        + 2 * Double.ulpOfOne * (abs(reconstruction.value) + abs(beta * divergence.value)))
  }
}

/// E[g(ε)] for ε ~ N(0, 1), by the trapezoid rule on ±14 refined until it stands still.
///
/// The integrands must be smooth and grow no faster than a Gaussian falls. Each halving of the spacing
/// squares the error of an analytic integrand, so what the last one moved is taken as the bound.
public func noiseMeans(_ integrands: (Double) -> [Double]) -> [QuadratureValue] {
  let reach = 14.0
  func sums(_ count: Int) -> (values: [Double], sizes: [Double]) {
    let spacing = 2 * reach / Double(count - 1)
    var (totals, sizes): ([CompensatedSum], [Double]) = ([], [])
    for node in 0..<count {
      let noise = -reach + spacing * Double(node)
      let weight = spacing * exp(-0.5 * noise * noise) / sqrt(2 * Double.pi)
      let values = integrands(noise)
      if totals.isEmpty {
        totals = values.map { _ in CompensatedSum() }
        sizes = values.map { _ in 0 }
      }
      for i in values.indices {
        totals[i].add(weight * values[i])
        sizes[i] += abs(weight * values[i])
      }
    }
    return (totals.map(\.value), sizes)
  }
  var count = 257
  var coarse = sums(count).values
  while true {
    count = 2 * count - 1
    let (fine, sizes) = sums(count)
    let moved = zip(fine, coarse).map { abs($0 - $1) }
    let settled = zip(moved, sizes).allSatisfy { $0 <= 1e-13 * ($1 + Double.leastNormalMagnitude) }
    if settled || count > 1 << 17 {
      return fine.indices.map {
        QuadratureValue(fine[$0], errorBound: moved[$0] + 8 * Double.ulpOfOne * sizes[$0])
      }
    }
    coarse = fine
  }
}
