import Exact
import Foundation
import JSONText
import Testing

@testable import Interchange

/// Inputs that the fuzzer of `Fuzz/` found, each with what the program did before.
@Suite("Found by fuzzing") struct FoundByFuzzingTests {
  static func answer(_ spec: String, _ method: ExactRoute? = nil) throws -> JSON {
    try oracle(JSONPlace(try JSON(parsing: spec)), ExactRequest(route: method, maxStates: 1e5))
      .json
  }

  static func refusal(_ spec: String) throws -> String {
    let error = #expect(throws: OracleRefusal.self) { try answer(spec) }
    return error?.description ?? ""
  }

  @Test(
    "a word that no word may lead to: -0.21 was answered as 1.21", arguments: ["-1e308", "-1e9"])
  func maskedHead(mask: String) throws {
    let spec = """
      {"model": "spanning-tree", "singleRoot": true,
       "scores": [[1, 0.74, 0.47], [-0.65, 0, \(mask)], [-0.99, -0.685, 0]]}
      """
    for method in ExactRoute.allCases {
      let answer = try Self.answer(spec, method)
      // The only tree that counts beside the mask: root to 2, 2 to 1.
      #expect(answer["logPartition"]?.isClose(to: 0.47 - 0.685) == true)
      #expect(answer["edgeMarginals"] == [[0, 0, 1], [0, 0, 0], [0, 1, 0]])
    }
  }

  @Test(
    "a word that may lead nowhere, beside three that may: log Z = 4.0986 was answered, not 6.2958",
    arguments: ["-1e308", "-1e30", "-1e15", "-1e9", "-2000"], [true, false])
  func maskedWord(mask: String, singleRoot: Bool) throws {
    let (m, spec) = (
      mask,
      { (rows: String) in
        #"{"model": "spanning-tree", "singleRoot": \#(singleRoot), "scores": [\#(rows)]}"#
      }
    )
    let rows = """
      [0, \(m), 0, 0.5, 0], [\(m), 0, \(m), \(m), \(m)], [\(m), 1, 0, 1, 2],
      [\(m), 1, 1, 0, 1], [\(m), 1, 1, 1, 0]
      """
    let (exact, fast) = (try Self.answer(spec(rows), .bruteForce), try Self.answer(spec(rows)))
    for key in ["logPartition", "edgeMarginals"] {
      for (a, b) in zip(exact.numbers(key), fast.numbers(key)) {
        #expect(abs(a - b) <= 1e-12 * max(1, abs(a)), "\(key): \(b), not \(a)")
      }
    }
  }

  @Test("a root far better than all words: shares of 2 for other edges")
  func farRoot() throws {
    let spec = """
      {"model": "spanning-tree", "singleRoot": true,
       "scores": [[0, 1, 2, 1e160], [0, 0, 3, 4], [0, 5, 0, 6], [0, 7, 8, 0]]}
      """
    let (exact, fast) = (try Self.answer(spec, .bruteForce), try Self.answer(spec, .structured))
    for (a, b) in zip(exact.numbers("edgeMarginals"), fast.numbers("edgeMarginals")) {
      #expect(abs(a - b) < 1e-12 && b <= 1, "\(b), not \(a)")
    }
  }

  @Test("scores that rounding makes equal: two heads for one word were answered, now refused")
  func tiedByRounding() throws {
    let spec = """
      {"model": "spanning-tree", "singleRoot": true,
       "scores": [[4, -1e307, 1e308, -10000, -1e307], [-1e307, 10, -1e308, -1e307, 10],
                  [-1e158, -1e158, 1, -1e158, -1e158], [700, -1e307, 1e308, 0, -1e307],
                  [-1e307, 10, -1e308, -1e307, 10]]}
      """
    #expect(try Self.refusal(spec) == "scores: so large that rounding would decide the answer")
  }

