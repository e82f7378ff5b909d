import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Expected counts: messages against all states, and against slopes times parameters")
struct ExpectedCountTests {
  private func expectNear(_ one: [Double], _ other: [Double], _ label: String) {
    #expect(one.count == other.count, "\(label)")
    for (a, b) in zip(one, other) { #expect(near(a, b), "\(label): \(a) for \(b)") }
  }

  private func products(_ one: [[Double]], _ other: [[Double]]) -> [Double] {
    zip(one.joined(), other.joined()).map { $0 * $1 }
  }

  // Catches: a move counted twice, a last segment that is counted as if it ended, a step that is left out.
  @Test("Segments: all segmentations, and p ∂ log p(x) / ∂ p") func segments() throws {
    var censored = 0
    for index in 0..<80 {
      var cases = try Cases(seed: 101, stream: UInt64(index))
      let sequence = try SemiMarkovTests.draw(&cases)
      let model = sequence.model
      var (found, wanted) = (SemiMarkovCounts(model), SemiMarkovCounts(model))
      var slopes = SemiMarkovSlopes(model)
      try wanted.addEnumerated(sequence)
      if let messages = SegmentMessages(sequence) {
        found.add(messages)
        slopes.add(messages)
      }
      func tables(_ counts: SemiMarkovCounts) -> [[Double]] {
        [counts.initial] + counts.transition + counts.durations
      }
      func sums(_ counts: SemiMarkovCounts) -> [Double] {
        counts.factors.flatMap { $0.rows.joined() }
      }
      expectNear(Array(tables(found).joined()), Array(tables(wanted).joined()), "\(index)")
      expectNear(sums(found), sums(wanted), "\(index)")
      let parameters = [model.initial] + model.transition + model.durations
      let slopeTables = [slopes.initial] + slopes.transition + slopes.durations
      expectNear(Array(tables(found).joined()), products(parameters, slopeTables), "\(index)")
      guard case .categorical(let table) = model.laws.factors[0] else { continue }
      let rows = (0..<model.stateCount).map { k in (0..<3).map { table.probabilities[k][$0] } }
      expectNear(
        Array(found.factors[0].rows.joined()), products(rows, slopes.factors[0].rows), "\(index)")
      // Each segment is the first one or follows another.
      let segments = found.durations.joined().reduce(0, +)
      let begun = found.initial.reduce(0, +)
      expectNear([segments], [begun + found.transition.joined().reduce(0, +)], "\(index)")
      if model.isCensored, segments > 0 { censored += 1 }
    }
    #expect(censored > 15)
  }

  // Catches: a chain that is counted with the moves of another, a value that is not weighed.
  @Test("Factorial chains: all joint paths, and p ∂ log p(x) / ∂ p") func chains() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 102, stream: UInt64(index))
      let sequence = try FactorialTests.draw(&cases)
      let model = sequence.model
      guard power(model.joint.count, sequence.length) < 4000 else { continue }
      var (found, wanted) = (FactorialCounts(model), FactorialCounts(model))
      var slopes = FactorialSlopes(model)
      try wanted.addEnumerated(sequence)
      if let messages = FactorialMessages(sequence) {
        found.add(messages)
        slopes.add(messages)
      }
      func numbers(_ counts: FactorialCounts) -> [Double] {
        Array((counts.initial + counts.transition.joined() + counts.emission.joined()).joined())
      }
      expectNear(numbers(found), numbers(wanted), "\(index)")
      let moves = Array(found.initial + found.transition.joined())
      let parameters =
        model.chains.map(\.initial) + model.chains.flatMap(\.transition)
      expectNear(
        Array(moves.joined()),
        products(parameters, slopes.initial + Array(slopes.transition.joined())), "\(index)")
      if case .categorical(let table) = model.emission {
        expectNear(
          Array(found.emission[0].joined()), products(table, slopes.emission), "\(index)")
      } else {
        let seen = sequence.values.compactMap { value -> Double? in
          if case .number(let number)? = value { number } else { nil }
        }
        // Each value is of some state of every chain.
        for m in model.chains.indices {
          let sums = found.emission.map { $0[m].reduce(0, +) }
          expectNear(
            sums,
            [Double(seen.count), seen.reduce(0, +), seen.reduce(0) { $0 + $1 * $1 }], "\(index)")
        }
      }
    }
  }

  // Catches: words of another document, a topic of another word, a corpus that is impossible and counted.
  @Test("Topics: all assignments, and as many words as there are") func topics() throws {
    var impossible = 0
    for index in 0..<60 {
      var cases = try Cases(seed: 103, stream: UInt64(index))
      let corpus = try TopicTests.draw(&cases)
      let layers = try TopicTests.layers(corpus)
      let (found, wanted) = (ExpectedTopics(of: layers), try ExpectedTopics.enumerated(of: corpus))
      expectNear(
        Array((found.topicWords + found.documentTopics).joined()),
        Array((wanted.topicWords + wanted.documentTopics).joined()), "\(index)")
      guard layers.logEvidence > -.infinity else {
        #expect(found.topicWords.joined().allSatisfy { $0 == 0 })
        impossible += 1
        continue
      }
      for (d, row) in found.documentTopics.enumerated() {
        let words = corpus.tokens.count { $0.document == d }
        expectNear([row.reduce(0, +)], [Double(words)], "\(index)")
      }
      for v in 0..<corpus.topics.vocabulary {
        let words = corpus.tokens.count { $0.word == v }
        expectNear([found.topicWords.reduce(0) { $0 + $1[v] }], [Double(words)], "\(index)")
      }
    }
    #expect(impossible > 0)
  }
}
