import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Hidden semi-Markov models: messages against all segmentations") struct SemiMarkovTests {
  /// One to three states, durations up to three, one to five steps; counts beside a table with zeros.
  static func draw(_ cases: inout Cases) throws -> SemiMarkovSequence {
    let (states, longest) = (try cases.integer(1...3), try cases.integer(1...3))
    func rows(_ width: Int) throws -> [[Double]] {
      var rows: [[Double]] = []
      for _ in 0..<states { rows.append(try FactorialTests.simplex(width, &cases)) }
      return rows
    }
    let weights = [Double](repeating: 1 / Double(states), count: states)
    let laws = try ProductLaws([
      .categorical(CategoricalMixture(weights: weights, probabilities: rows(3))),
      .poisson(
        PoissonMixture(weights: weights, rates: cases.reals(states, from: 0.5, to: 4))),
    ])
    let model = try HiddenSemiMarkovModel(
      initial: FactorialTests.simplex(states, &cases), transition: rows(states),
      durations: rows(longest), laws: laws, isCensored: cases.flip(0.5))
    var steps: [[ObservedValue?]] = []
    for _ in 0..<(try cases.integer(1...5)) {
      let (symbol, count) = (try cases.choose(below: 3), try cases.choose(below: 5))
      let (seesSymbol, seesCount) = (try cases.flip(0.8), try cases.flip(0.6))
      steps.append([seesSymbol ? .whole(symbol) : nil, seesCount ? .whole(count) : nil])
    }
    return try model.observing(steps)
  }

  static func numbers(_ posterior: SemiMarkovPosterior) -> [Double] {
    [posterior.logEvidence.value] + (posterior.stateMarginals ?? []).joined()
  }

  static func numbers(_ slopes: SemiMarkovSlopes) -> [Double] {
    let tables = slopes.transition + slopes.durations + [slopes.initial]
    return Array(tables.joined()) + slopes.factors.flatMap { $0.rows.joined() }
  }

  static let messages = Route<SemiMarkovSequence>("messages") {
    numbers(SemiMarkovPosterior(of: $0))
  }
  static let segmentations = Route<SemiMarkovSequence>("all segmentations") {
    numbers(try SemiMarkovPosterior.enumerated(of: $0))
  }

  // Catches: a duration off by one, a last segment that is censored where it ends, or the other way.
  @Test("Evidence and marginals") func agreement() throws {
    let otherEnd = Route<SemiMarkovSequence>("the other convention for the end") { sequence in
      let model = sequence.model
      let other = try HiddenSemiMarkovModel(
        initial: model.initial, transition: model.transition, durations: model.durations,
        laws: model.laws, isCensored: !model.isCensored)
      return Self.numbers(SemiMarkovPosterior(of: try other.observing(sequence.steps)))
    }
    try expectAgreement(
      Self.messages, Self.segmentations, faultsInOne: [otherEnd, Self.messages.offByAPercent()],
      faultsInOther: [Self.segmentations.offByAPercent()], roundings: 400, draw: Self.draw)
  }

  // Catches: an evidence that is off by more than its bound; a count of segmentations that is not theirs.
  @Test("Bounds, and the number of segmentations") func bounds() throws {
    for index in 0..<40 {
      var cases = try Cases(seed: 81, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      var visited = 0.0
      try sequence.forEachSegmentation { segments in
        visited += 1
        #expect(segments.last?.end == sequence.length)
      }
      #expect(visited == sequence.segmentationCount)
      let one = SemiMarkovPosterior(of: sequence).logEvidence
      let other = try SemiMarkovPosterior.enumerated(of: sequence).logEvidence
      guard one.value > -.infinity else { continue }
      #expect(abs(one.value - other.value) <= one.roundingBound + other.roundingBound)
    }
  }

  // Catches: a model that is no hidden Markov model where its durations are geometric or one.
  @Test("Durations of one step: the hidden Markov model") func markov() throws {
    for index in 0..<20 {
      var cases = try Cases(seed: 82, stream: UInt64(index))
      let model = try HiddenMarkovModel.random(states: 3, symbols: 3, &cases)
      let symbols: [Int?] = [0, try cases.choose(below: 3), nil, try cases.choose(below: 3)]
      let laws = try ProductLaws([
        .categorical(
          CategoricalMixture(
            weights: [Double](repeating: 1 / 3, count: 3), probabilities: model.emission))
      ])
      let semi = try HiddenSemiMarkovModel(
        initial: model.initial, transition: model.transition, durations: [[1], [1], [1]],
        laws: laws)
      let found = SemiMarkovPosterior(
        of: try semi.observing(symbols.map { [$0.map { .whole($0) }] }))
      let chain = ObservedChainPosterior(of: try model.chain(observing: symbols))
      #expect(abs(found.logEvidence.value - chain.logEvidence.value) <= 1e-12)
      for (one, other) in zip((found.stateMarginals ?? []).joined(), chain.stateMarginals ?? []) {
        #expect(abs(one - other) <= 1e-12)
      }
    }
  }

  // Catches: a slope that is zero because its entry is, a censored duration that concerns one length alone.
  @Test("The gradient by messages is that from all segmentations, zeros of tables among them")
  func gradient() throws {
    let one = Route<SemiMarkovSequence>("messages") { sequence in
      var slopes = SemiMarkovSlopes(sequence.model)
      if let messages = SegmentMessages(sequence) { slopes.add(messages) }
      return Self.numbers(slopes)
    }
    let other = Route<SemiMarkovSequence>("segmentations") { sequence in
      var slopes = SemiMarkovSlopes(sequence.model)
      try slopes.addEnumerated(sequence)
      return Self.numbers(slopes)
    }
    try expectAgreement(
      one, other, faultsInOne: [one.offByAPercent()], faultsInOther: [other.offByAPercent()],
      roundings: 40_000, draw: Self.draw)
  }

  // Catches: slopes that both routes share and that are no slopes of the evidence.
  @Test("The gradient is that of central differences") func differences() throws {
    for index in 0..<30 {
      var cases = try Cases(seed: 83, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      guard let messages = SegmentMessages(sequence) else { continue }
      var slopes = SemiMarkovSlopes(sequence.model)
      slopes.add(messages)
      let model = sequence.model
      func evidence(_ change: (inout [[Double]], inout [Double]) -> Void) throws -> Double {
        guard case .poisson(let counts) = model.laws.factors[1] else { return .nan }
        var (durations, rates) = (model.durations, counts.rates)
        change(&durations, &rates)
        let laws = try ProductLaws([
          model.laws.factors[0], .poisson(PoissonMixture(weights: counts.weights, rates: rates)),
        ])
        let other = try HiddenSemiMarkovModel(
          initial: model.initial, transition: model.transition, durations: durations, laws: laws,
          isCensored: model.isCensored)
        return SemiMarkovPosterior(of: try other.observing(sequence.steps)).logEvidence.value
      }
      let h = 0x1p-14
      let ofRate = (try evidence { $1[0] += h } - evidence { $1[0] -= h }) / (2 * h)
      #expect(abs(ofRate - slopes.factors[1].rows[0][0]) <= 1e-6 * max(1, abs(ofRate)))
      let row = model.durations[0]
      guard row.count > 1, row[0] > 1e-3, row[1] > 1e-3 else { continue }
      let along =
        (try evidence { durations, _ in
          durations[0][0] += h
          durations[0][1] -= h
        }
          - evidence { durations, _ in
            durations[0][0] -= h
            durations[0][1] += h
          }) / (2 * h)
      let wanted = slopes.durations[0][0] - slopes.durations[0][1]
      #expect(abs(along - wanted) <= 1e-4 * max(1, abs(wanted)))
    }
  }

  // Catches: a segmentation that is not the best, an entropy of the states alone, a draw that forgets how long the
  // segment is, or what came before it.
  @Test("A sequence as a law of its segments: all segmentations visited") func law() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 84, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      try expectSameLaw(sequence, sequence.visitedSegmentations, "\(index)")
    }
  }

  // Catches: a duration that is taken to end with the step, a segment that must fit into the sequence, a prediction
  // that sees its own step.
  @Test(
    "Filtered and predicted beliefs: all segmentations of all beginnings, whose last segment may go on"
  )
  func beliefs() throws {
    var (possible, differing) = (0, 0)
    for index in 0..<80 {
      var cases = try Cases(seed: 86, stream: UInt64(index))
      let sequence = try Self.draw(&cases)
      let (found, wanted) = (SegmentMessages(sequence)?.beliefs, try sequence.enumeratedBeliefs())
      #expect((found == nil) == (wanted == nil))
      guard let found, let wanted else { continue }
      possible += 1
      for (one, other) in [(found.predicted, wanted.predicted), (found.filtered, wanted.filtered)] {
        #expect(one.count == sequence.length && other.count == sequence.length)
        for (a, b) in zip(one.joined(), other.joined()) { #expect(abs(a - b) <= 1e-12) }
      }
      #expect(zip(found.predicted[0], sequence.model.initial).allSatisfy { abs($0 - $1) <= 1e-14 })
      // The smoothed belief of the last step knows no more, where the last segment may go on.
      let last = try #require(SemiMarkovPosterior(of: sequence).stateMarginals?.last)
      let distance = zip(last, found.filtered.last ?? []).map { abs($0 - $1) }.max() ?? 1
      if sequence.model.isCensored { #expect(distance <= 1e-12) }
      if distance > 1e-3 { differing += 1 }
    }
    #expect(possible > 40 && differing > 5)
  }

  // Catches: a semi-Markov filter that is none of the Markov process that all durations of one step make.
  @Test("With durations of one step, the beliefs of a hidden Markov chain") func beliefsOfAChain()
    throws
  {
    for index in 0..<40 {
      var cases = try Cases(seed: 87, stream: UInt64(index))
      let drawn = try Self.draw(&cases)
      let model = try HiddenSemiMarkovModel(
        initial: drawn.model.initial, transition: drawn.model.transition,
        durations: drawn.model.initial.map { _ in [1] }, laws: drawn.model.laws)
      let sequence = try model.observing(drawn.steps)
      let chain = ObservedChain(
        initial: model.initial, transition: model.transition,
        logEmissions: Array(sequence.logEmissions.joined()), logScale: sequence.logScale)
      let (found, wanted) = (SegmentMessages(sequence)?.beliefs, ChainBeliefs(of: chain))
      #expect((found == nil) == (wanted == nil))
      guard let found, let wanted else { continue }
      let pairs = zip(
        (found.predicted + found.filtered).joined(), (wanted.predicted + wanted.filtered).joined())
      #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-12 })
    }
  }

  // Catches: a sequence that no durations fill, taken for an overflow.
  @Test("A sequence that no durations fill is impossible, censored it is not") func unfilled()
    throws
  {
    for isCensored in [false, true] {
      let model = try HiddenSemiMarkovModel(
        initial: [1], transition: [[1]], durations: [[0, 1]],
        laws: ProductLaws([.poisson(PoissonMixture(weights: [1], rates: [2]))]),
        isCensored: isCensored)
      let sequence = try model.observing([[nil], [nil], [nil]])
      for method in ExactRoute.allCases {
        let found = try ExactAnswers(of: [sequence], ExactRequest(route: method))
        #expect(found.logEvidence == [isCensored ? 0 : -.infinity])
      }
    }
  }

  // Catches: the longer of two durations that are equally probable, the higher of two states.
  @Test("Of segmentations that are equal the one with the shorter last segment explains")
  func ties()
    throws
  {
    let model = try HiddenSemiMarkovModel(
      initial: [0.5, 0.5], transition: [[0, 1], [1, 0]],
      // One step twice is as probable as two at once, to the last digit.
      durations: [[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]],
      laws: ProductLaws([
        .categorical(CategoricalMixture(weights: [0.5, 0.5], probabilities: [[1], [1]]))
      ]), isCensored: false)
    let sequence = try model.observing([[nil], [nil]])
    let found = try #require(sequence.explanation)
    #expect(
      found.state == [
        StateSegment(state: 1, start: 0, length: 1), StateSegment(state: 0, start: 1, length: 1),
      ])
    #expect(found.logJoint == 3 * log(0.5))
  }

  // Catches: what all states have in common, counted among what rounding decides.
  @Test("Observations that are far from every state alike are answered") func farAlike() throws {
    let model = try HiddenSemiMarkovModel(
      initial: [0.5, 0.5], transition: [[0, 1], [1, 0]], durations: [[0.5, 0.5], [0.25, 0.75]],
      laws: ProductLaws([
        .gaussian(GaussianMixture(weights: [0.5, 0.5], means: [0, 0], variances: [1, 1]))
      ]), isCensored: true)
    let sequence = try model.observing(Array(repeating: [.number(300)], count: 4))
    let wanted = -4 * (45_000 + 0.5 * log(2 * Double.pi))
    for method in ExactRoute.allCases {
      let found = try ExactAnswers(of: [sequence], ExactRequest(route: method))
      #expect(abs(found.logEvidence[0] - wanted) <= 1e-9)
    }
  }
}
