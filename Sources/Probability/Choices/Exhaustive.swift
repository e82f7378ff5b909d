/// Visits every outcome of a program of discrete choices, with its probability.
///
/// Goals, in order: exact, flat memory, quick. The program is run again and again along a trail of
/// choices. Where the trail ends, the first outcome of positive probability is taken; after a run
/// the last choice that has outcomes left moves on to its next one. No state of the program is
/// copied, so the program needs no other shape than the one it has when it is sampled.
public struct Exhaustive: OutcomeInterpreter, ~Copyable {
  struct Step {
    var outcome: Int32
    var count: Int32
    var last: Int32
    /// How many choices have been made up to here: a vector of bits is one for each of them.
    var depth: Int32
    var probability: Double

    /// The step when it comes out in one way only.
    func only(_ outcome: Int32) -> Step {
      var step = self
      (step.outcome, step.last, step.probability) = (outcome, outcome, .nan)
      return step
    }
  }

  private var trail: [Step] = []
  /// The outcomes of the vectors of bits in the trail, by their places.
  private var tables: [BitTable?] = []
  /// How many steps of the trail are given and stay as they are.
  private var given = 0
  /// Whether a step that is given has probability zero.
  private(set) var isImpossible = false
  private var position = 0
  private let limits: ChoiceLimits

  init(limits: ChoiceLimits) {
    self.limits = limits
    trail.reserveCapacity(64)
  }

  /// The probability of the choices made in this run.
  var probability: Double { trail.last?.probability ?? 1 }

  /// The number of choices made in this run.
  var depth: Int { Int(trail.last?.depth ?? 0) }

  mutating func restart() { (position, isImpossible) = (0, false) }

  /// Visits one part of the outcomes from now on.
  mutating func begin(_ part: OutcomeParts.Part) {
    trail = part.given
    given = trail.count
    if var range = part.range {
      range.probability = .nan
      trail.append(range)
    }
    restart()
  }

  /// How many outcomes there are, if every trail has the choices of this one.
  var outcomesOfTrail: Double { trail.reduce(1) { $0 * Double($1.last - $1.outcome + 1) } }

  /// The trail of this run up to a place, and the choice that was made there.
  func branch(at place: Int) -> OutcomeParts.Part {
    (Array(trail.prefix(place)), place < trail.count ? trail[place] : nil)
  }

  /// Moves to the next outcome; false when all have been seen.
  mutating func advance() throws(ChoiceError) -> Bool {
    if isImpossible {
      // Only the step that a part ranges over can have been given a probability of zero.
      trail.removeLast(trail.count - given - 1)
    } else if position != trail.count {
      throw .changedItsMind(choice: choicesBefore)
    }
    while trail.count > given, let step = trail.last {
      if step.outcome < step.last {
        // The probability is filled in when the program asks again, with its probabilities.
        trail[trail.count - 1].outcome += 1
        trail[trail.count - 1].probability = .nan
        return true
      }
      trail.removeLast()
    }
    return false
  }

