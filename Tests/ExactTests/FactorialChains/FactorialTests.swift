import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Factorial hidden Markov models: one chain after the other against all joint paths")
struct FactorialTests {
  static func simplex(_ size: Int, _ cases: inout Cases) throws -> [Double] {
    var law = try cases.simplex(size)
    if size > 1, try cases.flip(0.25) { (law[0], law[1]) = (0, law[0] + law[1]) }
    return law
  }

  /// One to three chains of one to three states, one to three steps of which some were not seen.
  static func draw(_ cases: inout Cases) throws -> FactorialSequence {
    var chains: [FactorialHiddenMarkovModel.Chain] = []
    for _ in 0..<(try cases.integer(1...3)) {
      let size = try cases.integer(1...3)
      var rows: [[Double]] = []
      for _ in 0..<size { rows.append(try simplex(size, &cases)) }
      chains.append(try .init(initial: simplex(size, &cases), transition: rows))
    }
    let sizes = chains.map(\.initial.count)
    let isTable = try cases.flip(0.5)
    var (table, means): ([[Double]], [[Double]]) = ([], [])
    for _ in 0..<sizes.reduce(1, *) { table.append(try simplex(3, &cases)) }
    for size in sizes { means.append(try cases.reals(size, from: -2, to: 2)) }
    let variance = try cases.real(from: 0.5, to: 2)
    let model = try FactorialHiddenMarkovModel(
      chains: chains,
      emission: isTable ? .categorical(table) : .additive(means: means, variance: variance))
    var values: [ObservedValue?] = []
    for _ in 0..<(try cases.integer(1...3)) {
      let symbol = try cases.choose(below: 3)
      let number = try cases.real(from: -3, to: 3)
      let isSeen = try cases.flip(0.85)
      values.append(isSeen ? (isTable ? .whole(symbol) : .number(number)) : nil)
    }
    return try model.observing(values)
  }

  static func numbers(_ posterior: FactorialPosterior) -> [Double] {
    [posterior.logEvidence.value] + (posterior.stateMarginals ?? []).joined().joined()
  }

  static func numbers(_ slopes: FactorialSlopes) -> [Double] {
    let tables = slopes.initial + Array(slopes.transition.joined()) + slopes.emission
    return Array(tables.joined()) + [slopes.variance]
  }

  static let messages = Route<FactorialSequence>("one chain after the other") {
    numbers(FactorialPosterior(of: $0))
  }
  static let paths = Route<FactorialSequence>("all joint paths") {
    numbers(FactorialPosterior.enumerated(of: $0))
  }

  // Catches: a chain that moves twice or not at all, a stride of another chain.
  @Test("Evidence and marginals") func agreement() throws {
    let frozen = Route<FactorialSequence>("the last chain does not move") { sequence in
      let model = sequence.model
      let chains = try model.chains.enumerated().map { m, chain in
        m < model.chains.count - 1
          ? chain
          : try FactorialHiddenMarkovModel.Chain(
            initial: chain.initial,
            transition: chain.transition.indices.map { i in
              chain.transition.indices.map { $0 == i ? 1 : 0 }
            })
      }
      let other = try FactorialHiddenMarkovModel(chains: chains, emission: model.emission)
      return Self.numbers(FactorialPosterior(of: try other.observing(sequence.values)))
    }
    try expectAgreement(
      Self.messages, Self.paths, faultsInOne: [frozen, Self.messages.offByAPercent()],
      faultsInOther: [Self.paths.offByAPercent()], roundings: 400, draw: Self.draw)
  }

