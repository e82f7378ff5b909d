import Exact
import GSL
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: what was not observed, and sums that are not one") struct MissingObservationTests {
  static let chains = [
    OracleRefusalTests.hmm.replacing("[[0, 1]]", with: "[[0, SEEN, 1]]"),
    OracleRefusalTests.hmm.replacing("[[0, 1]]", with: "[[SEEN, 0]]"),
  ]

  // Catches: a missing step left out of the sequence, or read as a symbol.
  @Test("A missing symbol: the sum over all that it may have been", arguments: chains)
  func symbols(spec: String) throws {
    for method in GoldenTests.methods {
      func evidence(_ seen: String) throws -> Double {
        let found = try answer(spec.replacing("SEEN", with: seen), ExactRequest(route: method)).json
        return StateSpaceOracleTests.numbers(found["logEvidence"])[0]
      }
      let sum = log(exp(try evidence("0")) + exp(try evidence("1")))
      #expect(abs(try evidence("null") - sum) <= 16 * Double.ulpOfOne * max(1, abs(sum)))
    }
  }

  // Catches: a missing number whose density is taken at zero.
  @Test("Nothing seen: evidence one, and states as the chain alone has them") func nothing() throws
  {
    let spec = """
      {"model": "hmm", "initial": [0.25, 0.75], "transition": [[0.5, 0.5], [0.25, 0.75]],
       "emission": {"family": "gaussian", "means": [0, 3], "variances": [1, 1e-6]},
       "observations": [[null, null]]}
      """
    for method in GoldenTests.methods {
      let found = try answer(spec, ExactRequest(route: method)).json
      #expect(abs(StateSpaceOracleTests.numbers(found["logEvidence"])[0]) <= 4 * Double.ulpOfOne)
      let marginals = StateSpaceOracleTests.numbers(found["stateMarginals"])
      for (got, want) in zip(marginals, [0.25, 0.75, 0.3125, 0.6875]) {
        #expect(abs(got - want) <= 4 * Double.ulpOfOne)
      }
    }
  }

  @Test("null is refused where a model has no place for it") func refused() throws {
    #expect(
      try refusal(OracleRefusalTests.mixture.replacing("[0.5]", with: "[null]"))
        == "observations[0]: expected a finite number, found null")
    #expect(
      try refusal(OracleRefusalTests.hmm.replacing("[[0, 1]]", with: "[null]"))
        == "observations[0]: expected an array of values, found null")
  }
}

extension MissingObservationTests {
  private func rescaledAnswer(_ text: String) throws -> OracleAnswer {
    try oracle(JSONPlace(rescaled(try JSON(parsing: text))))
  }

  /// A model whose probabilities are all a little too large, and the same without that.
  static let pairs = [
    (OracleRefusalTests.mixture, "[0.25, 0.75]", "[0.25000002, 0.75000006]"),
    (OracleRefusalTests.hmm, "[0.25, 0.75]", "[0.2502, 0.7506]"),
    (OracleRefusalTests.hmm, "[[0.5, 0.5], [0, 1]]", "[[0.5004, 0.5004], [0, 0.9995]]"),
    (OracleRefusalTests.grammar, "0.4", "0.4000001"),
    (StateSpaceOracleTests.switching, "[0.25, 0.75]", "[0.24995, 0.74985]"),
    (StateSpaceOracleTests.switching, "[[0.5, 0.5], [1, 0]]", "[[0.5, 0.5], [1.0001, 0]]"),
  ]

  // Catches: a vector that is not rescaled, or rescaled by another's sum.
  @Test("Sums off by up to a thousandth are refused, and rescaled where that is asked for")
  func rescaling() throws {
    for (spec, exact, rounded) in Self.pairs {
      let text = spec.replacing(exact, with: rounded, maxReplacements: 1)
      #expect(text != spec)
      #expect(try !refusal(text).isEmpty)
      let (got, want) = (try rescaledAnswer(text).json, try answer(spec).json)
      // Of the grammar the ratio of the rules is changed too, by 2e-7.
      let allowed = spec == OracleRefusalTests.grammar ? 1e-6 : 1e-12
      #expect(differences(want, got, tolerance: allowed) == [])
    }
  }

  // Catches: a slip of the pen rescaled away.
  @Test("What is off by more than a thousandth stays refused") func tooFar() throws {
    let text = OracleRefusalTests.mixture.replacing("[0.25, 0.75]", with: "[0.25, 0.752]")
    #expect(throws: OracleRefusal.self) { try rescaledAnswer(text) }
    // The rules of a symbol are one vector, and a slip among them is one.
    let rules = OracleRefusalTests.grammar.replacing("0.4", with: "0.402")
    #expect(throws: OracleRefusal.self) { try rescaledAnswer(rules) }
    let near = OracleRefusalTests.mixture.replacing("[0.25, 0.75]", with: "[0.25, 0.7509]")
    #expect(throws: Never.self) { try rescaledAnswer(near) }
  }

  @Test("A case is rescaled under its spec, and nothing else is touched") func cases() throws {
    let given = try JSON(
      parsing: "{\"spec\": \(OracleRefusalTests.hmm), \"expected\": {\"logEvidence\": [1]}}")
    #expect(rescaled(given) == given)
    #expect(rescaled(["weights": [0.5, 0.5001]]) == ["weights": [0.5, 0.5001]])
  }
}
