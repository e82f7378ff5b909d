import LessonKit
import Probability

/// A law of three states, what is averaged under it, and a control whose mean is known.
struct ControlProblem: Sendable {
  /// q(z).
  let probabilities: [Double]
  /// f(z).
  let signals: [Double]
  /// h(z).
  let control: [Double]
  /// c.
  let coefficient: Double

  static let example = ControlProblem(
    probabilities: [0.2, 0.5, 0.3], signals: [1, -0.5, 2.5], control: [0.5, -1, 1.2],
    coefficient: 0.6)

  static func random(_ cases: inout Cases) throws -> ControlProblem {
    ControlProblem(
      probabilities: try cases.simplex(3), signals: try cases.reals(3, from: -3, to: 3),
      control: [
        try cases.real(from: -2, to: -0.8), try cases.real(from: -0.4, to: 0.5),
        try cases.real(from: 0.9, to: 2),
      ], coefficient: try cases.real(from: -2, to: 2))
  }

  /// E_q of a table of values.
  func mean(_ values: [Double]) -> Double {
    zip(probabilities, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Cov_q of two of them.
  func covariance(_ a: [Double], _ b: [Double]) -> Double {
    let (meanOfA, meanOfB) = (mean(a), mean(b))
    return mean(zip(a, b).map { ($0 - meanOfA) * ($1 - meanOfB) })
  }

  /// E over S draws of a function of the draws.
  func mean(of count: Int, _ value: ([Int]) -> Double) -> Double {
    var total = 0.0
    func extend(_ draws: [Int], _ probability: Double) {
      guard draws.count < count else { return total += probability * value(draws) }
      for (state, share) in probabilities.enumerated() {
        extend(draws + [state], probability * share)
      }
    }
    extend([], 1)
    return total
  }

  /// Σ (f − f̄)(h − h̄)/Σ (h − h̄)² over draws; 0 where all h agree.
  func slope(_ draws: [Int]) -> Double {
    let (f, h) = (draws.map { signals[$0] }, draws.map { control[$0] })
    let count = Double(draws.count)
    let (meanOfF, meanOfH) = (f.reduce(0, +) / count, h.reduce(0, +) / count)
    let squares = h.reduce(0) { $0 + ($1 - meanOfH) * ($1 - meanOfH) }
    let products = zip(f, h).reduce(0) { $0 + ($1.0 - meanOfF) * ($1.1 - meanOfH) }
    return Set(h).count == 1 ? 0 : products / squares
  }
}

extension ControlProblem: Shown {
  /// The law, f, h and c.
  var givens: [Given] {
    [
      Given("q(z)", probabilities), Given("f(z)", signals), Given("h(z)", control),
      Given("c", coefficient),
    ]
  }
}
