import GSL
import Models

/// Weights and derivatives of one draw at equally spaced noises; the integrals over t on them.
struct WeightedGrid {
  /// Nine numbers for one K, and the sizes by which their errors are measured.
  struct Moments {
    var values: [Double] = []
    var sizes: [Double] = []
  }

  /// How far log E w may lie above log w of a noise that is not as good as impossible.
  ///
  /// Where q is so much wider than the posterior that it lies farther, the integrals over t do not
  /// end, and there are no numbers.
  static let mostSpread = 1e5

  private var masses: [Double] = []
  /// log w − scale, from the smallest to the largest.
  private var logs: [Double] = []
  /// The mass of all nodes before each.
  private var before: [Double] = [0]
  /// log E w.
  private var scale = 0.0
  /// a − E a, the total derivatives; b, what remains of them without the score.
  private var total: [[Double]] = [[], []]
  private var path: [[Double]] = [[], []]
  /// E a, the gradient of the ELBO.
  private var centre = [0.0, 0.0]
  /// E of the squares of the terms of b: what rounding is measured by.
  private var termSquares = [0.0, 0.0]

  init(_ model: some LatentLine, _ code: GaussianCode, count: Int) {
    // Beyond ±10.5 lies e^−57 of the noise; what is averaged is bounded by the weights' shares.
    let (reach, sigma) = (10.5, code.deviation)
    let spacing = 2 * reach / Double(count - 1)
    for node in 0..<count {
      let noise = -reach + spacing * Double(node)
      let z = code.latent(noise)
      let slope = model.jointSlope(z)
      let mass = spacing * exp(-0.5 * noise * noise) / sqrt(2 * Double.pi)
      let (across, along) = (slope + noise / sigma, sigma * noise)
      masses.append(mass)
      logs.append(model.signal(z, under: code))
      total[0].append(slope)
      total[1].append(slope * along + 1)
      path[0].append(across)
      path[1].append(across * along)
      let square = slope * slope + (noise / sigma) * (noise / sigma)
      termSquares[0] += mass * square
      termSquares[1] += mass * square * along * along
    }
    scale = logSumExp(zip(masses, logs).map { log($0) + $1 })
    logs = logs.map { $0 - scale }
    for d in 0..<2 {
      centre[d] = mean(total[d])
      total[d] = total[d].map { $0 - centre[d] }
    }
    sort()
  }

  /// Orders the nodes by weight, so that those that matter at one t stand together.
  private mutating func sort() {
    let order = logs.indices.sorted { logs[$0] < logs[$1] }
    masses = order.map { masses[$0] }
    logs = order.map { logs[$0] }
    for d in 0..<2 {
      total[d] = order.map { total[d][$0] }
      path[d] = order.map { path[d][$0] }
    }
    var sum = CompensatedSum()
    for mass in masses {
      sum.add(mass)
      before.append(sum.value)
    }
  }

