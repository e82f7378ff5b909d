import Probability
import Testing
import Verification

@Suite("Statements refuse what is wrong")
struct FindingTests {
  @Test("Equal: rounding passes, one part in a million does not")
  func equal() {
    #expect(Finding.equal(0.1 + 0.2, 0.3).violation().holds)
    #expect(!Finding.equal(1.000001, 1).violation().holds)
    #expect(!Finding.equal(1, 1).violation(perturbedBy: 1e-6).holds)
    let cancelling = Rounding.of(size: 2, because: "terms of size two cancel")
    #expect(!Finding.equal(0, 0, rounding: cancelling).violation(perturbedBy: 1e-6).holds)
    #expect(!Finding.equal([1, 2], [1]).violation().holds)
    #expect(!Finding.equal(Double.nan, Double.nan).violation().holds)
    #expect(Finding.equal(-Double.infinity, -Double.infinity).violation().holds)
    #expect(!Finding.equal(-Double.infinity, 1).violation().holds)
  }

  // Catches: a bound that is carried to the door and dropped there.
  @Test("The bounds that sides carry are what is allowed, and no more")
  func carried() {
    let loose = ExactValue(1, roundingBound: 1e-9)
    #expect(Finding.equal(1 + 3e-9, loose).violation().holds)
    #expect(!Finding.equal(1 + 5e-9, loose).violation().holds)
    #expect(!Finding.equal(1 + 3e-9, 1).violation().holds)
    #expect(Finding.equal(1 + 3e-9, QuadratureValue(1, errorBound: 1e-9)).violation().holds)
    #expect(Finding.equal([2, 1 + 3e-9], [ExactValue(2), loose]).violation().holds)
    #expect(Finding.atMost(1, 3, gap: ExactValue(2 + 3e-9, roundingBound: 1e-9)).violation().holds)
    #expect(!Finding.atMost(1, 3, gap: 2 + 3e-9).violation().holds)
  }

  @Test("Counts allow no rounding at all")
  func counts() {
    #expect(Finding.equalCounts(64, 64).violation().holds)
    #expect(!Finding.equalCounts(64, 63).violation().holds)
    #expect(!Finding.equalCounts(64, 64).violation(perturbedBy: 1e-6).holds)
  }

  @Test("An inequality that holds with the wrong gap is refused")
  func inequality() {
    #expect(Finding.atMost(1, 3, gap: 2).violation().holds)
    #expect(!Finding.atMost(1, 3, gap: 1.9).violation().holds)
    #expect(!Finding.atMost(3, 1, gap: -2).violation().holds)
    #expect(Finding.atLeast(3, 1, gap: 2).violation().holds)
    #expect(!Finding.atLeast(1, 3, gap: -2).violation().holds)
    #expect(!Finding.atMost(1, 3, gap: 2).violation(perturbedBy: 1e-6).holds)
    #expect(Finding.atLeast(1, 3, gap: -2).violation().worst == 2.0 / 3)
  }

  @Test("Within a bound: the bound decides, not a habit")
  func within() {
    #expect(Finding.within(1, 1.001, bound: 0.01).violation().holds)
    #expect(!Finding.within(1, 1.001, bound: 0.0001).violation().holds)
  }

  @Test("Different: by enough, and by exactly what is stated")
  func different() {
    #expect(Finding.different(2, 1, by: 1, atLeast: 0.5).violation().holds)
    #expect(!Finding.different(2, 1, by: 1, atLeast: 1.5).violation().holds)
    #expect(!Finding.different(2, 1, by: 0.9, atLeast: 0.5).violation().holds)
    #expect(!Finding.different(1, 1, by: 0, atLeast: 0.5).violation().holds)
    #expect(!Finding.different(2, 1, by: 1, atLeast: 0.5).violation(perturbedBy: 1e-6).holds)
  }

  @Test("Tends: the order is measured")
  func tends() {
    let steps = [0.1, 0.01, 0.001]
    let linear = Finding.tends(
      steps.map { 2 + 3 * $0 }, to: 2, steps: steps, order: 1, departure: 0.01)
    #expect(linear.violation().holds)
    let quadratic = Finding.tends(
      steps.map { 2 + 3 * $0 * $0 }, to: 2, steps: steps, order: 1, departure: 0.01)
    #expect(!quadratic.violation().holds)
    #expect(abs(quadratic.violation().worst - 1) < 1e-6)
    let elsewhere = Finding.tends(
      steps.map { 2.1 + 3 * $0 }, to: 2, steps: steps, order: 1, departure: 0.01)
    #expect(!elsewhere.violation().holds)
  }
}

@Suite("Case tokens")
struct CaseTokenTests {
  @Test(
    "A token reads back to the same case",
    arguments: [
      CaseToken.drawn(seed: 1, index: 57), .drawn(seed: .max, index: 0), .trail([]),
      .trail([0, 31, 32, 1000, 1_000_000, 5]),
    ])
  func roundTrip(token: CaseToken) {
    #expect(CaseToken("\(token)") == token)
  }

  @Test("What is no token is none", arguments: ["", "1", "1-", "-1", "1-2-3", "tZZ", "t!", "x-1"])
  func refusals(text: String) {
    #expect(CaseToken(text) == nil)
  }
}
