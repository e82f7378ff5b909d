import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: factorial and semi-Markov chains, emissions of all families, topics")
struct SequenceKindTests {
  static let poisson = """
    {"model": "hmm", "initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.25, 0.75]],
     "emission": {"family": "poisson", "rates": [1, 4]}, "observations": [[0, null, 5]]}
    """
  static let points = """
    {"model": "hmm", "initial": [1], "transition": [[1]], "emission":
     {"family": "multivariate-gaussian", "means": [[0, 1]], "covariances": [[[2, 1], [1, 2]]]},
     "observations": [[[0, 0], null]]}
    """
  static let product = """
    {"model": "hmm", "initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.25, 0.75]],
     "emission": {"family": "product", "factors": [{"family": "poisson", "rates": [1, 4]},
       {"family": "categorical", "probabilities": [[1, 0], [0.5, 0.5]]}]},
     "observations": [[[0, 1], [null, 0], null]]}
    """
  static let factorial = """
    {"model": "factorial-hmm", "chains": [{"initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0, 1]]},
      {"initial": [1], "transition": [[1]]}],
     "emission": {"family": "categorical", "probabilities": [[0.5, 0.5, 0], [0.25, 0.75, 0]]},
     "observations": [[0, null, 1], [2]]}
    """
  static let semiMarkov = """
    {"model": "hidden-semi-markov", "initial": [1, 0], "transition": [[0, 1], [1, 0]],
     "durations": [[0, 1], [1, 0]], "emission": {"family": "gaussian", "means": [0, 20000],
     "variances": [1, 1]}, "observations": [[0.5, 1, 20000], [1]]}
    """
  static let topics = """
    {"model": "lda", "alpha": [0.5, 0.25], "beta": [1, 2], "observations": [[0, 1], [1]]}
    """

  static let refusals = [
    SpecRefusal(
      poisson, "[1, 4]", "[1, 0]",
      "emission.rates[1]: expected a number above 0, found 0"),
    SpecRefusal(poisson, "[1, 4]", "[1]", "emission.rates: expected 2 values, found 1"),
    SpecRefusal(
      poisson, "null, 5", "null, -5",
      "observations[0][2]: expected a whole number that is not negative, found -5"),
    SpecRefusal(
      points, "[[0, 1]]", "[[]]",
      "emission.means: expected at least one number a state, found an array of 1 value"),
    SpecRefusal(
      points, "[[2, 1], [1, 2]]", "[[2, 3], [3, 2]]",
      "emission.covariances[0]: expected a positive definite matrix"),
    SpecRefusal(
      product, "[0, 1], [null", "[0], [null",
      "observations[0][0]: expected 2 values, found 1"),
    SpecRefusal(
      product, "\"poisson\", \"rates\": [1, 4]", "\"product\", \"factors\": []",
      "emission.factors[0].family: expected one of \"categorical\", \"gaussian\", \"poisson\", \"multivariate-gaussian\", found \"product\""
    ),
    SpecRefusal(
      factorial, "[[0.5, 0.5, 0], [0.25, 0.75, 0]]", "[[0.5, 0.5, 0]]",
      "emission.probabilities: expected 2 values, found 1"),
    SpecRefusal(
      factorial, "\"initial\": [1]", "\"initial\": [0.5]",
      "chains[1].initial: expected probabilities that sum to 1, found a sum of 0.5"),
    SpecRefusal(
      factorial, "[2]]", "[]]",
      "observations[1]: expected at least one step, found an empty array"),
    SpecRefusal(
      semiMarkov, "[[0, 1], [1, 0]], \"emission\"", "[[0, 1]], \"emission\"",
      "durations: expected 2 values, found 1"),
    SpecRefusal(
      semiMarkov, "\"observations\"", "\"censored\": 1, \"observations\"",
      "censored: expected true or false, found 1"),
    SpecRefusal(
      semiMarkov, "[0.5, 1, 20000]", "[0.5, 20000, 20000]",
      "observations[0]: so large that rounding would decide the answer"),
    SpecRefusal(
      topics, "\"beta\": [1, 2]", "\"beta\": [1, 2], \"topics\": [[1], [1]]",
      "top level: expected one of \"beta\" and \"topics\""),
    SpecRefusal(topics, "0.25]", "0]", "alpha[1]: expected a number above 0, found 0"),
    SpecRefusal(
      topics, "[[0, 1]", "[[0, 2]",
      "observations[0][1]: expected a whole number between 0 and 1, found 2"),
    SpecRefusal(
      topics, "\"beta\"", "\"ask\": [\"filtered\"], \"beta\"",
      "ask: this model has no answer to \"filtered\"; it answers explanation, samples, counts, gradient, entropy"
    ),
  ]

