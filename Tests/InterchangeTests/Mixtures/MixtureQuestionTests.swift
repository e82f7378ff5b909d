import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: mixtures of products, and what is asked of mixtures") struct MixtureQuestionTests {
  static let product = """
    {"model": "mixture", "weights": [0.25, 0.75], "components": [
      {"family": "product", "factors": [
        {"family": "categorical", "probabilities": [0.5, 0.5]}, {"family": "poisson", "rate": 2}]},
      {"family": "product", "factors": [
        {"family": "categorical", "probabilities": [0, 1]}, {"family": "poisson", "rate": 3}]}],
     "observations": [[0, 1], [1, null]]}
    """

  static let refusals = [
    SpecRefusal(
      product, "[[0, 1], [1, null]]", "[[0, 1, 2]]",
      "observations[0]: expected 2 values, found 3"),
    SpecRefusal(
      product, "[[0, 1], [1, null]]", "[[2, 1]]",
      "observations[0][0]: expected a whole number between 0 and 1, found 2"),
    SpecRefusal(
      product, "[0, 1]}, {\"family\": \"poisson\", \"rate\": 3}", "[0, 1]}",
      "components[1].factors: expected 2 values, found 1"),
    SpecRefusal(
      product, "\"poisson\", \"rate\": 3", "\"gaussian\", \"mean\": 3, \"variance\": 1",
      "components[1].factors[1].family: expected \"poisson\" as in the first component, found \"gaussian\""
    ),
    SpecRefusal(
      product, "\"poisson\", \"rate\": 2", "\"product\", \"factors\": []",
      "components[0].factors[1].family: expected one of \"poisson\", \"gaussian\", \"multivariate-gaussian\", \"categorical\", found \"product\""
    ),
    SpecRefusal(
      "{\"model\": \"mixture\", \"weights\": [1], \"components\": [{\"family\": \"product\", \"factors\": [1]}], \"observations\": []}",
      "[1]}", "[]}",
      "components[0].factors: expected at least one factor, found an empty array"),
    SpecRefusal(
      product, "\"observations\":", "\"ask\": [\"filtered\"], \"observations\":",
      "ask: this model has no answer to \"filtered\"; it answers explanation, samples, counts, gradient, entropy"
    ),
  ]

  @Test("What is refused", arguments: refusals) func refused(_ wanted: SpecRefusal) throws {
    let text = wanted.spec.replacing(wanted.old, with: wanted.new)
    #expect(text != wanted.spec)
    #expect(try refusal(text) == wanted.words)
  }

  private func asked(_ spec: String, _ words: String) throws -> JSON {
    try answer(
      spec.replacing(
        "\"observations\":", with: "\"ask\": [\(words)], \"samples\": 3, \"observations\":")
    ).json
  }

  // Catches: a question whose word, shape or null is another than the format says.
  @Test("All questions of one mixture, with an impossible observation") func shapes() throws {
    let spec = """
      {"model": "mixture", "weights": [0.5, 0.5], "components": [
        {"family": "categorical", "probabilities": [1, 0, 0]},
        {"family": "categorical", "probabilities": [0.5, 0.5, 0]}], "observations": [1, 2]}
      """
    let all = #""explanation", "samples", "counts", "gradient", "entropy""#
    let found = try asked(spec, all)
    #expect(found["explanation"]?.elements.last == .null)
    #expect(found["explanation"]?.elements[0]["component"] == 1)
    #expect(found["samples"] == [[1, 1, 1], nil])
    #expect(found["counts"] == ["assignments": [0, 1]])
    #expect(found["entropy"] == [0, nil])
    #expect(found["gradient"]?["weights"] == [0, 2])
    // Where a table holds a zero, the slope is what the word would add: 0.5 / 0.25 for the first one.
    #expect(
      found["gradient"]?["components"]
        == [["probabilities": [0, 2, 0]], ["probabilities": [0, 2, 0]]])
    let nothing = try asked(spec.replacing("[1, 2]", with: "[]"), all)
    for key in ["explanation", "samples", "entropy"] { #expect(nothing[key] == []) }
    #expect(nothing["gradient"]?["weights"] == [0, 0])
  }

  // Catches: a family whose slopes have other keys than its parameters.
  @Test("The gradient has the keys of the components") func keys() throws {
    let found = try asked(Self.product, "\"gradient\"")["gradient"]
    let factors = found?["components"]?.elements[1]["factors"]?.elements ?? []
    #expect(factors.count == 2 && factors[0]["probabilities"]?.elements.count == 2)
    #expect(factors.last?["rate"] != nil)
    let plane = try asked(OracleRefusalTests.plane, "\"gradient\"")["gradient"]?["components"]
    #expect(plane?.elements[0]["covariance"]?.elements.count == 2)
    let line = try asked(OracleRefusalTests.mixture, "\"gradient\"")["gradient"]?["components"]
    #expect(line?.elements[0]["mean"] != nil && line?.elements[1]["variance"] != nil)
    let counts = try asked(OracleRefusalTests.counts, "\"gradient\"")["gradient"]?["components"]
    #expect(counts == [["rate": 0.5]])
  }

  // Catches: tables of factors that --rescale does not reach.
  @Test("Rounded tables of factors are rescaled") func rescaledTables() throws {
    let rounded = Self.product.replacing("[0.5, 0.5]", with: "[0.5, 0.4999]")
    let json = try JSON(parsing: rounded)
    #expect(throws: OracleRefusal.self) { try oracle(JSONPlace(json)) }
    let found = try oracle(JSONPlace(rescaled(json))).json
    #expect(found["logEvidence"]?.elements.count == 2)
  }
}

extension JSON {
  fileprivate var elements: [JSON] {
    if case .array(let elements) = self { elements } else { [] }
  }
}
