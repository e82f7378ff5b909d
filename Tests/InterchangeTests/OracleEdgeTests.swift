import Exact
import GSL
import JSONText
import Synchronization
import Testing

@testable import Interchange

@Suite("Oracle: the edges of the models") struct OracleEdgeTests {
  private func numbers(_ json: JSON?) -> [Double] {
    switch json {
    case .array(let elements): elements.flatMap { numbers($0) }
    case .number(let value): [value]
    default: []
    }
  }

  private func list(_ count: Int, _ text: (Int) -> String) -> String {
    "[" + (0..<count).map(text).joined(separator: ", ") + "]"
  }

  // Catches: a sum that is refused for the rounding of the sum itself, and rescaling.
  @Test("Probabilities off by 1e-9 are taken as they are") func almostOne() throws {
    let text = """
      {"model": "mixture", "weights": [0.5, 0.500000001],
       "components": [{"family": "categorical", "probabilities": [1, 0]},
                      {"family": "categorical", "probabilities": [0.5, 0.5]}], "observations": [1.0]}
      """
    let evidence = numbers(try answer(text).json["logEvidence"])
    #expect(abs(evidence[0] - log(0.2500000005)) <= 4 * Double.ulpOfOne)
  }

  // Catches: paths that all go through a state far from what was seen, told apart by what rounding leaves.
  @Test("Two states a hundred million nats from their observation are not told apart")
  func farFromWhatWasSeen() throws {
    func hmm(_ seen: String) -> String {
      """
      {"model": "hmm", "initial": [0.5, 0.5, 0], "transition": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
       "emission": {"family": "gaussian", "means": [0, 1, 20000], "variances": [1, 1, 1]},
       "observations": [[\(seen)]]}
      """
    }
    #expect(
      try refusal(hmm("20000, 0.5, -19999"))
        == "observations[0]: so large that rounding would decide the answer")
    // Where a state is certain, and where nothing is far, there is an answer.
    #expect(try refusal(hmm("20000")) == "")
    #expect(try refusal(hmm("0.5, 0.25")) == "")
  }

  @Test("No observations: empty lists, and counts of zero") func nothingSeen() throws {
    for text in [
      OracleRefusalTests.mixture.replacing("[0.5]", with: "[]"),
      OracleRefusalTests.factors.replacing("[[0, 2]]", with: "[]"),
      OracleRefusalTests.hmm.replacing("[[0, 1]]", with: "[]"),
      OracleRefusalTests.grammar.replacing("[[\"a\", \"a\"]]", with: "[]"),
    ] {
      for method in [nil] + GoldenTests.methods {
        let found = try answer(text, ExactRequest(route: method)).json
        #expect(found["logEvidence"] == [])
        #expect(numbers(found["expectedCounts"]).allSatisfy { $0 == 0 })
      }
    }
  }

  // Catches: 1/p taken for an overflow where p is small but a normal double.
  @Test("A prior of 1e-300 is answered, with its derivative") func tinyPrior() throws {
    for method in GoldenTests.methods {
      let found = try answer(
        """
        {"model": "latent-factor", "prior": [1e-300], "weights": [[1, 0]], "bias": [0, 0],
         "observations": [[0]]}
        """, ExactRequest(route: method)
      ).json
      // p(x) = ½ + p (σ(1) − ½), so that the derivative is 2 σ(1) − 1.
      let slope = numbers(found["gradient"]?["prior"])
      #expect(slope.count == 1)
      // A log joint of −691 is rounded twice on its way to an exponential.
      let allowed = 2 * Double.ulpOfOne * abs(log(1e-300))
      for got in slope { #expect(abs(got - (2 / (1 + exp(-1)) - 1)) <= allowed) }
    }
  }

  @Test("No factors: the words' own law") func noFactors() throws {
    for method in GoldenTests.methods {
      let found = try answer(
        """
        {"model": "latent-factor", "prior": [], "weights": [], "bias": [0, 1],
         "observations": [[0, 1], []]}
        """, ExactRequest(route: method)
      ).json
      let evidence = numbers(found["logEvidence"])
      #expect(abs(evidence[0] - (1 - 2 * log(1 + exp(1)))) <= 8 * Double.ulpOfOne)
      #expect(evidence[1] == 0)
      #expect(found["posteriorMarginals"] == [[], []])
    }
  }

  // Catches: the difference of two large logarithms, each rounded.
  @Test("Two normal laws that are near each other, far out in the tails") func farOut() throws {
    let laws = """
      {"model": "mixture", "weights": [0.5, 0.5],
       "components": [{"family": "gaussian", "mean": 0, "variance": 1},
                      {"family": "gaussian", "mean": 1e-150, "variance": 1}],
       "observations": [1e150]}
      """
    let chain = """
      {"model": "hmm", "initial": [0.5, 0.5], "transition": [[1, 0], [0, 1]],
       "emission": {"family": "gaussian", "means": [0, 1e-150], "variances": [1, 1]},
       "observations": [[1e150]]}
      """
    // log N₁ − log N₀ = x m − m²/2 = 1.
    let share = 1 / (1 + exp(-1))
    let responsibilities = numbers(try answer(laws).json["responsibilities"])
    #expect(abs(responsibilities[1] - share) <= 4 * Double.ulpOfOne)
    for method in GoldenTests.methods {
      let marginals = numbers(
        try answer(chain, ExactRequest(route: method)).json["stateMarginals"])
      #expect(abs(marginals[1] - share) <= 8 * Double.ulpOfOne)
    }
  }

  // Catches: y log λ − λ − log y! where the three cancel.
  @Test("A large count at its rate") func largeCount() throws {
    let text = """
      {"model": "mixture", "weights": [0.5, 0.5],
       "components": [{"family": "poisson", "rate": 1e15}, {"family": "poisson", "rate": 1.00000003e15}],
       "observations": [1000000000000000]}
      """
    let found = try answer(text).json
    // Computed with fifty digits.
    #expect(abs(numbers(found["logEvidence"])[0] + 18.388224961718259) <= 1e-13)
    #expect(abs(numbers(found["responsibilities"])[0] - 0.61063923180939140) <= 1e-13)
  }

  // Catches: rounding that grows with the length, tables of T · K² numbers, underflow.
  @Test("A sequence of 20000 steps: marginals sum to one, counts to the number of steps")
  func longSequence() throws {
    let steps = 20_000
    let text = """
      {"model": "hmm", "initial": [0.5, 0.5], "transition": [[0.9, 0.1], [0.2, 0.8]],
       "emission": {"family": "categorical", "probabilities": [[0.001, 0.999], [0.7, 0.3]]},
       "observations": [\(list(steps) { $0 * $0 % 7 < 3 ? "0" : "1" })]}
      """
    let found = try answer(text).json
    let marginals = numbers(found["stateMarginals"])
    #expect(marginals.count == 2 * steps)
    for t in 0..<steps {
      #expect(abs(marginals[2 * t] + marginals[2 * t + 1] - 1) <= 16 * Double.ulpOfOne)
    }
    let counts = numbers(found["expectedCounts"]?["transition"]).reduce(0, +)
    #expect(abs(counts - Double(steps - 1)) <= 1e-12 * Double(steps))
    // Every step counted in the transitions is counted in the marginals of where it starts.
    let leaving = stride(from: 0, to: 2 * (steps - 1), by: 2).reduce(0) { $0 + marginals[$1] }
    let counted = numbers(found["expectedCounts"]?["transition"])
    #expect(abs(leaving - counted[0] - counted[1]) <= 1e-12 * Double(steps))
  }

  @Test("State marginals of more than 2^20 numbers are left out") func veryLong() throws {
    let states = 64
    let row = list(states) { $0 == 0 ? "1" : "0" }
    func keeps(steps: Int) throws -> Bool {
      try HiddenMarkovSpec(
        JSONPlace(
          try JSON(
            parsing: """
              {"model": "hmm", "initial": \(row), "transition": \(list(states) { _ in row }),
               "emission": {"family": "categorical", "probabilities": \(list(states) { _ in "[1]" })},
               "observations": [[0], \(list(steps) { _ in "0" })]}
              """))
      ).keepsMarginals
    }
    #expect(try keeps(steps: (1 << 14) - 1))
    #expect(try !keeps(steps: 1 << 14))
  }

  // Catches: a determinant of exponentials, and scores compared before the best is taken out.
  @Test("Scores of 1e300, where the best heads make a tree") func largeScores() throws {
    let text = """
      {"model": "spanning-tree", "singleRoot": false,
       "scores": [[0, 1e300, 1e300], [0, 0, 1e300], [0, 1e300, 0]]}
      """
    for method in GoldenTests.methods {
      let found = try answer(text, ExactRequest(route: method)).json
      #expect(found["logPartition"] == .number(2e300))
      let shares = numbers(found["edgeMarginals"])
      for (index, third) in [0.0, 2, 2, 0, 0, 1, 0, 1, 0].enumerated() {
        #expect(abs(shares[index] - third / 3) <= 4 * Double.ulpOfOne)
      }
    }
  }

  @Test("One word: one tree") func oneWord() throws {
    for root in [true, false] {
      let found = try answer(
        "{\"model\": \"spanning-tree\", \"scores\": [[7, -300], [7, 7]], \"singleRoot\": \(root)}"
      ).json
      #expect(found["logPartition"] == -300)
      #expect(found["edgeMarginals"] == [[0, 1], [0, 0]])
    }
  }

  // Catches: the first nonterminal standing in for one that has no rules.
  @Test("Symbols without rules, out of reach, and a start without rules") func deadEnds() throws {
    let text = """
      {"model": "pcfg", "start": "S", "rules": [
         {"left": "S", "right": ["S", "T"], "probability": 0.4},
         {"left": "S", "right": ["a"], "probability": 0.6},
         {"left": "U", "right": ["a"], "probability": 1}],
       "observations": [["a"], ["a", "a"], [], ["b"]]}
      """
    for method in GoldenTests.methods {
      let found = try answer(text, ExactRequest(route: method)).json
      #expect(found["logEvidence"] == .numbers([log(0.6), -.infinity, -.infinity, -.infinity]))
      #expect(found["expectedCounts"] == [0, 1, 0])
      let lost = try answer(
        text.replacing("\"start\": \"S\"", with: "\"start\": \"X\""),
        ExactRequest(route: method)
      ).json
      #expect(numbers(lost["logEvidence"]) == [Double](repeating: -.infinity, count: 4))
    }
  }

  // Catches: a search that runs for ever among beginnings that come to nothing.
  @Test("Derivations that hide among dead ends are refused one by one, and answered together")
  func hiddenDerivation() throws {
    let sentence = "[" + [String](repeating: "\"a\", ", count: 24).joined() + "\"b\"]"
    let text = """
      {"model": "pcfg", "start": "T", "rules": [
         {"left": "T", "right": ["S", "C"], "probability": 0.5},
         {"left": "T", "right": ["L", "B"], "probability": 0.5},
         {"left": "S", "right": ["S", "S"], "probability": 0.4},
         {"left": "S", "right": ["a"], "probability": 0.6},
         {"left": "L", "right": ["A", "L"], "probability": 0.5},
         {"left": "L", "right": ["a"], "probability": 0.5},
         {"left": "A", "right": ["a"], "probability": 1},
         {"left": "B", "right": ["b"], "probability": 1},
         {"left": "C", "right": ["c"], "probability": 1}],
       "observations": [\(sentence)]}
      """
    let found = numbers(try answer(text).json["logEvidence"])
    #expect(abs(found[0] - 25 * log(0.5)) <= 64 * 25 * Double.ulpOfOne)
    #if !DEBUG
      #expect(
        try refusal(text, ExactRequest(route: .bruteForce)).hasPrefix(
          "observations[0]: its derivations hide among too many beginnings"))
    #endif
  }

  @Test("Progress is told in states, and ends at no more than all of them") func progress() throws {
    let seen = Counter()
    var request = ExactRequest(route: .bruteForce)
    request.progress = { seen.add($0, of: $1) }
    let text = """
      {"model": "hmm", "initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.25, 0.75]],
       "emission": {"family": "categorical", "probabilities": [[0.5, 0.5], [0, 1]]},
       "observations": [\(list(17) { "\($0 % 2)" })]}
      """
    _ = try answer(text, request)
    // Whenever one of 64 leaves is done.
    #expect(seen.reports == (1...64).map { Double($0) * 0x1p11 })
    #expect(seen.totals == seen.reports.map { _ in 0x1p17 })
  }
}

/// What progress was told.
private final class Counter: Sendable {
  private let seen = Mutex<[(done: Double, total: Double)]>([])
  func add(_ done: Double, of total: Double) { seen.withLock { $0.append((done, total)) } }
  var reports: [Double] { seen.withLock { $0.map(\.done) } }
  var totals: [Double] { seen.withLock { $0.map(\.total) } }
}
