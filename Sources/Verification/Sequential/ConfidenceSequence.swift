import GSL

/// An interval for a mean that may be looked at after every draw: the chance that it ever misses the
/// mean, at any time, is no more than a stated rate.
protocol ConfidenceSequence: Sendable {
  /// Takes the next draw.
  mutating func add(_ value: Double)
  /// Where the mean is said to lie so far; all numbers as long as nothing can be said.
  var interval: (centre: Double, halfWidth: Double) { get }
}

/// For draws from a known range, whatever their law: the predictable empirical Bernstein sequence.
///
/// ```
/// Σ λ_i x_i / Σ λ_i  ±  (log(2/α) + Σ v_i ψ(λ_i)) / Σ λ_i,   ψ(λ) = (−log(1 − λ) − λ)/4
/// v_i = 4 (x_i − m_{i−1})²,   λ_i = min(½, √(2 log(2/α) / (s²_{i−1} i log(1 + i))))
/// ```
/// for x in [0, 1]. exp(Σ λ_i (x_i − μ) − v_i ψ(λ_i)) is a supermartingale, since λ_i and m_{i−1} are
/// known before x_i, so it passes 2/α with probability α/2 at most (Ville 1939). Waudby-Smith and Ramdas
/// 2024, Estimating means of bounded random variables by betting, theorem 2.
struct BoundedSequence: ConfidenceSequence {
  private let low: Double
  private let width: Double
  private let logRate: Double
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0
  private var weights = 0.0
  private var weighted = 0.0
  private var penalty = 0.0

  init(from low: Double, to high: Double, falseAlarm: Double) {
    self.low = low
    width = high - low
    logRate = log(2 / falseAlarm)
  }

  mutating func add(_ value: Double) {
    let x = (value - low) / width
    let mean = (0.5 + sum) / (count + 1)
    let variance = (0.25 + squares) / (count + 1)
    count += 1
    let weight = min(0.5, sqrt(2 * logRate / (variance * count * log(1 + count))))
    weights += weight
    weighted += weight * x
    penalty += (x - mean) * (x - mean) * (-log1p(-weight) - weight)
    sum += x
    let after = (0.5 + sum) / (count + 1)
    squares += (x - after) * (x - after)
  }

  var interval: (centre: Double, halfWidth: Double) {
    guard weights > 0 else { return (low + width / 2, width / 2) }
    return (low + width * weighted / weights, width * (logRate + penalty) / weights)
  }
}

/// For draws of which only a finite variance is supposed: an asymptotic confidence sequence.
///
/// ```
/// m_n ± s_n √( 2 (nρ² + 1)/(n²ρ²) · log(√(nρ² + 1)/α) )
/// ```
/// The boundary is that of a mixture of normal martingales, which the draws come near as they get many
/// (strong approximation); how near, nobody can say without more assumptions. Waudby-Smith, Arbour,
/// Sinha, Kennedy and Ramdas 2024, Time-uniform central limit theory, theorem 2.2; ρ is chosen to make
/// the interval narrowest at 1000 draws.
struct AsymptoticSequence: ConfidenceSequence {
  /// The number of draws before which nothing is said.
  static let start = 100.0

  private let falseAlarm: Double
  private let spread: Double
  private var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  init(falseAlarm: Double) {
    self.falseAlarm = falseAlarm
    let level = -2 * log(falseAlarm)
    spread = (level + log(level) + 1) / 1000
  }

  mutating func add(_ value: Double) {
    count += 1
    let departure = value - mean
    mean += departure / count
    squares += departure * (value - mean)
  }

  var interval: (centre: Double, halfWidth: Double) {
    guard count >= Self.start else { return (mean, .infinity) }
    let time = count * spread
    let factor = 2 * (time + 1) / (count * time) * log(sqrt(time + 1) / falseAlarm)
    return (mean, sqrt(squares / count) * sqrt(factor))
  }
}
