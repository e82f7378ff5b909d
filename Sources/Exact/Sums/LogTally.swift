import GSL
import Probability

/// A sum of weights given by their logarithms, and sums of what comes with each weight.
///
/// ```
/// Z = Σ_s e^(l_s) = e^m Σ_s e^(l_s − m),      E[v_i] = Σ_s e^(l_s − m) v_i(s) / Σ_s e^(l_s − m)
/// ```
/// m is the largest logarithm so far; when a larger one comes, what has been summed is scaled down
/// to it. Memory does not grow with the number of weights, and neither does the error: the sums are
/// compensated, so that each is good to a few roundings of a weight.
struct LogTally<Log: LogScale>: Sendable {
  /// How many weights have come, those of zero among them.
  private(set) var visited = 0
  private var rescalings = 0
  private var largest: Log?
  private var total = CompensatedSum()
  private var parts: [CompensatedSum]

  /// No weights yet, and so many things that may come with them.
  init(parts count: Int = 0) { parts = Array(repeating: CompensatedSum(), count: count) }

  /// Adds the weight e^`logWeight`, which has each of `things` in it as often as it is listed.
  mutating func add(_ logWeight: Log, containing things: some Sequence<Int> = EmptyCollection()) {
    guard let weight = scaled(logWeight) else { return }
    total.add(weight)
    for thing in things { parts[thing].add(weight) }
  }

  /// Adds e^`logWeight` · `factor`, and e^`logWeight` · v_i to each part.
  ///
  /// The factor is one for a single weight. A sum found elsewhere comes as its scale and what is left
  /// of it and of its parts.
  mutating func add(_ logWeight: Log, factor: Double = 1, values: some Collection<Double>) {
    guard let weight = scaled(logWeight) else { return }
    total.add(weight * factor)
    for (part, value) in zip(parts.indices, values) where value != 0 {
      parts[part].add(weight * value)
    }
  }

  /// e^(l − m), once m takes l into account; nil for a weight of zero.
  private mutating func scaled(_ logWeight: Log) -> Double? {
    visited += 1
    if logWeight.isLogOfZero { return nil }
    guard let before = largest else {
      largest = logWeight
      return logWeight.value < .infinity ? 1 : .nan
    }
    let excess = logWeight.minus(before)
    guard excess > 0 else { return exp(excess) }
    rescalings += 1
    let scale = exp(-excess)
    total = CompensatedSum([total.value * scale])
    for part in parts.indices { parts[part] = CompensatedSum([parts[part].value * scale]) }
    largest = logWeight
    return 1
  }

  /// How many parts there are.
  var partCount: Int { parts.count }

  /// log Z; −∞ when every weight was zero.
  var logTotal: Double { largest.map { $0.value + log(total.value) } ?? -.infinity }

  /// log Z counted from the largest logarithm, which is told too; nil when every weight was zero.
  var logTotalAboveLargest: (largest: Log, rest: Double)? { largest.map { ($0, log(total.value)) } }

  /// E[v_i], what a weight has of each part on average; nil when every weight was zero.
  var means: [Double]? { largest.map { _ in parts.map { $0.value / total.value } } }

  /// The same where a weight has a part or has it not: rounding does not make a share larger than one.
  var shares: [Double]? { means.map { $0.map { min(1, $0) } } }

  /// log Z with its rounding, given that of each logarithm.
  ///
  /// ```
  /// |Δ log Z| ≤ Σ_s p_s |Δ l_s| + ε (rescalings + 4),      Σ_s p_s |l_s| ≤ |log Z| + 2 log N
  /// ```
  /// p_s are the shares of Z: what is improbable has a large logarithm and little to say. N is how
  /// many weights have come. Taking m away and the exponential add two roundings to those of l_s.
  func logTotal(_ roundings: Roundings) -> ExactValue {
    let value = logTotal
    guard value.isFinite else { return ExactValue(value, roundingBound: 0) }
    return ExactValue(value, roundingBound: error(roundings) + Double.ulpOfOne * abs(value))
  }

  /// How far rounding can have moved each of the ``means``, beside what the values carry.
  ///
  /// ```
  /// |Δ p_i| ≤ p_i (|Δ log Σ_i| + |Δ log Z|)
  /// ```
  func roundingBound(ofMean mean: Double, _ roundings: Roundings) -> Double {
    2 * abs(mean) * (error(roundings) + 2 * Double.ulpOfOne)
  }

  private func error(_ roundings: Roundings) -> Double {
    let size = abs(logTotal) + 2 * log(Double(max(1, visited)))
    let ownOnes = Roundings(ofItsSize: 2, ofOne: Double(rescalings) + 4)
    return (roundings + ownOnes).bound(for: size)
  }
}

extension LogTally<DoubleDouble> {
  /// log Z with 32 digits, of which the last half say how much of it is beyond the largest weight.
  var doubledLogTotal: DoubleDouble {
    largest.map { $0 + DoubleDouble(log(total.value)) } ?? DoubleDouble(-.infinity)
  }

  /// log Z with a number that all logarithms have in common.
  func logTotal(plus scale: Double) -> Double {
    largest.map { ($0 + DoubleDouble(log(total.value)) + DoubleDouble(scale)).high } ?? -.infinity
  }
}

extension LogTally: LeafSum {
  /// Adds the weights of another tally: the smaller ones are scaled to the larger.
  mutating func add(_ next: LogTally) {
    let visits = visited + next.visited
    let scalings = max(rescalings, next.rescalings) + 1
    if let other = next.largest {
      if let own = largest, other.minus(own) <= 0 {
        merge(next, times: exp(other.minus(own)))
      } else {
        var sum = next
        if let own = largest { sum.merge(self, times: exp(own.minus(other))) }
        self = sum
      }
    }
    (visited, rescalings) = (visits, scalings)
  }

  private mutating func merge(_ others: LogTally, times scale: Double) {
    total.add(others.total, times: scale)
    for (part, other) in zip(parts.indices, others.parts) { parts[part].add(other, times: scale) }
  }

  /// How many weights, how many scalings, the largest logarithm after the length of what it is made
  /// of, Z and its parts.
  var numbers: [Double] {
    let logarithm = largest?.numbers
    let sums = ([total] + parts).flatMap { [$0.plain, $0.compensation] }
    return [Double(visited), Double(rescalings), Double(logarithm?.count ?? -1)]
      + (logarithm ?? []) + sums
  }

  init?(numbers: [Double]) {
    guard numbers.count >= 5, let visited = Int(exactly: numbers[0]),
      (0...mostVisited).contains(visited),
      let rescalings = Int(exactly: numbers[1]), (0...1 << 32).contains(rescalings),
      let length = Int(exactly: numbers[2]), (-1...numbers.count - 5).contains(length)
    else { return nil }
    let sums = numbers[(3 + max(0, length))...]
    guard sums.count.isMultiple(of: 2) else { return nil }
    let pairs = stride(from: sums.startIndex, to: sums.endIndex, by: 2).map {
      CompensatedSum(plain: sums[$0], compensation: sums[$0 + 1])
    }
    self.init()
    (self.visited, self.rescalings, total) = (visited, rescalings, pairs[0])
    parts = Array(pairs.dropFirst())
    if length >= 0 {
      guard let logarithm = Log(numbers: Array(numbers[3..<3 + length])) else { return nil }
      largest = logarithm
    }
  }
}

extension CompensatedSum {
  fileprivate mutating func add(_ others: CompensatedSum, times scale: Double) {
    add(others.plain * scale)
    add(others.compensation * scale)
  }
}
