import GSL
import Probability

/// K independent draws of one law, without their order: a function that does not look at the order
/// has its mean over far fewer sets than there are outcomes.
///
/// ```
/// P = K!/Π m_z! Π q(z)^m_z,     m_z how often z is drawn;     C(S + K − 1, K) sets of S states
/// ```
struct UnorderedDraws {
  let probabilities: [Double]
  let samples: Int

  /// How many sets there are.
  var count: Double { UnorderedDraws.count(of: samples, states: probabilities.count) }

  /// C(S + K − 1, K).
  static func count(of samples: Int, states: Int) -> Double {
    (0..<samples).reduce(1) { $0 * Double(states + $1) / Double($1 + 1) }
  }

  /// The means of several values.
  func means(of values: ([Int]) throws -> [Double]) throws -> [Double] {
    var sums: [CompensatedSum] = []
    try forEach { draws, probability in
      let found = try finite(values(draws))
      if sums.isEmpty { sums = found.map { _ in CompensatedSum() } }
      for (component, value) in found.enumerated() { sums[component].add(probability * value) }
    }
    return sums.map(\.value)
  }

  /// The variances of several values whose means are known.
  ///
  /// The root of the probability goes in before the square, so that a rare and enormous value counts
  /// for what it is.
  func variances(
    around means: [Double], of values: ([Int]) throws -> [Double]
  ) throws -> [Double] {
    var sums = means.map { _ in CompensatedSum() }
    try forEach { draws, probability in
      let root = probability.squareRoot()
      let departures = zip(try values(draws), means).map { root * ($0 - $1) }
      for (component, departure) in try finite(departures).enumerated() {
        sums[component].add(departure * departure)
      }
    }
    return sums.map(\.value)
  }

  private func finite(_ values: [Double]) throws(ChoiceError) -> [Double] {
    if let component = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(component: component, value: values[component])
    }
    return values
  }

  /// Visits every set once, with its states in order and the probability of all orders together.
  private func forEach(_ visit: (_ draws: [Int], _ probability: Double) throws -> Void) rethrows {
    var draws = [Int](repeating: 0, count: samples)
    func fill(_ place: Int, from first: Int, times: Int, _ probability: Double) throws {
      guard place < samples else { return try visit(draws, probability) }
      for state in first..<probabilities.count {
        // A state that comes for the m-th time divides the number of orders by m.
        let times = place > 0 && state == draws[place - 1] ? times + 1 : 1
        let next = probability * probabilities[state] * Double(place + 1) / Double(times)
        guard next > 0 else { continue }
        draws[place] = state
        try fill(place + 1, from: state, times: times, next)
      }
    }
    try fill(0, from: 0, times: 0, 1)
  }
}
