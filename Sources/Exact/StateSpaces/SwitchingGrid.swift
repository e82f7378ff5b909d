import GSL
public import Models
public import Probability

/// The evidence of a chain of one number that may switch, by sums on a grid: no normal law is added,
/// multiplied or inverted.
///
/// ```
/// α_0(k, x) = π_k p(x_0 = x) p(y_0 | x)        α_t(k, x') = Σ_x h N(x'; A_k·x, Q_k) Σ_j T_jk α_{t−1}(j, x) · p(y_t | x')
/// p(y) = Σ_k Σ_x h α_{T−1}(k, x)
/// ```
/// The trapezoid rule in every state. What an output says may be any density of it.
public struct SwitchingGrid: Sendable {
  /// N(A·x, Q) for one state of the chain.
  public typealias Move = (dynamics: Double, noise: Double)

  /// The law of x_0.
  public let start: NormalLaw
  /// p(s_0 = k).
  public let initialState: [Double]
  /// p(s_t = j | s_{t−1} = i).
  public let transition: [[Double]]
  /// What each state of the chain does to x.
  public let moves: [Move]

  /// A filter by its parts.
  public init(
    start: NormalLaw, initialState: [Double], transition: [[Double]], moves: [Move]
  ) {
    self.start = start
    self.initialState = initialState
    self.transition = transition
    self.moves = moves
  }

  /// A chain that does not switch.
  public init(start: NormalLaw, move: Move) {
    self.init(start: start, initialState: [1], transition: [[1]], moves: [move])
  }

  /// Of more points no table is made: a row for each says from where it is reached.
  public static let mostPoints = 1e4

  /// log p(y), where `logLikelihoods[t]` says log p(y_t | x); no number where the grid is too fine.
  public func logEvidence(
    _ logLikelihoods: [(Double) -> Double], spacing: Double
  ) -> Double {
    let reach = 9 * largestDeviation(steps: logLikelihoods.count)
    guard spacing > 0, reach / spacing <= SwitchingGrid.mostPoints / 2 else { return .nan }
    let half = Int((reach / spacing).rounded(.up))
    let grid = (-half...half).map { Double($0) * spacing }
    let kernels = moves.map { kernel($0, grid) }
    var weights: [[Double]] = []
    var logs: [Double] = []
    for (t, logLikelihood) in logLikelihoods.enumerated() {
      if t == 0 {
        let first = grid.map { exp(start.logDensity($0)) }
        weights = initialState.map { p in first.map { p * $0 } }
      } else {
        weights = moves.indices.map { k in
          let before = grid.indices.map { i in
            transition.indices.reduce(0) { $0 + transition[$1][k] * weights[$1][i] }
          }
          return kernels[k].map { row in
            spacing * zip(row.terms, before[row.first...]).reduce(0) { $0 + $1.0 * $1.1 }
          }
        }
      }
      // The likelihood relative to its largest, so that nothing underflows.
      let seen = grid.map(logLikelihood)
      let largest = seen.max() ?? 0
      for k in weights.indices {
        for i in grid.indices { weights[k][i] *= exp(seen[i] - largest) }
      }
      let whole = spacing * weights.joined().reduce(0, +)
      for k in weights.indices { weights[k] = weights[k].map { $0 / whole } }
      logs += [largest, log(whole)]
    }
    return CompensatedSum(logs).value
  }

  /// For each x', N(x'; A·x, Q) at the points of the grid from which x' is reached at all.
  private func kernel(
    _ move: Move, _ grid: [Double]
  ) -> [(first: Int, terms: [Double])] {
    let (reach, height) = (9 * sqrt(move.noise), 1 / sqrt(2 * Double.pi * move.noise))
    return grid.map { later in
      let near = grid.indices.filter { abs(later - move.dynamics * grid[$0]) <= reach }
      guard let first = near.first, let last = near.last else { return (0, []) }
      return (
        first,
        (first...last).map {
          let away = later - move.dynamics * grid[$0]
          return height * exp(-0.5 * away * away / move.noise)
        }
      )
    }
  }

  /// The largest deviation that x can have before anything is seen, its mean included.
  private func largestDeviation(steps: Int) -> Double {
    var (square, largest) = (start.variance + start.mean * start.mean, 0.0)
    for _ in 0..<max(1, steps) {
      largest = max(largest, square)
      square = moves.map { $0.dynamics * $0.dynamics * square + $0.noise }.max() ?? 0
    }
    return sqrt(largest)
  }
}

extension SwitchingGrid {
  /// log p(y) with a bound from a grid of half the spacing.
  ///
  /// The error of a trapezoid rule on a density that is analytic around the line falls like e^(−2πa/h): half
  /// the spacing squares it, so that what is left is below the difference of the two.
  public func refined(
    _ logLikelihoods: [(Double) -> Double], spacing: Double
  ) -> QuadratureValue {
    let coarse = logEvidence(logLikelihoods, spacing: spacing)
    let fine = logEvidence(logLikelihoods, spacing: spacing / 2)
    let rounding = 64 * Double(logLikelihoods.count) * Double.ulpOfOne * max(1, abs(fine))
    return QuadratureValue(fine, errorBound: abs(fine - coarse) + rounding)
  }
}

extension SwitchingSequence {
  /// log p(y) of a system of one state and one output, by sums on a grid.
  ///
  /// All integrands are normal densities in (x_0 … x_{T−1}). If no eigenvalue of their precision is above Λ,
  /// the trapezoid rule with spacing h is off by a share below 2T·e^(−2π²/(Λh²))·(1 + small) (Poisson's
  /// summation); h is chosen so that the exponent is −32. Gershgorin's circles bound Λ. What lies beyond nine
  /// deviations of a prior or of a step has less than 1e−18 T of the mass of (x_0 … x_{T−1}), and is left out: outputs
  /// that only it explains have a bound to match, 1e−18 T·Π_t max p(y_t | x)/p(y). Of another system, or of one whose
  /// noise is so small that the grid has too many points, the evidence is no number.
  public var gridLogEvidence: QuadratureValue {
    let first = system.systems[0]
    guard first.stateCount == 1, first.outputCount == 1 else {
      return QuadratureValue(.nan, errorBound: .infinity)
    }
    let (c, r) = (first.emission[0][0], first.emissionNoise[0][0])
    let moves: [SwitchingGrid.Move] = system.systems.map {
      ($0.dynamics[0][0], $0.dynamicsNoise[0][0])
    }
    let least = (moves.map(\.noise) + [first.initialCovariance[0][0]]).min() ?? 1
    let pull = moves.map { abs($0.dynamics) * (2 + abs($0.dynamics)) / $0.noise }.max() ?? 0
    let largest = 1 / least + pull + c * c / r
    let spacing = Double.pi * sqrt(2 / (32 * largest))
    let filter = SwitchingGrid(
      start: NormalLaw(mean: first.initialMean[0], variance: first.initialCovariance[0][0]),
      initialState: system.initialState, transition: system.transition, moves: moves)
    let likelihoods = zip(observations, seen).map { output, seen in
      { (x: Double) in
        seen.isEmpty ? 0 : NormalLaw(mean: c * x, variance: r).logDensity(output[0])
      }
    }
    let value = filter.logEvidence(likelihoods, spacing: spacing)
    let steps = Double(length)
    let highest = Double(seen.count { !$0.isEmpty }) * -0.5 * log(2 * Double.pi * r)
    let leftOut = 1e-18 * steps * exp(highest - value)
    let rounding = 64 * steps * Double.ulpOfOne * max(1, abs(value))
    return QuadratureValue(value, errorBound: 3 * steps * exp(-32) + leftOut + rounding)
  }
}
