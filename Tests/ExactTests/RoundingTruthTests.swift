import GSL
import Models
import Probability
import Testing

@testable import Exact

/// Bounds on rounding beside answers of 32 digits, where two routes of 16 digits would cover for each other.
@Suite("Bounds on rounding: against 32 digits") struct RoundingTruthTests {
  /// How far answers are off, and what their bounds allow, in units of max(1, |answer|).
  private struct Truth {
    private(set) var isTrue = true
    private(set) var (error, bound) = (0.0, 0.0)

    mutating func add(_ answer: Double, _ allowed: Double, _ truth: DoubleDouble) {
      let off = abs((DoubleDouble(answer) - truth).high)
      if !(off <= allowed) { isTrue = false }
      (error, bound) = (
        max(error, off / max(1, abs(answer))), max(bound, allowed / max(1, abs(answer)))
      )
    }

    func expectTrueAndClose(_ what: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(isTrue && error > 0, what, sourceLocation: sourceLocation)
      #expect(bound <= 1000 * error, what, sourceLocation: sourceLocation)
    }
  }

  // Catches: an inside algorithm that says it does not round.
  @Test("Sentences: the inside algorithm against the sum of all derivations")
  func sentences() throws {
    var truth = Truth()
    for seed in RoundingBoundTests.seeds {
      var cases = try Cases(seed: seed, stream: 21)
      let sentence = try Sentence.random(&cases)
      var (search, total) = (DerivationSearch(sentence, budget: .max), DoubleDouble(0))
      _ = search.run { rules in
        total += rules.reduce(DoubleDouble(1)) {
          $0 * DoubleDouble(sentence.grammar.rules[$1].probability)
        }
      }
      guard total.high > 0 else { continue }
      let found = GrammarPosterior(of: sentence).logEvidence
      truth.add(found.value, found.roundingBound, total.logarithm)
    }
    truth.expectTrueAndClose("log p(x)")
  }

  // Catches: a mean that takes the logarithms of its weights for exact ones.
  @Test("A mean under weights whose logarithms are rounded: 1 : 2 beside a scale of e^1000")
  func tally() {
    let logTwo = DoubleDouble(2).logarithm
    var truth = Truth()
    for step in 0..<20 {
      let scale = 1000 + 0.37 * Double(step)
      var tally = LogTally<Double>(parts: 1)
      tally.add(scale, values: [0])
      tally.add((DoubleDouble(scale) + logTwo).high, values: [1])
      let mean = tally.means?[0] ?? .nan
      let allowed = tally.roundingBound(ofMean: mean, Roundings(ofItsSize: 1, ofOne: 0))
      truth.add(mean, allowed, DoubleDouble(2) / DoubleDouble(3))
    }
    truth.expectTrueAndClose("E[v]")
  }

  // Catches: an integral that is as long as its ratios are far apart, whatever that takes.
  @Test("Ratios of e^2000 and more are too far apart for the integral")
  func range() {
    #expect(MeanLogarithm.nodes([0, -1900], [0.5, 0.5]) != nil)
    #expect(MeanLogarithm.nodes([0, -2100], [0.5, 0.5]) == nil)
    #expect(MeanLogarithm(of: 2, logarithms: [0, -2100], probabilities: [0.5, 0.5]) == nil)
  }
}
