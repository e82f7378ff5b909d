import Exact
import GSL
import Models
import Probability
import Testing

@Suite("The law of the Indian buffet")
struct BuffetLawTests {
  // Catches: a factorial that is one off for a number of customers beyond those of the lesson.
  @Test("Dish by dish and as a product of Poisson numbers", arguments: [1, 2, 3, 4])
  func twoRoutes(customers: Int) throws {
    for rate in [0.3, 1.7] {
      var found: [[Int]: Double] = [:]
      try forEachOutcome(of: {
        try BuffetRules.indianBuffet(rate: rate).draw(customers: customers, atMost: 2, &$0)
      }) { histories, probability in
        if let histories { found[histories.sorted(), default: 0] += probability }
      }
      let law = try BuffetLaw(rate: rate, customers: customers)
      #expect(found.count == (1 << customers) * ((1 << customers) + 1) / 2)
      for (histories, probability) in found {
        let wanted = law.logProbability(histories)
        #expect(abs(log(probability) - wanted.value) < 1e-12, "\(histories)")
        #expect(wanted.roundingBound < 1e-12)
      }
    }
  }

  // Catches: a mean that is not the sum of what it is made of.
  @Test("All rates add up to α H_N, those of one customer to α", arguments: [1, 2, 3, 7, 20])
  func rates(customers: Int) throws {
    let law = try BuffetLaw(rate: 1.3, customers: customers)
    var (all, own, choices) = (0.0, 0.0, 1.0)
    for m in 1...customers {
      choices *= Double(customers - m + 1) / Double(m)
      all += choices * law.rate(ofTasters: m).value
      own += choices * Double(m) / Double(customers) * law.rate(ofTasters: m).value
    }
    #expect(abs(all - law.meanDishes.value) < 1e-13 && abs(own - 1.3) < 1e-13)
    #expect(law.rate(ofTasters: 0).value == 0 && law.rate(ofTasters: customers + 1).value == 0)
  }

  // Catches: a limit that is approached at another rate, or not at all.
  @Test("F features tend to it, with an error of the order of 1/F")
  func limit() throws {
    let law = try BuffetLaw(rate: 1.5, customers: 3)
    for m in 1...3 {
      let errors = try [1000, 2000].map { features in
        let model = try FiniteFeatures(rate: 1.5, featureCount: features)
        return Double(features) * model.probability(have: m, of: 3) - law.rate(ofTasters: m).value
      }
      #expect(errors[0] < 0 && abs(errors[0] / errors[1] - 2) < 0.01)
    }
  }

  @Test("Rates and numbers of customers that are none are refused")
  func refusals() {
    #expect(throws: ModelError.self) { try BuffetLaw(rate: .infinity, customers: 2) }
    #expect(throws: ModelError("customers", "expected 1 to 20, found 21")) {
      try BuffetLaw(rate: 1, customers: 21)
    }
  }
}