  /// True with the given probability: both outcomes are visited if both are possible.
  public mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    guard probability >= 0, probability <= 1 else { throw .notAProbability(probability) }
    if position < trail.count {
      return try follow(count: 2) { $0 == 0 ? 1 - probability : probability } == 1
    }
    let first: Int32 = probability < 1 ? 0 : 1
    try take(
      first, count: 2, last: probability > 0 ? 1 : 0, first == 0 ? 1 - probability : probability)
    return first == 1
  }

  /// An index below `count`: all are visited.
  public mutating func choose(below count: Int) throws(ChoiceError) -> Int {
    guard count > 0 else { throw .nothingToChoose }
    guard count <= Int(Int32.max) else {
      throw .tooManyOutcomes(atLeast: count, cap: limits.outcomes)
    }
    if position < trail.count {
      return Int(try follow(count: Int32(count)) { _ in 1 / Double(count) })
    }
    try take(0, count: Int32(count), last: Int32(count - 1), 1 / Double(count))
    return 0
  }

  /// An index drawn with the given probabilities: all of positive probability are visited.
  public mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    if position < trail.count {
      let count = Int32(probabilities.count)
      // An outcome of probability zero cannot be what `advance` moved to: skip on.
      if trail[position].probability.isNaN, trail[position].count == count {
        while trail[position].outcome < trail[position].last,
          probabilities[Int(trail[position].outcome)] == 0
        { trail[position].outcome += 1 }
        if probabilities[Int(trail[position].outcome)] == 0 { isImpossible = true }
      }
      return Int(try follow(count: count) { probabilities[Int($0)] })
    }
    let (first, last) = try possible(probabilities)
    try take(
      Int32(first), count: Int32(probabilities.count), last: Int32(last), probabilities[first])
    return first
  }

  /// One independent flip a probability, all of them one choice while they are few.
  public mutating func bits(_ probabilities: [Double]) throws(ChoiceError) -> [Double] {
    let count = ~Int32(clamping: probabilities.count)
    if position < trail.count {
      guard trail[position].count == count else { return try flipped(probabilities) }
      if position >= tables.count || tables[position] == nil { try makeTable(of: probabilities) }
      guard let table = tables[position], table.probabilities == probabilities else {
        throw .changedItsMind(choice: choicesBefore)
      }
      let outcome = Int(try follow(count: count) { table.weights[Int($0)] })
      return table.outcomes[outcome]
    }
    if position >= tables.count || tables[position]?.probabilities != probabilities {
      try makeTable(of: probabilities)
    }
    guard let table = tables[position] else { return try flipped(probabilities) }
    try take(
      0, count: count, last: Int32(table.outcomes.count - 1), table.weights[0],
      choices: probabilities.count)
    return table.outcomes[0]
  }

  /// The same bits in place of what stood there.
  public mutating func flip(
    _ probabilities: [Double], into bits: inout [Double]
  ) throws(ChoiceError) {
    bits = try self.bits(probabilities)
  }

  /// Keeps the outcomes of a vector of bits for this place, unless they are many.
  private mutating func makeTable(of probabilities: [Double]) throws(ChoiceError) {
    while tables.count <= position { tables.append(nil) }
    for case let table? in tables where table.probabilities == probabilities {
      return tables[position] = table
    }
    tables[position] = try BitTable(probabilities)
  }

  /// One flip after the other.
  private mutating func flipped(_ probabilities: [Double]) throws(ChoiceError) -> [Double] {
    var bits: [Double] = []
    for probability in probabilities { bits.append(try flip(probability) ? 1 : 0) }
    return bits
  }

  private var choicesBefore: Int { position == 0 ? 0 : Int(trail[position - 1].depth) }

  private mutating func take(
    _ outcome: Int32, count: Int32, last: Int32, _ probability: Double, choices: Int = 1
  ) throws(ChoiceError) {
    let depth = self.depth + choices
    guard depth <= limits.choices else { throw .tooManyChoices(cap: limits.choices) }
    let before = trail.last?.probability ?? 1
    trail.append(
      Step(
        outcome: outcome, count: count, last: last, depth: Int32(clamping: depth),
        probability: before * probability))
    position += 1
  }

  private mutating func follow(
    count: Int32, _ probability: (Int32) -> Double
  ) throws(ChoiceError) -> Int32 {
    let step = trail[position]
    guard step.count == count else { throw .changedItsMind(choice: choicesBefore) }
    if step.probability.isNaN {
      let before = position == 0 ? 1 : trail[position - 1].probability
      trail[position].probability = before * probability(step.outcome)
    }
    position += 1
    return step.outcome
  }
}

/// The first and the last outcome of positive probability; refuses what is no distribution.
func possible(_ probabilities: [Double]) throws(ChoiceError) -> (first: Int, last: Int) {
  guard !probabilities.isEmpty else { throw .nothingToChoose }
  var total = 0.0
  var first = -1
  var last = -1
  for (index, probability) in probabilities.enumerated() {
    guard probability >= 0, probability <= 1 + 1e-9 else { throw .notAProbability(probability) }
    total += probability
    guard probability > 0 else { continue }
    if first < 0 { first = index }
    last = index
  }
  guard abs(total - 1) <= 1e-9 else { throw .doesNotSumToOne(total) }
  return (first, last)
}
