import GSL
public import Models
public import Probability

// A filter and a likelihood from behind on one grid of the state, by the trapezoid rule:
//
//   forward_t(z)  = p(y_t|z) ∫ N(z; a z', Q) forward_(t−1)(z') dz'
//   backward_t(z) = ∫ N(z'; a z, Q) p(y_(t+1)|z') backward_(t+1)(z') dz'
//
// Each integrand is analytic and negligible at both ends, so halving the spacing squares the error; what the last
// halving moved bounds what is left. The state is summed from 9.5 deviations below to 9.5 above the prior's path,
// or as far as a rate of 60 + 2 y, whose probability is e^−60 and less.

/// The exact evidence and marginal posteriors of a chain of counts, by a filter on a grid.
public struct PoissonChainPosterior: Sendable, Equatable {
  /// log p(y).
  public let logEvidence: QuadratureValue
  /// E[z_t|y].
  public let means: [QuadratureValue]
  /// Var[z_t|y].
  public let variances: [QuadratureValue]
  /// E[e^(z_t + offset)|y].
  public let rates: [QuadratureValue]
  /// The grid.
  public let places: [Double]
  /// The density of each z_t given all counts, on the grid.
  public let densities: [[Double]]

  /// On a grid that is halved until nothing moves.
  public init(of model: PoissonChain) {
    var spacing = 0.5 * min(sqrt(model.noise), sqrt(model.initialVariance), 0.6)
    var coarse = GridFilter(model, spacing: spacing)
    while true {
      spacing *= 0.6
      let fine = GridFilter(model, spacing: spacing)
      let moved = fine.distance(from: coarse)
      if moved < 1e-12 || fine.places.count > 6000 {
        let bound = moved + 64 * Double.ulpOfOne * Double(model.length)
        logEvidence = QuadratureValue(
          fine.logEvidence, errorBound: bound * (1 + abs(fine.logEvidence)))
        func labelled(_ values: [Double]) -> [QuadratureValue] {
          values.map { QuadratureValue($0, errorBound: bound * (1 + abs($0))) }
        }
        (means, variances) = (labelled(fine.means), labelled(fine.variances))
        rates = labelled(fine.rates)
        (places, densities) = (fine.places, fine.densities)
        return
      }
      coarse = fine
    }
  }
}

/// The sums of one grid.
private struct GridFilter {
  let places: [Double]
  var logEvidence = 0.0
  var densities: [[Double]] = []
  var means: [Double] = []
  var variances: [Double] = []
  var rates: [Double] = []

  init(_ model: PoissonChain, spacing: Double) {
    places = GridFilter.places(of: model, spacing: spacing)
    func normal(_ x: Double, _ mean: Double, _ variance: Double) -> Double {
      exp(-0.5 * (x - mean) * (x - mean) / variance) / sqrt(2 * Double.pi * variance)
    }
    // step[i][j]: the density of place i after place j, times the width of a cell.
    let step = places.map { next in
      places.map { spacing * normal(next, model.dynamics * $0, model.noise) }
    }
    var forward: [[Double]] = []
    var log = CompensatedSum()
    let likelihoods = model.counts.indices.map { t in
      places.map { exp(model.logLikelihood(at: t, $0)) }
    }
    for t in model.counts.indices {
      let before =
        if let last = forward.last {
          step.map { row in zip(row, last).reduce(0) { $0 + $1.0 * $1.1 } }
        } else {
          places.map { normal($0, model.initialMean, model.initialVariance) }
        }
      let joint = zip(before, likelihoods[t]).map { $0 * $1 }
      let mass = spacing * joint.reduce(0, +)
      log.add(GSL.log(mass))
      forward.append(joint.map { $0 / mass })
    }
    logEvidence = log.value
    var backward = places.map { _ in 1.0 }
    for t in model.counts.indices.reversed() {
      let product = zip(forward[t], backward).map { $0 * $1 }
      let mass = spacing * product.reduce(0, +)
      densities.append(product.map { $0 / mass })
      let later = zip(likelihoods[t], backward).map { $0 * $1 }
      var earlier = places.map { _ in 0.0 }
      for (row, value) in zip(step, later) where value > 0 {
        for j in earlier.indices { earlier[j] += row[j] * value }
      }
      let largest = earlier.max() ?? 1
      backward = earlier.map { $0 / largest }
    }
    densities.reverse()
    for density in densities {
      func mean(_ f: (Double) -> Double) -> Double {
        var sum = CompensatedSum()
        for (z, height) in zip(places, density) { sum.add(spacing * height * f(z)) }
        return sum.value
      }
      let centre = mean { $0 }
      means.append(centre)
      variances.append(mean { ($0 - centre) * ($0 - centre) })
      rates.append(mean { exp($0 + model.offset) })
    }
  }

  /// The lattice over all that any state may be.
  private static func places(of model: PoissonChain, spacing: Double) -> [Double] {
    var (low, high) = (Double.infinity, -Double.infinity)
    var (mean, variance) = (model.initialMean, model.initialVariance)
    for count in model.counts {
      let ceiling = log(60 + 2 * Double(count)) - model.offset
      low = min(low, min(mean, ceiling) - 9.5 * sqrt(variance))
      high = max(high, min(mean + 9.5 * sqrt(variance), max(ceiling, mean)))
      (mean, variance) = (
        model.dynamics * mean, model.dynamics * model.dynamics * variance + model.noise
      )
    }
    let first = (low / spacing).rounded(.down)
    let count = Int(((high - low) / spacing).rounded(.up)) + 1
    return (0...max(1, count)).map { spacing * (first + Double($0)) }
  }

  func distance(from other: GridFilter) -> Double {
    var largest = abs(logEvidence - other.logEvidence) / (1 + abs(logEvidence))
    for (mine, theirs) in [
      (means, other.means), (variances, other.variances), (rates, other.rates),
    ] {
      for (a, b) in zip(mine, theirs) { largest = max(largest, abs(a - b) / (1 + abs(a))) }
    }
    return largest
  }
}
