public import GSL
public import Models
public import Networks
public import Probability

/// The bound of clusters on the line as a program on dual numbers: sweep after sweep until nothing moves.
///
/// The optimum is followed by differentiating the sweeps that reach it; no equation is solved for its rate. It is
/// what the implicit derivative is compared with.
public struct MixtureProgram: Sendable {
  private let mixture: LatentMixture
  private let globals: MixtureParameters
  private let potentials: [QuadraticPotential]
  private let start: [[Double]]
  private let views: [ScalarView]

  /// A program; refuses latents that are no numbers.
  public init(
    _ mixture: LatentMixture, globals: MixtureParameters, decoder: LinearDecoder,
    observations: [Vector], potentials: [QuadraticPotential], responsibilities start: [[Double]]
  ) throws(ModelError) {
    views = try ScalarView.all(decoder, observations, latents: mixture.dimension)
    self.mixture = mixture
    self.globals = globals
    self.potentials = potentials
    self.start = start
  }

  /// The bound, and its rate along a direction.
  public func values(along direction: BoundDirection = .none) throws(GSLError) -> BoundValues {
    let count = mixture.componentCount
    let eta = moving(globals.naturalParameters, direction)
    let weights = try DualWeights(eta[..<count])
    var components: [DualComponent] = []
    for k in 0..<count {
      components.append(try DualComponent(eta[(count + 4 * k)..<(count + 4 * k + 4)]))
    }
    let view = DualView(potentials, views, direction)
    var (means, squares, structure): ([Dual], [Dual], Dual) = ([], [], 0.0)
    var statistics = Array(repeating: Dual(0), count: eta.count)
    for n in potentials.indices {
      let point = DualPoint(view.linear[n], view.precision[n], weights, components, start[n])
      means.append(point.mean)
      squares.append(point.square)
      structure += point.structure
      for (k, r) in point.responsibilities.enumerated() {
        statistics[k] += r
        let place = count + 4 * k
        for (i, term) in [point.mean, 1.0, point.square, 1.0].enumerated() {
          statistics[place + i] += r * term
        }
      }
    }
    let e = weights.expectations + components.flatMap(\.expectations)
    let partition = weights.logPartition + components.map(\.logPartition).sum()
    let divergence = divergence(
      mixture.parameters.naturalParameters, try mixture.parameters.logPartition(), eta, partition,
      e)
    let fits = view.fits(means, squares)
    return BoundValues(
      surrogate: structure + fits.potentials - divergence,
      elbo: structure + fits.decoder - divergence, means: means, squares: squares,
      statistics: statistics, expectations: e)
  }
}

/// One point at its fixed point.
private struct DualPoint {
  private(set) var mean: Dual = 0.0
  private(set) var square: Dual = 0.0
  private(set) var responsibilities: [Dual]
  private(set) var structure: Dual = 0.0

  init(
    _ linear: Dual, _ precision: Dual, _ weights: DualWeights, _ components: [DualComponent],
    _ start: [Double]
  ) {
    responsibilities = start.map { Dual($0) }
    var rest = Int.max
    for sweep in 0..<20_000 where rest > 0 {
      rest -= 1
      let before = (mean, responsibilities)
      let j =
        precision
        + zip(responsibilities, components).map { Dual(-2) * $0 * $1.expectations[2] }.sum()
      let h = linear + zip(responsibilities, components).map { $0 * $1.expectations[0] }.sum()
      let variance = 1.0 / j
      mean = variance * h
      square = mean * mean + variance
      let logs = components.indices.map { k in
        weights.expectations[k] + logDensity(components[k]) - Dual(0.5 * log(2 * Double.pi))
      }
      let top = Dual(logs.map(\.value).reduce(-.infinity, max))
      let shares = logs.map { ($0 - top).exponential }
      let total = shares.sum()
      let updated = shares.map { $0 / total }
      structure =
        zip(updated, logs).map { r, l in r.value > 0 ? r * (l - r.logarithm) : 0.0 }.sum()
        + Dual(0.5) * (Dual(1 + log(2 * Double.pi)) + variance.logarithm)
      responsibilities = updated
      // Half as many sweeps again take what is left far below rounding, as distances shrink by a factor.
      if rest > sweep, DualPoint.stand(before.0, mean),
        zip(before.1, updated).allSatisfy({ DualPoint.stand($0, $1) })
      {
        rest = 4 + sweep / 2
      }
    }
  }

  /// E[log p(x | z = k)] without its constant.
  private func logDensity(_ component: DualComponent) -> Dual {
    let e = component.expectations
    return e[0] * mean + e[1] + e[2] * square + e[3]
  }

  private static func stand(_ a: Dual, _ b: Dual) -> Bool {
    (a.value - b.value).magnitude <= 1e-13 * (1 + b.value.magnitude)
      && (a.slope - b.slope).magnitude <= 1e-12 * (1 + b.slope.magnitude)
  }
}
