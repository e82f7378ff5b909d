/// Draws a model for a check and keeps the trail of choices that made it.
///
/// The trail is what replays a case and what shrinking works on, so nothing that is checked needs
/// a shrinker of its own. Outcome 0 of every choice should be the simplest one, and shrinking ends
/// there. Numbers have no simplest one that would do: equal or opposite ones are a symmetry, and
/// symmetry hides mistakes. So outcome 0 is another place on the line for each of successive draws.
public struct Cases: DiscreteChoicesProtocol, ~Copyable {
  private var sampler: Sampler
  private let replayed: [Int]?
  /// The outcomes chosen so far.
  public private(set) var trail: [Int] = []

  /// Draws from the stream of the given seed.
  public init(seed: UInt64, stream: UInt64) throws(ChoiceError) {
    sampler = try Sampler(seed: seed, stream: stream)
    replayed = nil
  }

  /// Follows a trail; where it ends or does not fit, the nearest possible outcome is taken.
  public init(replaying trail: [Int]) throws(ChoiceError) {
    sampler = try Sampler(seed: 0)
    replayed = trail
  }

  /// True with the given probability.
  public mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    try choose([1 - probability, probability]) == 1
  }

  /// An index drawn with the given probabilities.
  public mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    let (first, last) = try possible(probabilities)
    var outcome = first
    if let replayed {
      if trail.count < replayed.count { outcome = min(max(replayed[trail.count], first), last) }
      while probabilities[outcome] == 0 { outcome += 1 }
    } else {
      outcome = try sampler.choose(probabilities)
    }
    trail.append(outcome)
    return outcome
  }

  /// An index below `count`.
  public mutating func choose(below count: Int) throws(ChoiceError) -> Int {
    guard count > 0 else { throw .nothingToChoose }
    var outcome = 0
    if let replayed {
      if trail.count < replayed.count { outcome = min(max(replayed[trail.count], 0), count - 1) }
    } else {
      outcome = try sampler.choose(below: count)
    }
    trail.append(outcome)
    return outcome
  }

  /// Where on the line outcome 0 lies, draw after draw: no two alike, none opposite to another.
  private static let simplest = [0.3, 0.6, 0.2, 0.9, 0.35, 0.75, 0.45, 0.15]

  /// An index below `count`; the trail has its distance from the simplest one, upwards and around.
  public mutating func place(below count: Int) throws(ChoiceError) -> Int {
    let simplest = Cases.simplest[trail.count % Cases.simplest.count]
    let start = Int(simplest * Double(count))
    guard replayed == nil else { return (try choose(below: count) + start) % count }
    let place = try sampler.choose(below: count)
    trail.append((place - start + count) % count)
    return place
  }
}

extension DiscreteChoicesProtocol where Self: ~Copyable {
  /// A whole number between two bounds, both included.
  public mutating func integer(_ range: ClosedRange<Int>) throws(ChoiceError) -> Int {
    range.lowerBound + (try choose(below: range.count))
  }

  /// A number between two bounds, one of a thousand steps.
  public mutating func real(from low: Double, to high: Double) throws(ChoiceError) -> Double {
    low + (high - low) * Double(try place(below: 1001)) / 1000
  }

  /// Numbers between two bounds.
  public mutating func reals(
    _ count: Int, from low: Double, to high: Double
  ) throws(ChoiceError) -> [Double] {
    var numbers: [Double] = []
    for _ in 0..<count { numbers.append(try real(from: low, to: high)) }
    return numbers
  }

  /// Positive probabilities that sum to one: whole weights from 1 to 40, divided by their sum.
  public mutating func simplex(_ count: Int) throws(ChoiceError) -> [Double] {
    var weights: [Double] = []
    for _ in 0..<count { weights.append(Double(1 + (try place(below: 40)))) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Probabilities strictly between 0.02 and 0.98.
  public mutating func probabilities(_ count: Int) throws(ChoiceError) -> [Double] {
    try reals(count, from: 0.02, to: 0.98)
  }
}