  // Catches: bad input that is answered, or that is refused without its place.
  @Test("What is refused", arguments: refusals) func refused(_ wanted: SpecRefusal) throws {
    let text = wanted.spec.replacing(wanted.old, with: wanted.new)
    #expect(text != wanted.spec)
    #expect(try refusal(text) == wanted.words)
  }

  private func asked(_ spec: String, _ words: String, _ method: ExactRoute?) throws -> JSON {
    let questions = "\"ask\": [\(words)], \"samples\": 4, \"observations\":"
    return try answer(
      spec.replacing("\"observations\":", with: questions), ExactRequest(route: method)
    ).json
  }

  private func list(_ json: JSON?) -> [JSON] {
    if case .array(let elements)? = json { elements } else { [] }
  }

  // Catches: a question that one of the routes does not answer, or answers otherwise; null in another place.
  @Test(
    "Every question by every route, an impossible sequence among them",
    arguments: [factorial, semiMarkov, topics, product])
  func everyQuestion(spec: String) throws {
    let place = JSONPlace(try JSON(parsing: spec))
    let words = try oracleSpec(place).questions.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    let found = try ExactRoute.allCases.map { try asked(spec, words, $0) }
    for question in try oracleSpec(place).questions where question != .samples {
      let key = question.rawValue
      let (one, other) = (try #require(found[0][key]), try #require(found[1][key]))
      #expect(differences(one, other, tolerance: 1e-10) == [], "\(key)")
    }
    guard case .array = found[0]["logEvidence"] else { return }
    for (route, answer) in found.enumerated() {
      let evidence = list(answer["logEvidence"])
      for key in ["explanation", "samples", "entropy", "filtered"] {
        guard let entries = answer[key] else { continue }
        #expect(list(entries).count == evidence.count)
        for (entry, value) in zip(list(entries), evidence) {
          #expect((entry == .null) == (value == .number(-.infinity)), "\(key), route \(route)")
        }
      }
      for samples in list(answer["samples"]) where samples != .null {
        #expect(list(samples).count == 4)
      }
    }
  }

  // Catches: samples that are other with the same seed; an empty list that traps.
  @Test(
    "The same seed, the same samples; nothing observed, nothing answered",
    arguments: [factorial, semiMarkov, topics])
  func seeds(spec: String) throws {
    #expect(
      try asked(spec, "\"samples\"", nil)["samples"] == asked(spec, "\"samples\"", nil)["samples"])
    let start = try #require(spec.firstRange(of: "\"observations\": "))
    let empty = spec[..<start.upperBound] + "[]}"
    let found = try answer(String(empty)).json
    #expect(found["logEvidence"] == [] || found["logEvidence"] == 0)
  }

  // Catches: marginals of all states that are counted as one number a step.
  @Test("State marginals of more than 2^20 numbers are left out, of every kind of chain")
  func manyMarginals() throws {
    let sizes = (one: 62, other: 2)
    func uniform(_ count: Int) -> JSON { .numbers((0..<count).map { $0 == 0 ? 1 : 0 }) }
    func rows(_ count: Int, _ row: JSON) -> JSON { .array((0..<count).map { _ in row }) }
    func chain(_ count: Int) -> JSON {
      ["initial": uniform(count), "transition": rows(count, uniform(count))]
    }
    func observed(_ steps: Int) -> JSON { [.array((0..<steps).map { _ in nil }), [nil]] }
    func factorial(_ steps: Int) throws -> FactorialSpec {
      try FactorialSpec(
        JSONPlace([
          "model": "factorial-hmm", "chains": [chain(sizes.one), chain(sizes.other)],
          "emission": [
            "family": "categorical", "probabilities": rows(sizes.one * sizes.other, [1]),
          ], "observations": observed(steps),
        ]))
    }
    func semiMarkov(_ steps: Int) throws -> SemiMarkovSpec {
      try SemiMarkovSpec(
        JSONPlace([
          "model": "hidden-semi-markov", "initial": uniform(64),
          "transition": rows(64, uniform(64)),
          "durations": rows(64, [1]),
          "emission": ["family": "categorical", "probabilities": rows(64, [1])],
          "observations": observed(steps),
        ]))
    }
    #expect(try factorial((1 << 14) - 1).keepsMarginals && semiMarkov((1 << 14) - 1).keepsMarginals)
    #expect(try !factorial(1 << 14).keepsMarginals && !semiMarkov(1 << 14).keepsMarginals)
  }

