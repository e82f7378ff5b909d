import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: slopes that are beyond the doubles, or of which rounding leaves nothing")
struct SlopesThatCancelTests {
  static let large = "gradient: so large that the answer leaves the range of a double"
  static let rounded = "gradient: so large that rounding would decide the answer"

  private func numbers(_ json: JSON?) -> [Double] {
    switch json {
    case .number(let number)?: [number]
    case .array(let values)?: values.flatMap { numbers($0) }
    case .object(let members)?: members.flatMap { numbers($0.value) }
    default: []
    }
  }

  /// A chain that must begin with state 0, in which state 1 would be better by e^5000.
  static func forced(_ emission: String, _ observation: String) -> String {
    """
    {"model": "hmm", "initial": [1, 0], "transition": [[1, 0], [0, 1]], "emission": \(emission),
     "observations": [[\(observation)]], "ask": ["gradient"]}
    """
  }

  // Catches: an infinite slope written as null, which is what an impossible observation has.
  @Test("A slope beyond the doubles is refused", arguments: [ExactRoute.structured, .bruteForce])
  func infinite(route: ExactRoute) throws {
    let model = Self.forced(
      #"{"family": "gaussian", "means": [0, 1], "variances": [1e-4, 1e-4]}"#, "1")
    #expect(try refusal(model, ExactRequest(route: route)) == Self.large)
  }

  // Catches: 0 · ∞ for the slope of a table beside a density that is far out for every state that is possible.
  @Test(
    "What a table says beside a density far out", arguments: [ExactRoute.structured, .bruteForce])
  func beside(route: ExactRoute) throws {
    // State 0, which would be better by e^4900, is excluded twice: by where the chain begins, and by the symbol.
    let text = """
      {"model": "hmm", "initial": [0, 1], "transition": [[1, 0], [0, 1]], "emission": {"family": "product", "factors": [
         {"family": "categorical", "probabilities": [[1, 0], [0.25, 0.75]]},
         {"family": "gaussian", "means": [0, 1], "variances": [1e-4, 1e-4]}]},
       "observations": [[[1, 0.01]]], "ask": ["gradient"]}
      """
    let gradient = try #require(try answer(text, ExactRequest(route: route)).json["gradient"])
    #expect(numbers(gradient["initial"]) == [0, 1])
    let slopes = numbers(gradient["emission"])
    #expect(slopes.prefix(3) == [0, 0, 0] && abs(slopes[3] - 1 / 0.75) < 1e-12)
    #expect(slopes.count == 8 && slopes.allSatisfy(\.isFinite))
  }

  /// A mixture of narrow laws, or of one, fitted to its observations.
  static func narrow(_ weights: String, _ components: String) -> String {
    """
    {"model": "mixture", "weights": \(weights), "components": [\(components)],
     "observations": [-1e-9, 1e-9], "ask": ["gradient"]}
    """
  }

  // Catches: a difference of 1e26 and 1e26 given as an answer; a sum that is certain refused.
  @Test("At the best fit slopes cancel: with one component exactly, with two they are refused")
  func fitted() throws {
    let one = #"{"family": "gaussian", "mean": 0, "variance": 1e-18}"#
    #expect(try refusal(Self.narrow("[0.5, 0.5]", one + "," + one)) == Self.rounded)
    let slopes = numbers(try answer(Self.narrow("[1]", one)).json["gradient"])
    // ½ Σ (x²/v − 1)/v with x² = (1e-9)² and v = 1e-18 as doubles: 1.7e1 of 5e17.
    #expect(slopes[0] == 2 && slopes[1] == 0 && abs(slopes[2]) < 1e3 && slopes[2] != 0)
  }

  // Catches: the slope of a Dirichlet with one topic made of roundings; one that cancels given as an answer.
  @Test("Dirichlet parameters near zero", arguments: [ExactRoute.structured, .bruteForce])
  func dirichlet(route: ExactRoute) throws {
    func model(_ alpha: String, _ topics: String) -> String {
      """
      {"model": "lda", "alpha": \(alpha), "topics": \(topics), "observations": [[0]], "ask": ["gradient"]}
      """
    }
    let request = ExactRequest(route: route)
    let one = try answer(model("[1e-12]", "[[0.5, 0.5]]"), request).json["gradient"]?["alpha"]
    #expect(numbers(one) == [0])
    let two = model("[1e-12, 3e-12]", "[[0.3, 0.7], [0.3, 0.7]]")
    #expect(try refusal(two, request) == Self.rounded)
  }

  static func graph(_ table: String, _ second: String, _ observations: String) -> String {
    """
    {"model": "factor-graph", "variables": [{"name": "a", "states": 2}, {"name": "b", "states": 2}],
     "factors": [{"variables": ["a"], "table": \(table)},
                 {"variables": ["a", "b"], "table": [[0.3, 0.7], \(second)]}],
     "observations": [\(observations)], "ask": ["gradient"]}
    """
  }

  // Catches: 1e200 · 10⁻¹⁶ for a slope of zero; slopes of an observation of nothing.
  @Test("Weights far below one", arguments: [ExactRoute.structured, .bruteForce])
  func weights(route: ExactRoute) throws {
    let request = ExactRequest(route: route)
    // What is seen says nothing of a: both slopes by its table are p(a)/f.
    let words = try refusal(
      Self.graph("[1e-200, 3e-200]", "[0.3, 0.7]", #"{"b": 0}"#), request)
    #expect(
      words
        == "gradient: slopes of log Z(x) and of log Z by table 0 are too large, rounding would decide their difference"
    )
    let nothing = try answer(
      Self.graph("[1e-200, 3e-200]", "[0.6, 0.4]", "{}"), request
    ).json["gradient"]
    #expect(numbers(nothing) == [0, 0, 0, 0, 0, 0])
    // ∂/∂f = p(a = 0 | b = 0)/f − p(a = 0)/f, with p(a = 0) = 1/4 and p(b = 0 | a) = 0.3 and 0.6.
    for weight in [1e-3, 1e-200] {
      let found = try answer(
        Self.graph("[\(weight), \(3 * weight)]", "[0.6, 0.4]", #"{"b": 0}"#), request
      ).json["gradient"]
      let wanted = (0.3 / 2.1 - 0.25) / weight
      #expect(abs((numbers(found).first ?? 0) - wanted) < 1e-12 * abs(wanted))
    }
  }

  // Catches: scores of which each word keeps ten digits, but hundreds of them together do not.
  @Test("A long document of large scores", arguments: [ExactRoute.structured, .bruteForce])
  func documents(route: ExactRoute) throws {
    let words = Array(repeating: "0", count: 300).joined(separator: ",")
    func model(_ bias: String) -> String {
      """
      {"model": "latent-factor", "prior": [0.5], "weights": [[0, 0]], "bias": [\(bias), 0],
       "observations": [[\(words)]]}
      """
    }
    let request = ExactRequest(route: route)
    #expect(
      try refusal(model("81590.71873481355"), request)
        == "observations[0]: so large that rounding would decide the answer")
    let sure = numbers(try answer(model("100"), request).json["logEvidence"])
    #expect(abs(sure.first ?? 1) < 1e-9)
  }
}
