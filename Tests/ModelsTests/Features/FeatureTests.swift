import Models
import Probability
import Testing

@Suite("Features without a fixed number")
struct FeatureTests {
  // Catches: a rising product that is one factor off.
  @Test("Histories of a feature add up to one, for any number of things")
  func total() throws {
    for (rate, features) in [(0.3, 1), (1.5, 10), (4, 300)] {
      let model = try FiniteFeatures(rate: rate, featureCount: features)
      for things in 0...8 {
        var (sum, choices) = (0.0, 1.0)
        for m in 0...things {
          sum += choices * model.probability(have: m, of: things)
          choices *= Double(things - m) / Double(m + 1)
        }
        #expect(abs(sum - 1) < 1e-13, "N = \(things)")
      }
      #expect(model.probability(have: 3, of: 2) == 0 && model.probability(have: -1, of: 2) == 0)
    }
  }

  @Test("Rates and numbers of features that are none are refused")
  func refusals() {
    #expect(throws: ModelError("rate", "expected a positive number, found 0.0")) {
      try FiniteFeatures(rate: 0, featureCount: 1)
    }
    #expect(throws: ModelError("featureCount", "expected a number of at least 1, found 0")) {
      try FiniteFeatures(rate: 1, featureCount: 0)
    }
  }

  // Catches: a cap that cuts off one dish too early, or one too late.
  @Test("Runs with more dishes than allowed end as none, with the rest of the probability")
  func cap() throws {
    for most in 0...3 {
      var (kept, cut) = (0.0, 0.0)
      try forEachOutcome(of: {
        try BuffetRules.indianBuffet(rate: 0.8).draw(customers: 2, atMost: most, &$0)
      }) { histories, probability in
        if let histories {
          kept += probability
          #expect(histories.count <= most && histories.allSatisfy { (1...3).contains($0) })
        } else {
          cut += probability
        }
      }
      let wanted = (0...most).reduce(0.0) { $0 + poissonProbability($1, mean: 1.2) }
      #expect(abs(kept - wanted) < 1e-14 && abs(kept + cut - 1) < 1e-14)
    }
  }
}