  // Catches: an evidence that is off by more than its bound.
  @Test("The two evidences lie within their bounds") func bounds() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 61, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      let (one, other) = (
        FactorialPosterior(of: sequence).logEvidence,
        FactorialPosterior.enumerated(of: sequence).logEvidence
      )
      guard one.value > -.infinity else { continue }
      #expect(abs(one.value - other.value) <= one.roundingBound + other.roundingBound)
    }
  }

  // Catches: a move without its probability taken out, a slope that is zero because its entry is.
  @Test("The gradient by messages is that from all paths, zeros of tables among them")
  func gradient() throws {
    let one = Route<FactorialSequence>("messages") { sequence in
      var slopes = FactorialSlopes(sequence.model)
      if let messages = FactorialMessages(sequence) { slopes.add(messages) }
      return Self.numbers(slopes)
    }
    let other = Route<FactorialSequence>("paths") { sequence in
      var slopes = FactorialSlopes(sequence.model)
      try slopes.addEnumerated(sequence)
      return Self.numbers(slopes)
    }
    try expectAgreement(
      one, other, faultsInOne: [one.offByAPercent()], faultsInOther: [other.offByAPercent()],
      roundings: 4000, draw: Self.draw)
  }

  // Catches: slopes that both routes share and that are no slopes of the evidence.
  @Test("The gradient is that of central differences along the simplices, and of Euler's sums")
  func differences() throws {
    for index in 0..<30 {
      var cases = try Cases(seed: 62, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      guard let messages = FactorialMessages(sequence) else { continue }
      var slopes = FactorialSlopes(sequence.model)
      slopes.add(messages)
      let model = sequence.model
      for (m, chain) in model.chains.enumerated() {
        // Σ_k initial_k ∂/∂initial_k = 1: one first state.
        let euler = zip(chain.initial, slopes.initial[m]).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(euler - 1) <= 1e-12)
        let moves = zip(chain.transition.joined(), slopes.transition[m].joined()).reduce(0) {
          $0 + $1.0 * $1.1
        }
        #expect(abs(moves - Double(sequence.length - 1)) <= 1e-12)
        guard let most = chain.initial.indices.max(by: { chain.initial[$0] < chain.initial[$1] })
        else { continue }
        for k in chain.initial.indices where k != most && chain.initial[k] > 1e-3 {
          func evidence(_ step: Double) throws -> Double {
            var initial = chain.initial
            initial[k] += step
            initial[most] -= step
            var chains = model.chains
            chains[m] = try .init(initial: initial, transition: chain.transition)
            let other = try FactorialHiddenMarkovModel(chains: chains, emission: model.emission)
            return FactorialPosterior(of: try other.observing(sequence.values)).logEvidence.value
          }
          let h = 0x1p-14
          let quotient = (try evidence(h) - evidence(-h)) / (2 * h)
          let wanted = slopes.initial[m][k] - slopes.initial[m][most]
          #expect(abs(quotient - wanted) <= 1e-4 * max(1, abs(wanted)))
        }
      }
      guard case .additive(let means, let variance) = model.emission else { continue }
      func evidence(_ change: (inout [[Double]], inout Double) -> Void) throws -> Double {
        var (means, variance) = (means, variance)
        change(&means, &variance)
        let other = try FactorialHiddenMarkovModel(
          chains: model.chains, emission: .additive(means: means, variance: variance))
        return FactorialPosterior(of: try other.observing(sequence.values)).logEvidence.value
      }
      let h = 0x1p-14
      let ofVariance = (try evidence { $1 += h } - evidence { $1 -= h }) / (2 * h)
      #expect(abs(ofVariance - slopes.variance) <= 1e-6 * max(1, abs(ofVariance)))
      let ofMean =
        (try evidence { means, _ in means[0][0] += h }
          - evidence { means, _ in means[0][0] -= h }) / (2 * h)
      #expect(abs(ofMean - slopes.emission[0][0]) <= 1e-6 * max(1, abs(ofMean)))
    }
  }

  // Catches: a path that is not the best, a path taken back wrongly, an entropy of one step only, a draw that
  // forgets the other chains, or that goes back along the wrong one.
  @Test("A sequence as a law of its path: all joint paths visited") func law() throws {
    var judged = 0
    for index in 0..<60 {
      var cases = try Cases(seed: 63, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      guard power(sequence.model.joint.count, sequence.length) < 1000 else { continue }
      try expectSameLaw(sequence, sequence.visitedStates, "\(index)")
      judged += 1
    }
    #expect(judged >= 30)
  }

  // Catches: a filter that sees the steps to come, a prediction that sees its own.
  @Test("Filtered and predicted beliefs: posteriors of the beginnings") func filtering() throws {
    for index in 0..<30 {
      var cases = try Cases(seed: 65, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      guard let messages = FactorialMessages(sequence),
        let wanted = try sequence.enumeratedFiltering()
      else { continue }
      for t in 0..<sequence.length {
        let found =
          messages.marginals(messages.filtered[t]) + messages.marginals(messages.predicted(t))
        let all = wanted.filtered[t] + wanted.predicted[t]
        for (one, other) in zip(found.joined(), all.joined()) {
          #expect(abs(one - other) <= 1e-12)
        }
      }
    }
  }

  // Catches: the last of equals.
  @Test("Of paths that are equal the one of the lowest numbers explains") func ties() throws {
    let fair = try FactorialHiddenMarkovModel.Chain(
      initial: [0.25, 0.25, 0.25, 0.25],
      transition: Array(repeating: [0.25, 0.25, 0.25, 0.25], count: 4))
    let model = try FactorialHiddenMarkovModel(
      chains: [fair, fair], emission: .categorical(Array(repeating: [1], count: 16)))
    let sequence = try model.observing([nil, .whole(0), nil])
    #expect(sequence.explanation?.state == [[0, 0], [0, 0], [0, 0]])
    #expect(try sequence.visitedStates.explanation?.state == [[0, 0], [0, 0], [0, 0]])
  }
}
