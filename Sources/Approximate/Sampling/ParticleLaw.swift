import GSL
package import Probability

/// The exact law of a particle filter with multinomial resampling, step by step.
///
/// Given the cloud before, particles are independent and all of one law: what `move` does to an ancestor
/// drawn from w̄. So the next cloud is a multinomial draw from that law, and clouds that differ in the
/// order of their particles are one. The work grows with T, where the number of runs grows like a power.
package struct ParticleLaw: Sendable {
  /// E[Ẑ].
  package private(set) var evidence = 0.0
  /// Var[Ẑ].
  package private(set) var varianceOfEvidence = 0.0
  /// E[log Ẑ]; −∞ where a run can die out.
  package private(set) var logEvidence = 0.0
  /// The probability of dying out.
  package private(set) var extinction = 0.0
  /// The mean of the last weighted histogram, given that the run lives; nil where none can.
  package private(set) var filter: [Double]?
  /// How many clouds were visited.
  package private(set) var visited = 0

  /// A cloud: how many particles are of each kind.
  private typealias Cloud = [Int]

  /// What is known of the runs that led to a cloud.
  private struct Past {
    var probability = 0.0
    /// E[Ẑ; cloud], E[Ẑ²; cloud] and E[log Ẑ; cloud], so far.
    var evidence = 0.0
    var square = 0.0
    var logEvidence = 0.0
  }

  /// The law of N particles of states 0 ..< K over T steps.
  ///
  /// - Parameters:
  ///   - particles: N.
  ///   - steps: T.
  ///   - states: K.
  ///   - limits: how many clouds may be visited.
  ///   - progress: called with the number of clouds visited.
  ///   - move: the program of one particle.
  /// - Throws: what the program throws, or that there are more clouds than may be visited.
  package init(
    particles: Int, steps: Int, states: Int, limits: ChoiceLimits = ChoiceLimits(),
    progress: ((Int) -> Void)? = nil,
    move: (_ step: Int, _ from: Int?, inout Exhaustive) throws -> Particle<Int>
  ) throws {
    var clouds: [Cloud: Past] = [[]: Past(probability: 1, evidence: 1, square: 1)]
    var kinds: [Kind] = []
    var canDie = false
    for step in 0..<steps {
      let moves = try Moves(step: step, states: step == 0 ? nil : states, limits: limits, move)
      var next: [Cloud: Past] = [:]
      for (cloud, past) in clouds.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        let law = moves.law(after: Self.ancestors(cloud, kinds))
        let possible = law.indices.filter { law[$0] > 0 }
        try Self.forEachDraw(particles, possible) { drawn in
          visited += 1
          guard visited <= limits.outcomes else {
            throw ChoiceError.tooManyOutcomes(atLeast: visited, cap: limits.outcomes)
          }
          if visited % 0x4000 == 0 { progress?(visited) }
          let chance = Self.probability(drawn, law)
          let mean = Self.meanWeight(drawn, moves.kinds)
          guard mean > 0 else {
            canDie = true
            extinction += past.probability * chance
            return
          }
          var entry = next[drawn] ?? Past()
          entry.probability += past.probability * chance
          entry.evidence += chance * mean * past.evidence
          entry.square += chance * mean * mean * past.square
          entry.logEvidence += chance * (past.logEvidence + past.probability * log(mean))
          next[drawn] = entry
        }
      }
      (clouds, kinds) = (next, moves.kinds)
    }
    finish(clouds.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }), kinds, states, canDie)
  }

  private mutating func finish(
    _ clouds: [(key: Cloud, value: Past)], _ kinds: [Kind], _ states: Int, _ canDie: Bool
  ) {
    let total = { (part: (Past) -> Double) in CompensatedSum(clouds.map { part($0.value) }).value }
    evidence = total(\.evidence)
    // E(Ẑ − E Ẑ)², which rounding keeps above zero.
    varianceOfEvidence = max(0, total(\.square) - evidence * evidence)
    logEvidence = canDie ? -.infinity : total(\.logEvidence)
    let alive = total(\.probability)
    guard alive > 0 else { return }
    var histogram = [Double](repeating: 0, count: states)
    for (cloud, past) in clouds {
      for (state, weight) in Self.ancestors(cloud, kinds) {
        histogram[state ?? 0] += past.probability / alive * weight
      }
    }
    filter = histogram
  }
}

// MARK: One step

/// A state with a weight: particles that agree in both are alike.
private struct Kind: Hashable {
  let state: Int
  let logWeight: Double
}

/// What becomes of a particle in a step, from each state.
private struct Moves {
  private(set) var kinds: [Kind] = []
  /// For each state before, or for the start, the probability of each kind.
  private var rows: [[Int: Double]] = []

  init(
    step: Int, states: Int?, limits: ChoiceLimits,
    _ move: (_ step: Int, _ from: Int?, inout Exhaustive) throws -> Particle<Int>
  ) throws {
    var places: [Kind: Int] = [:]
    for state in states.map({ Array(0..<$0) }) ?? [0] {
      var row: [Int: Double] = [:]
      try forEachOutcome(limits: limits) { choices in
        try move(step, states == nil ? nil : state, &choices)
      } visit: { particle, probability in
        let kind = Kind(state: particle.state, logWeight: particle.logWeight)
        let place = places[kind] ?? kinds.count
        if place == kinds.count {
          places[kind] = place
          kinds.append(kind)
        }
        row[place, default: 0] += probability
      }
      rows.append(row)
    }
  }

  /// The law of the kind of one new particle.
  func law(after ancestors: [(state: Int?, weight: Double)]) -> [Double] {
    var law = [Double](repeating: 0, count: kinds.count)
    for (state, weight) in ancestors {
      for (kind, probability) in rows[state ?? 0] { law[kind] += weight * probability }
    }
    return law
  }
}

extension ParticleLaw {
  /// The normalised weights of a cloud, particle by particle; one start before the first step.
  private static func ancestors(
    _ cloud: Cloud, _ kinds: [Kind]
  ) -> [(state: Int?, weight: Double)] {
    guard !cloud.isEmpty else { return [(nil, 1)] }
    let total = logSumExp(cloud.map { kinds[$0].logWeight })
    return cloud.map { (kinds[$0].state, exp(kinds[$0].logWeight - total)) }
  }

  private static func meanWeight(_ cloud: Cloud, _ kinds: [Kind]) -> Double {
    cloud.reduce(0) { $0 + exp(kinds[$1].logWeight) } / Double(cloud.count)
  }

  /// N! / Π c_k! Π law_k^c_k of the kinds drawn, in order.
  private static func probability(_ drawn: Cloud, _ law: [Double]) -> Double {
    var (probability, run) = (1.0, 0)
    for (place, kind) in drawn.enumerated() {
      run = place > 0 && drawn[place - 1] == kind ? run + 1 : 1
      probability *= law[kind] * Double(place + 1) / Double(run)
    }
    return probability
  }

  /// Every unordered draw of so many.
  private static func forEachDraw(
    _ count: Int, _ kinds: [Int], visit: (Cloud) throws -> Void
  ) rethrows {
    func extend(_ drawn: Cloud, from first: Int) throws {
      guard drawn.count < count else { return try visit(drawn) }
      for place in first..<kinds.count { try extend(drawn + [kinds[place]], from: place) }
    }
    try extend([], from: 0)
  }
}