  /// The number of nodes with log w − scale below a value.
  private func count(below value: Double) -> Int {
    var (low, high) = (0, logs.count)
    while low < high {
      let middle = (low + high) / 2
      if logs[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Bound, means and variances of the gradient, and of the doubly reparameterised one, for each K.
  func moments(_ samples: [Int]) -> [Moments] {
    var sums = samples.map { Integrals(samples: Double($0)) }
    // E w = 1 by scaling: left of −42 every integrand is below e^−42 of what matters.
    var u = -42 - log(Double(samples.max() ?? 1))
    let isAlone = !samples.contains { $0 > 1 }
    let isEndless = !isAlone && innerMeans(Self.mostSpread).survivors >= 1e-19
    while !isAlone && !isEndless {
      let inner = innerMeans(u)
      for index in sums.indices { sums[index].add(inner, t: exp(u)) }
      if u > 6, inner.survivors < 1e-19 { break }
      u += Integrals.step
    }
    return zip(samples, sums).map { samples, sums in
      if samples <= 1 { return single() }
      return isEndless ? Moments(values: Array(repeating: .nan, count: 9)) : moments(sums)
    }
  }

  private func moments(_ sums: Integrals) -> Moments {
    let bound = scale + sums.logSum - log(sums.samples)
    var found = Moments(values: [bound], sizes: [1 + abs(bound)])
    found.values += zip(centre, sums.plain).map { $0 + $1 }
    found.values += zip(sums.plainSquares, sums.plain).map { max(0, $0 - $1 * $1) }
    found.values += sums.double
    found.values += zip(sums.doubleSquares, sums.double).map { max(0, $0 - $1 * $1) }
    append(&found, sums.plainSquares, sums.doubleSquares)
    return found
  }

  private func append(_ found: inout Moments, _ plain: [Double], _ double: [Double]) {
    // Σ w̄ ∇f is a mean of slopes; what is left of the path alone may have cancelled.
    for (squares, terms) in [(plain, [0, 0]), (double, termSquares)] {
      let sizes = zip(squares, terms).map { $0 + 1e-6 * $1 }
      found.sizes += zip(sizes, centre).map { $0.squareRoot() + abs($1) }
      found.sizes += sizes
    }
  }

  /// φ(t) and the means over one noise, at t = e^u.
  private func innerMeans(_ u: Double) -> InnerMeans {
    var found = InnerMeans()
    // Below, y is nothing and e^−y is one; above, e^−y is nothing.
    let (first, last) = (count(below: -80 - u), count(below: 6.7 - u))
    found.survivors = before[first]
    for i in first..<max(first, last) {
      let y = exp(logs[i] + u)
      let survived = masses[i] * exp(-y)
      found.survivors += survived
      let once = survived * y
      let twice = once * y
      for d in 0..<2 {
        let (a, b) = (total[d][i], path[d][i])
        found.plain[d] += once * a
        found.plainSquares[d] += twice * a * a
        found.double[d] += twice * b
        found.doubleSquares[d] += twice * y * y * b * b
      }
    }
    return found
  }

  /// One sample: plain means over one noise.
  private func single() -> Moments {
    let bound = mean(logs) + scale
    let (plain, double) = (total.map(spread), path.map(spread))
    let doubleMeans = path.map(mean)
    var found = Moments(values: [bound], sizes: [1 + abs(bound)])
    found.values += centre
    found.values += plain
    found.values += doubleMeans
    found.values += double
    append(&found, plain, zip(double, doubleMeans).map { $0 + $1 * $1 })
    return found
  }

  private func mean(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for (mass, value) in zip(masses, values) { sum.add(mass * value) }
    return sum.value
  }

  private func spread(_ values: [Double]) -> Double {
    let centre = mean(values)
    return mean(values.map { ($0 - centre) * ($0 - centre) })
  }
}

/// Means over one noise of what is weighted by y^n e^−y.
private struct InnerMeans {
  /// φ.
  var survivors = 0.0
  var plain = [0.0, 0.0]
  var plainSquares = [0.0, 0.0]
  var double = [0.0, 0.0]
  var doubleSquares = [0.0, 0.0]
}

/// The integrals over u for one K.
private struct Integrals {
  static let step = 0.25
  let samples: Double
  var logSum = 0.0
  var plain = [0.0, 0.0]
  var plainSquares = [0.0, 0.0]
  var double = [0.0, 0.0]
  var doubleSquares = [0.0, 0.0]

  init(samples: Double) { self.samples = samples }

  mutating func add(_ inner: InnerMeans, t: Double) {
    let (k, step) = (samples, Integrals.step)
    let most = pow(inner.survivors, k)
    let rest = pow(inner.survivors, k - 1)
    let pairs = k * (k - 1) * (k == 2 ? 1 : pow(inner.survivors, k - 2))
    logSum += step * (exp(-t) - most)
    for d in 0..<2 {
      plain[d] += step * k * inner.plain[d] * rest
      plainSquares[d] +=
        step * (k * inner.plainSquares[d] * rest + pairs * inner.plain[d] * inner.plain[d])
      double[d] += step * k * inner.double[d] * rest
      doubleSquares[d] +=
        step / 6
        * (k * inner.doubleSquares[d] * rest + pairs * inner.double[d] * inner.double[d])
    }
  }
}