  // Catches: memory taken before anybody asks how much.
  @Test("Twenty chains and many steps are refused before their tables are made") func memory()
    throws
  {
    let chain = #"{"initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.5, 0.5]]}"#
    let chains = Array(repeating: chain, count: 20).joined(separator: ", ")
    let means = Array(repeating: "[0, 1]", count: 20).joined(separator: ", ")
    let steps = Array(repeating: "0", count: 129).joined(separator: ", ")
    let spec = """
      {"model": "factorial-hmm", "chains": [\(chains)], "emission":
       {"family": "gaussian", "means": [\(means)], "variance": 1}, "observations": [[\(steps)]]}
      """
    #expect(
      try refusal(spec)
        == "observations: expected at most 128 steps for 1048576 joint states, found 129")
  }

  // Catches: tables that --rescale does not reach.
  @Test(
    "Rounded tables are rescaled",
    arguments: [
      (factorial, "[0.25, 0.75, 0]", "[0.25, 0.7499, 0]"),
      (factorial, "[[0.5, 0.5]", "[[0.5, 0.4999]"),
      (semiMarkov, "\"durations\": [[0, 1]", "\"durations\": [[0, 0.9999]"),
      (product, "[0.5, 0.5]]}", "[0.5, 0.4999]]}"),
      (product, "[0.5, 0.5]]}", "[0.5, 0.4999]]}"),
      (
        topics.replacing("\"beta\": [1, 2]", with: "\"topics\": [[0.5, 0.5], [0.25, 0.75]]"),
        "[0.25, 0.75]", "[0.25, 0.7499]"
      ),
    ])
  func rescaledTables(spec: String, old: String, new: String) throws {
    let text = spec.replacing(old, with: new)
    #expect(text != spec)
    let json = try JSON(parsing: text)
    #expect(throws: OracleRefusal.self) { try oracle(JSONPlace(json)) }
    #expect(throws: Never.self) { try oracle(JSONPlace(rescaled(json))) }
  }
}

@Suite("Oracle: what is asked of emissions of all families") struct EmissionQuestionTests {
  // Catches: a sum of another factor, products for squares, slopes in another shape than the emission.
  @Test("One state: counts are plain sums, slopes those of one law") func sums() throws {
    let spec = """
      {"model": "hmm", "initial": [1], "transition": [[1]], "ask": ["counts", "gradient"], "emission":
       {"family": "product", "factors": [
         {"family": "poisson", "rates": [2]}, {"family": "categorical", "probabilities": [[0.25, 0.75]]},
         {"family": "multivariate-gaussian", "means": [[0, 1]], "covariances": [[[1, 0], [0, 4]]]}]},
       "observations": [[[3, 1, [1, 2]], [5, null, [2, 5]], null]]}
      """
    for method in [nil, ExactRoute.bruteForce] {
      let found = try answer(spec, ExactRequest(route: method)).json
      let wanted: JSON = [
        "counts": [
          "emission": [
            "factors": [
              ["weight": [2], "sum": [8], "sumOfSquares": [34]], [[0, 1]],
              ["weight": [2], "sum": [[3, 7]], "sumOfProducts": [[[5, 12], [12, 29]]]],
            ]
          ]
        ],
        "gradient": [
          "initial": [1], "transition": [[2]],
          "emission": [
            "factors": [
              ["rates": [2]], ["probabilities": [[0, .number(4 / 3)]]],
              [
                "means": [[3, 1.25]],
                // ½ Σ (w wᵀ − Σ⁻¹) with w = (1, ¼), (2, 1).
                "covariances": [[[1.5, 1.125], [1.125, 0.28125]]],
              ],
            ]
          ],
        ],
      ]
      #expect(differences(wanted, found, tolerance: 1e-12) == [])
    }
  }
}
