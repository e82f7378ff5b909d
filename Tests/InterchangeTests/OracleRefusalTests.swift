import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: what is refused, by place and reason") struct OracleRefusalTests {
  static let mixture = """
    {"model": "mixture", "weights": [0.25, 0.75],
     "components": [{"family": "gaussian", "mean": 0, "variance": 1},
                    {"family": "gaussian", "mean": 1, "variance": 2}], "observations": [0.5]}
    """
  static let plane = """
    {"model": "mixture", "weights": [1],
     "components": [{"family": "multivariate-gaussian", "mean": [0, 1],
                     "covariance": [[2, 1], [1, 2]]}], "observations": [[0, 0]]}
    """
  static let planes = """
    {"model": "mixture", "weights": [0.5, 0.5], "components": [
      {"family": "multivariate-gaussian", "mean": [0, 1], "covariance": [[2, 1], [1, 2]]},
      {"family": "multivariate-gaussian", "mean": [2, 3], "covariance": [[3, 1], [1, 3]]}],
     "observations": [[0, 0]]}
    """
  static let counts = """
    {"model": "mixture", "weights": [1], "components": [{"family": "poisson", "rate": 2}],
     "observations": [3]}
    """
  static let factors = """
    {"model": "latent-factor", "prior": [0.5, 0.25], "weights": [[1, 0, 2], [0, 1, 3]],
     "bias": [0, 0, 1], "observations": [[0, 2]]}
    """
  static let hmm = """
    {"model": "hmm", "initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.25, 0.75]],
     "emission": {"family": "categorical", "probabilities": [[0.5, 0.5], [0, 1]]},
     "observations": [[0, 1]]}
    """
  static let normalChain = """
    {"model": "hmm", "initial": [1], "transition": [[1]],
     "emission": {"family": "gaussian", "means": [0], "variances": [1]}, "observations": [[2]]}
    """
  static let grammar = """
    {"model": "pcfg", "start": "S", "rules": [
       {"left": "S", "right": ["S", "S"], "probability": 0.4},
       {"left": "S", "right": ["a"], "probability": 0.6}], "observations": [["a", "a"]]}
    """
  static let tree = """
    {"model": "spanning-tree", "scores": [[0, 1, 2], [0, 0, 3], [0, 4, 0]], "singleRoot": true}
    """

  /// A change to a model that is right, and the refusal it must meet.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let model, old, new, words: String
    var testDescription: String { words }

    init(_ model: String, _ old: String, _ new: String, _ words: String) {
      (self.model, self.old, self.new, self.words) = (model, old, new, words)
    }
  }

  static let ofMixtures = [
    Refusal(
      mixture, "mixture", "mixtures", "model: unknown name \"mixtures\" (did you mean \"mixture\"?)"
    ),
    Refusal(
      mixture, "\"observations\"", "\"observation\"",
      "top level: unknown key \"observation\" (did you mean \"observations\"?); allowed: model, "
        + "weights, components, observations"),
    Refusal(
      mixture, "[0.25, 0.75]", "[0.25, 0.750000002]",
      "weights: expected probabilities that sum to 1, found a sum of 1.0000000020000002"),
    Refusal(mixture, "[0.25, 0.75]", "[1]", "components: expected 1 value, found 2"),
    Refusal(
      mixture, "[0.25, 0.75]", "[]",
      "weights: expected at least one probability, found an empty array"),
    Refusal(
      mixture, "\"variance\": 2", "\"variance\": 0",
      "components[1].variance: expected a number above 0, found 0"),
    Refusal(
      mixture, "{\"family\": \"gaussian\", \"mean\": 1, \"variance\": 2}",
      "{\"family\": \"poisson\", \"rate\": 2}",
      "components[1].family: expected \"gaussian\" as in the first component, found \"poisson\""),
    Refusal(
      mixture, "[0.5]", "[1e300]",
      "observations[0]: so large that the answer leaves the range of a double"),
    Refusal(
      plane, "[1, 2]", "[4, 2]",
      "components[0].covariance[1][0]: expected a symmetric matrix, found 4.0 and 1.0"),
    Refusal(
      plane, "[[2, 1], [1, 2]]", "[[2, 2], [2, 2]]",
      "components[0].covariance: expected a positive definite matrix"),
    Refusal(
      plane, "[0, 1]", "[]",
      "components[0].mean: expected at least one number, found an empty array"),
    Refusal(plane, "[[0, 0]]", "[[0]]", "observations[0]: expected 2 numbers, found 1"),
    // Of several components the one that is wrong is named.
    Refusal(
      planes, "[[3, 1], [1, 3]]", "[[3, 2], [1, 3]]",
      "components[1].covariance[1][0]: expected a symmetric matrix, found 1.0 and 2.0"),
    Refusal(
      planes, "[[3, 1], [1, 3]]", "[[3, 3], [3, 3]]",
      "components[1].covariance: expected a positive definite matrix"),
    Refusal(planes, "[2, 3]", "[2, 3, 4]", "components[1].mean: expected 2 numbers, found 3"),
    Refusal(
      counts, "[3]", "[3.5]",
      "observations[0]: expected a whole number that is not negative, found 3.5"),
    Refusal(
      counts, "\"rate\": 2", "\"rate\": 0",
      "components[0].rate: expected a number above 0, found 0"),
  ]

  static let ofFactors = [
    Refusal(
      factors, "[0.5, 0.25]", "[0.5, 1.25]",
      "prior[1]: expected a probability between 0 and 1, found 1.25"),
    Refusal(
      factors, "[0.5, 0.25]", "[0.5, 1e-308]",
      "prior[1]: so small that the derivative by it leaves the range of a double"),
    Refusal(factors, "[0, 1, 3]", "[0, 1]", "weights[1]: expected 3 numbers, found 2"),
    Refusal(
      factors, "[0, 1, 3]", "[0, 1, -1e300]",
      "weights and bias of word 2: so large that rounding would decide the answer"),
    Refusal(
      factors, "[[0, 2]]", "[[0, 3]]",
      "observations[0][1]: expected a whole number between 0 and 2, found 3"),
    Refusal(
      factors, "\"bias\": [0, 0, 1]", "\"bias\": []",
      "bias: expected a score for at least one word, found an empty array"),
  ]

  static let ofSequences = [
    Refusal(
      hmm, "[0.25, 0.75]", "[0.25, 0.5]",
      "transition[1]: expected probabilities that sum to 1, found a sum of 0.75"),
    Refusal(
      hmm, "[[0.5, 0.5], [0, 1]]", "[[0.5, 0.5]]",
      "emission.probabilities: expected 2 values, found 1"),
    Refusal(
      hmm, "[[0, 1]]", "[[0, 1], []]",
      "observations[1]: expected at least one step, found an empty array"),
    Refusal(
      hmm, "[[0, 1]]", "[[0, 2]]",
      "observations[0][1]: expected a whole number between 0 and 1, found 2"),
    Refusal(
      hmm, "categorical", "gaussian",
      "emission: unknown key \"probabilities\"; allowed: family, means, variances"),
    Refusal(
      normalChain, "\"variances\": [1]", "\"variances\": [0]",
      "emission.variances[0]: expected a number above 0, found 0"),
    Refusal(
      normalChain, "[[2]]", "[[1e200]]",
      "observations[0]: so large that the answer leaves the range of a double"),
  ]

  static let ofStructures = [
    Refusal(
      grammar, "[\"S\", \"S\"]", "[\"S\", \"S\", \"S\"]",
      "rules[0].right: expected 1 word or 2 nonterminals, found 3 symbols"),
    Refusal(
      grammar, "0.6", "0.600000002",
      "rules[0].probability: expected the rules of \"S\" to sum to 1, "
        + "found a sum of 1.0000000020000002"),
    Refusal(
      grammar, "[\"S\", \"S\"]", "[\"a\"]",
      "rules[1]: expected distinct rules, found this one before"),
    Refusal(
      grammar, "[\"a\"], ", "[\"S\"], ",
      "rules[1].right: expected 1 word or 2 nonterminals, found \"S\", "
        + "which is the left side of a rule and so no word; add \"unary\": true for 1 nonterminal"),
    Refusal(
      grammar, "[\"S\", \"S\"], ", "[\"S\", \"S\"], \"unary\": true, ",
      "rules[0].right: expected 1 nonterminal of a unary rule, found 2 symbols"),
    Refusal(
      grammar, "[\"a\"], ", "[\"a\"], \"unary\": 1, ",
      "rules[1].unary: expected true or false, found 1"),
    Refusal(
      grammar, "[\"a\", \"a\"]", "[\"a\", 1]", "observations[0][1]: expected a string, found 1"),
    Refusal(tree, "[0, 0, 3]", "[0, 0]", "scores[1]: expected 3 numbers, found 2"),
    Refusal(
      tree, "[[0, 1, 2], [0, 0, 3], [0, 4, 0]]", "[[0]]",
      "scores: expected at least 2 rows, for the root and a word, found 1"),
    Refusal(tree, "true", "1", "singleRoot: expected true or false, found 1"),
    Refusal(
      tree, "[0, 1, 2]", "[0, -1e300, -1e300]",
      "scores: so large that rounding would decide the answer"),
    Refusal(
      tree, "[[0, 1, 2], [0, 0, 3], [0, 4, 0]]",
      "[[0, 1e308, 1e308], [0, 0, 1e308], [0, 1e308, 0]]",
      "scores: so large that the answer leaves the range of a double"),
  ]

  // Catches: a decoder that guesses, ignores or rescales, and an answer that is no number.
  @Test("Each names the place and the reason", arguments: ofMixtures + ofFactors)
  func words(item: Refusal) throws { try check(item) }

  @Test("Each names the place and the reason", arguments: ofSequences + ofStructures)
  func structureWords(item: Refusal) throws { try check(item) }

  private func check(_ item: Refusal) throws {
    #expect(item.model.contains(item.old))
    #expect(try refusal(item.model) == "")
    #expect(try refusal(item.model.replacing(item.old, with: item.new)) == item.words)
  }

  @Test("A case file is told from a model") func caseFile() throws {
    #expect(
      try refusal("{\"name\": \"x\", \"spec\": \(Self.tree)}")
        == "top level: this is a case file: its model stands under \"spec\", give that alone")
    #expect(try refusal("{\"singleRoot\": true}") == "top level: missing key \"model\"")
    #expect(try refusal("[1, 2]") == "top level: expected an object, found an array of 2 values")
  }

  // Catches: 32 digits that are promised and not there, or refused where a family has them.
  @Test("32 digits are refused to models that have no route with them") func digits() throws {
    let twice = ExactRequest(digits: .thirtyTwo)
    let none = "model: has no route with 32 digits (--digits)"
    for model in [
      Self.mixture, Self.counts, Self.factors, Self.hmm, Self.normalChain, Self.grammar, Self.tree,
      SequenceKindTests.poisson, SequenceKindTests.product, MixtureQuestionTests.product,
    ] { #expect(try refusal(model, twice) == none) }
    let product = """
      {"model": "mixture", "weights": [1], "components": [{"family": "product", "factors": [
        {"family": "poisson", "rate": 2},
        {"family": "multivariate-gaussian", "mean": [0, 1], "covariance": [[2, 1], [1, 2]]}]}],
       "observations": [[1, [0, 0]]]}
      """
    for model in [Self.plane, Self.planes, SequenceKindTests.points, product] {
      #expect(try refusal(model, twice) == "")
      let (one, other) = (try answer(model).json, try answer(model, twice).json)
      #expect(
        differences(try #require(one["logEvidence"]), other["logEvidence"], tolerance: 1e-14) == [])
    }
  }

  // Catches: a cap that is looked at after the work, or not at all.
  @Test("More states than are allowed are refused before the work, with their number")
  func caps() throws {
    func words(_ model: String, _ cap: Double) throws -> String {
      try refusal(model, ExactRequest(route: .bruteForce, maxStates: cap))
    }
    #expect(
      try words(Self.hmm, 3) == "observations: 4 states to visit, the limit is 3 (--max-states)")
    #expect(try words(Self.hmm, 4) == "")
    #expect(
      try words(Self.tree, 8)
        == "scores: 2 words: 9 states to visit, the limit is 8 (--max-states)")
    #expect(
      try words(Self.factors, 3)
        == "prior: 2 factors: 4 states to visit, the limit is 3 (--max-states)")
    let sentence = [String](repeating: "\"a\"", count: 60).joined(separator: ", ")
    #expect(
      try words(Self.grammar.replacing("[\"a\", \"a\"]", with: "[\(sentence)]"), 1e300)
        == "observations[0]: 60 words: more than 10^308 states to visit, "
        + "the limit is 4611686018427387904 (--max-states)")
  }
}
