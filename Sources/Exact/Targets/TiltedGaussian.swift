import GSL
import Models
import Probability

/// The law π ∝ q^a p^b on the line or in the plane, wherever its mass lies.
///
/// ```
/// log ∫ q^a p^b dz,     E_π[s],     s = ∇log q
/// ```
/// A scan that widens as sinh finds the top and the box beyond which e^−50 of it is left; in the box
/// the sum over equally spaced points is doubled until it stays.
struct TiltedGaussian {
  let problem: GaussianProblem
  let q: Double
  let p: Double

  init(_ problem: GaussianProblem, q: Double, p: Double) {
    self.problem = problem
    self.q = q
    self.p = p
  }

  struct Moments {
    let logTotal: Double
    let score: [Double]
  }

  /// a log q + b log p at a noise.
  private func logDensity(_ noise: [Double]) -> Double {
    let point = problem.point(at: noise)
    let value = q * problem.logDensity(at: noise) + p * point.value
    return value.isNaN ? -.infinity : value
  }

  /// The moments; nil where the density does not fall off.
  func moments() throws -> Moments? {
    guard let box = box() else { return nil }
    var last: Moments?
    var points = 48
    while points <= (problem.dimension == 1 ? 1 << 18 : 1 << 11) {
      let next = sums(box, points)
      if let last {
        let moved =
          zip([next.logTotal] + next.score, [last.logTotal] + last.score)
          .map { abs($0 - $1) / max(1, abs($0)) }.max() ?? 0
        if moved < 1e-12 { return next }
      }
      last = next
      points *= 2
    }
    throw ChoiceError.unsettled(moved: .infinity, points: points)
  }

  private func sums(_ box: [ClosedRange<Double>], _ count: Int) -> Moments {
    let spacings = box.map { ($0.upperBound - $0.lowerBound) / Double(count) }
    var logs: [Double] = []
    var scores: [[Double]] = []
    forEachPoint(
      box.indices.map { d in (0...count).map { box[d].lowerBound + spacings[d] * Double($0) } }
    ) { noise in
      let log = logDensity(noise)
      guard log > -.infinity else { return }
      logs.append(log)
      scores.append(
        noise.indices.map { noise[$0] / problem.deviations[$0] } + noise.map { $0 * $0 - 1 })
    }
    let total = logSumExp(logs)
    var score = [CompensatedSum](repeating: CompensatedSum(), count: problem.parameterCount)
    for (log, s) in zip(logs, scores) {
      let share = exp(log - total)
      for d in s.indices { score[d].add(share * s[d]) }
    }
    // dz = Π σ_d dε_d.
    let cell = box.indices.reduce(0) { $0 + log(spacings[$1]) + problem.logDeviations[$1] }
    return Moments(logTotal: total + cell, score: score.map(\.value))
  }

  /// The box of noises outside which next to nothing lies.
  private func box() -> [ClosedRange<Double>]? {
    var axes = problem.mean.indices.map { d -> [Double] in
      let count = problem.dimension == 1 ? 400 : 60
      let wide = (-count...count).map { sinh(8 * Double($0) / Double(count)) }
      let hints = landmarks(problem.function, d).map {
        ($0 - problem.mean[d]) / problem.deviations[d]
      }
      return (wide + hints).sorted()
    }
    var box: [ClosedRange<Double>] = []
    for round in 0..<4 {
      var top = -Double.infinity
      var values: [(indices: [Int], value: Double)] = []
      forEachPoint(axes.map { Array($0.indices) }) { indices in
        let value = logDensity(indices.indices.map { axes[$0][indices[$0]] })
        values.append((indices, value))
        top = max(top, value)
      }
      guard top > -.infinity, top < .infinity else { return nil }
      let inside = values.filter { $0.value > top - 50 }.map(\.indices)
      box = []
      for d in axes.indices {
        let places = inside.map { $0[d] }
        guard let low = places.min(), let high = places.max() else { return nil }
        // What reaches the end of the widest scan does not fall off.
        if round == 0, low == 0 || high == axes[d].count - 1 { return nil }
        box.append(axes[d][max(0, low - 1)]...axes[d][min(axes[d].count - 1, high + 1)])
      }
      let count = problem.dimension == 1 ? 200 : 50
      axes = box.map { side in
        (0...count).map {
          side.lowerBound + (side.upperBound - side.lowerBound) * Double($0) / Double(count)
        }
      }
    }
    return box
  }

  private func forEachPoint<Coordinate>(
    _ axes: [[Coordinate]], _ visit: ([Coordinate]) -> Void
  ) {
    for first in axes[0] {
      if axes.count == 1 {
        visit([first])
      } else {
        for second in axes[1] { visit([first, second]) }
      }
    }
  }

  /// Where a narrow part of a function may stand: the centres of mixtures and what lies beside them.
  private func landmarks(_ function: SmoothFunction, _ axis: Int) -> [Double] {
    switch function {
    case .logMixture(let parts):
      parts.flatMap { part in
        [-2.0, -1, 0, 1, 2].map { part.means[axis] + $0 * part.scales[axis] }
      }
    case .sum(let functions): functions.flatMap { landmarks($0, axis) }
    default: []
    }
  }
}