  // Catches: trees that are a hundred million worse than the best heads, with no digits left for what tells them apart.
  @Test("two words that prefer each other to a root far below: refused, though there is an answer")
  func distantRoot() throws {
    let spec = """
      {"model": "spanning-tree", "singleRoot": true,
       "scores": [[0, -1e8, -99999999.5], [2.89, 0, 3.31], [0.09, 1e8, 0]]}
      """
    #expect(try Self.refusal(spec) == "scores: so large that rounding would decide the answer")
  }

  @Test("huge weights over many layers: all their settings were compared, past every limit")
  func manyLayersOfHugeWeights() throws {
    let layer = #"{"weights": [[-158, 0], [209, 0]], "bias": [1, 0]}"#
    let spec = """
      {"model": "sigmoid-belief-network", "bias": [111, 9.2e18],
       "layers": [\(Array(repeating: layer, count: 20).joined(separator: ", "))],
       "observations": [[0, 1], [0, 0]]}
      """
    #expect(
      try Self.refusal(spec)
        == "layers: 40 hidden units with weights so large that all their settings must be compared: "
        + "2199023255552 states to visit, the limit is 100000 (--max-states)")
  }

  @Test("far out, beside a component that has no weight: two shares of 1 were answered")
  func componentWithoutWeight() throws {
    let spec = """
      {"model": "mixture", "weights": [0.5, 0, 0.5], "observations": [-5e9, 3e8],
       "components": [{"family": "gaussian", "mean": 0, "variance": 1},
                      {"family": "gaussian", "mean": -7e9, "variance": 1e9},
                      {"family": "gaussian", "mean": 1e-9, "variance": 1}]}
      """
    let shares = try Self.answer(spec).numbers("responsibilities")
    // The two that have weight differ by x · 10⁻⁹ = −5 and 0.3 in the logarithm.
    for (found, log) in zip([shares[2], shares[5]], [-5, 0.3]) {
      #expect(abs(found - 1 / (1 + exp(-log))) < 1e-12)
    }
    for row in [shares[0...2], shares[3...5]] {
      #expect(abs(row.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test("small rows beside large ones: a variance of 0.0958645 was answered as 0.0958657")
  func smallBesideLarge() throws {
    let spec = """
      {"model": "linear-dynamical-system", "dynamics": [[-0.7556, 0.1214], [0.333, -0.5061]],
       "dynamicsNoise": [[7182, 0], [0, 861]], "initialMean": [0, 0],
       "initialCovariance": [[0.75, -0.65], [-0.65, 0.66]], "emission": [[1, 1e150]],
       "emissionNoise": [[0.7]], "observations": [[[92053424], [9859109]]]}
      """
    let (exact, fast) = (try Self.answer(spec, .bruteForce), try Self.answer(spec, .structured))
    for (a, b) in zip(exact.numbers("smoothedCovariances"), fast.numbers("smoothedCovariances")) {
      #expect(abs(a - b) <= 1e-9 * max(1, abs(a)), "\(b), not \(a)")
    }
  }

  @Test("outputs that grow like 1.5^t: log p = −7e34 was answered, where it is −1e36")
  func outputsBeyondTheirNoise() throws {
    func spec(growth: Double, from start: Double, steps: Int) -> String {
      var (outputs, state): ([String], Double) = ([], start)
      for _ in 0..<steps {
        outputs.append("[\(state)]")
        state *= growth
      }
      return """
        {"model": "linear-dynamical-system", "dynamics": [[\(growth)]], "dynamicsNoise": [[0.25]],
         "initialMean": [\(start)], "initialCovariance": [[1]], "emission": [[1]], "emissionNoise": [[0.5]],
         "observations": [[\(outputs.joined(separator: ","))]]}
        """
    }
    #expect(
      try Self.refusal(spec(growth: 1.5, from: 0.3, steps: 200))
        == "observations[0]: even 32 digits lose too many on the way to the answer: its noise is too small"
        + " beside the states, or its numbers too large beside the noise")
    // Large, and no trouble: outputs 10⁸ times their noise; and a growth that is not yet too much.
    for (growth, start, steps) in [(1, 1e8, 100), (1.5, 0.3, 40)] {
      let spec = spec(growth: growth, from: start, steps: steps)
      let (exact, fast) = (try Self.answer(spec, .bruteForce), try Self.answer(spec))
      for (a, b) in zip(exact.numbers("logEvidence"), fast.numbers("logEvidence")) {
        #expect(abs(a - b) <= 1e-6 * abs(a), "\(b), not \(a)")
      }
    }
  }

  @Test("the dense law of outputs lost its digits, and its covariances their symmetry")
  func denseLaw() throws {
    let spec = """
      {"model": "linear-dynamical-system", "dynamics": [[-0.56, -0.08], [0.1, -0.33]],
       "dynamicsNoise": [[0.64, -0.44], [-0.44, 0.66]], "initialMean": [208.3, 135.9],
       "initialCovariance": [[1.07, 0.77], [0.77, 24033729]], "emission": [[292.4, 179.1]],
       "emissionNoise": [[38.3]], "observations": [[[30.4], [77.2], [122], [2.1]]]}
      """
    let (exact, fast) = (try Self.answer(spec, .bruteForce), try Self.answer(spec, .structured))
    for key in ["logEvidence", "smoothedMeans", "smoothedCovariances"] {
      for (a, b) in zip(exact.numbers(key), fast.numbers(key)) {
        #expect(abs(a - b) <= 1e-9 * max(1, abs(a)), "\(key): \(b), not \(a)")
      }
    }
    for covariance in exact["smoothedCovariances"]?.items[0].items ?? [] {
      let rows = covariance.items.map(\.items)
      #expect(rows[0][1] == rows[1][0])
    }
  }

  @Test("paths told apart by rounding: states had marginals that summed to 2")
  func pathsFarOut() throws {
    let spec =
      """
      {"model": "switching-lds", "initialState": [0.4, 0.6], "transition": [[0.8, 0.2], [0.3, 0.7]],
       "states": [{"dynamics": [[-0.45]], "dynamicsNoise": [[0]]},
                  {"dynamics": [[0.88]], "dynamicsNoise": [[0]]}],
       "initialMean": [-16.7], "initialCovariance": [[2.1]], "emission": [[20]],
       "emissionNoise": [[14]], "observations": [[[9e18], [-8], [4]]]}
      """
    let text = try Self.refusal(spec)
    #expect(
      text
        == "observations[0]: even 32 digits lose too many on the way to the answer: its outputs are too large"
        + " beside their noise")
    #expect(throws: OracleRefusal.self) { try Self.answer(spec, .bruteForce) }
  }

  @Test("a state forced far from its observation: marginals that summed to 0.999999996")
  func forcedState() throws {
    let answer = try Self.answer(
      """
      {"model": "hmm", "initial": [1, 0, 0],
       "transition": [[0, 0, 1], [1, 0, 0],
                      [0.02764726647313054, 0.9447054670537387, 0.02764726647313054]],
       "emission": {"family": "gaussian",
                    "means": [-85764789.933188, -10302396.552305449, -21550818.08509247],
                    "variances": [80755624, 89751257.51393522, 25249615]},
       "observations": [[-45229258.636914715, 97653056, 19159662.723532178, -26480569,
                         43825141.982306734]]}
      """)
    for row in answer["stateMarginals"]?.items[0].items ?? [] {
      #expect(abs(row.items.flatMap(\.allNumbers).reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test("two states as far from an observation as 10^149 variances: marginals that summed to 2")
  func tiedFarStates() throws {
    let text = try Self.refusal(
      """
      {"model": "hmm", "initial": [0.8, 0.1, 0.1], "transition": [[0, 0, 1], [0, 1, 0], [0.7, 0.2, 0.1]],
       "emission": {"family": "gaussian", "means": [-3.4e149, -9.6e149, -2.3e149],
                    "variances": [5.8e149, 6.7e149, 1.6e149]}, "observations": [[-700, -700]]}
      """)
    #expect(text == "observations[0]: so large that rounding would decide the answer")
  }

  @Test("log densities alike to the last digit: brute force chose the wrong one as the largest")
  func largestOfAlike() throws {
    let spec = """
      {"model": "hmm", "initial": [0, 1], "transition": [[1, 0], [0.5, 0.5]],
       "emission": {"family": "gaussian", "means": [-9.076e-6, 4.6347e-6], "variances": [1, 1]},
       "observations": [[4.611686018427388e18, -194, 0]]}
      """
    // Odds of state 0 at the second step, after which it stays; state 1 goes either way.
    let odds = [exactOdds(-194), exactOdds(0)]
    let weight = odds[0] * odds[1] / (0.5 * (odds[1] + 1))
    for method in ExactRoute.allCases {
      let answer = try Self.answer(spec, method)
      let row = answer["stateMarginals"]?.items[0].items[1].items ?? []
      #expect(row.first?.isClose(to: weight / (1 + weight)) == true, "\(method): \(row)")
    }
  }

  /// N(x; m_0, 1) / N(x; m_1, 1) for the two means of the test above.
  private func exactOdds(_ x: Double) -> Double {
    let (first, second) = (-9.076e-6, 4.6347e-6)
    let exponent = (first - second) * (x - (first + second) / 2)
    // Its fourth power is below 10^-10 and its fifth below a double's digits.
    return 1 + exponent * (1 + exponent / 2 * (1 + exponent / 3 * (1 + exponent / 4)))
  }

  @Test("a posterior variance below the last of 32 digits: brute force answered 0")
  func vanishedVariance() throws {
    let spec = """
      {"model": "linear-dynamical-system", "dynamics": [[1, 0], [-0.4, 1]],
       "dynamicsNoise": [[162, 0], [0, 1e150]], "initialMean": [-55, -175],
       "initialCovariance": [[315, 16], [16, 236]], "emission": [[0, 25]],
       "emissionNoise": [[106]], "observations": [[[1], [4], [-214]]]}
      """
    let error = #expect(throws: OracleRefusal.self) { try Self.answer(spec, .bruteForce) }
    #expect(error?.description.contains("singular to working precision") == true)
    let fast = try Self.answer(spec, .structured)
    let variance = fast["smoothedCovariances"]?.items[0].items[1].items[1].items[1]
    #expect(variance?.isClose(to: 106.0 / 625) == true)
  }

  @Test("a symbol that is a line break: a refusal of two lines")
  func symbolOfALineBreak() throws {
    let text = try Self.refusal(
      """
      {"model": "pcfg", "start": "\\n", "observations": [],
       "rules": [{"left": "\\n", "right": ["a"], "probability": 0.5}]}
      """)
    #expect(
      text
        == "rules[0].probability: expected the rules of \"\\u{a}\" to sum to 1, found a sum of 0.5")
  }

  @Test("huge parameters of a prior: the program was trapped")
  func hugePrior() throws {
    for method in ExactRoute.allCases {
      let spec = """
        {"model": "bayesian-mixture", "concentration": [3e299, 8e299],
         "prior": {"family": "normal-inverse-wishart", "mean": [-1.7976931348623157e308, 0],
                   "kappa": 6e-6, "dof": 2, "scale": [[0.66, 0.39], [0.39, 0.68]]},
         "observations": [[709.78, 0], [9e299, -2.8]]}
        """
      let error = #expect(throws: OracleRefusal.self) { try Self.answer(spec, method) }
      #expect(error?.description.contains(": ") == true)
    }
  }
}

extension JSON {
  fileprivate var items: [JSON] { if case .array(let items) = self { items } else { [] } }

  fileprivate func isClose(to want: Double) -> Bool {
    guard case .number(let got) = self else { return false }
    return abs(got - want) <= 1e-12 * max(1, abs(want))
  }

  fileprivate func numbers(_ key: String) -> [Double] { (self[key] ?? .null).allNumbers }

  fileprivate var allNumbers: [Double] {
    if case .number(let number) = self { return [number] }
    return items.flatMap(\.allNumbers)
  }
}
