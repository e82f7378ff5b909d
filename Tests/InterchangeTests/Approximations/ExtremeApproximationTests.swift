import Exact
import JSONText
import Testing

@testable import Interchange

/// Inputs that the fuzzer of `Fuzz/` found, each with what the program did before.
@Suite("Approximations of extreme models") struct ExtremeApproximationTests {
  private func answer(_ spec: String) throws -> JSON {
    try approximation(JSONPlace(try JSON(parsing: spec))).json
  }

  private func refusal(_ spec: String) throws -> String {
    let error = #expect(throws: OracleRefusal.self) { try answer(spec) }
    return error?.description ?? ""
  }

  @Test("a scale of 1e160: the cosine was not a number, and the ratio of lengths was 0")
  func longGradient() throws {
    let json = try answer(
      """
      {"approximation": "structured-vae",
       "prior": {"family": "linear-dynamical-system", "initialMean": 3.2, "initialVariance": 6.8,
                 "mean": 4.5, "kappa": 3.2, "dof": 1.5, "scale": 1e160},
       "global": {"mean": 3, "kappa": 8, "dof": 8, "scale": 0.56},
       "decoder": {"weights": [-10, -2], "bias": [9, -1.5], "variances": [2, 2]},
       "observations": [[9.1, 6.4], [-7.4, -5.2]],
       "potentials": {"precision": [0.16, 0.84], "linear": [5.1, 5.3]}}
      """)
    guard case .number(let cosine) = json["cosine"],
      case .number(let ratio) = json["localTermRatio"]
    else {
      Issue.record("no numbers: \(json["cosine"] ?? .null), \(json["localTermRatio"] ?? .null)")
      return
    }
    #expect(abs(cosine - 1) < 1e-14)
    #expect(ratio > 1e-158 && ratio < 1e-154)
  }

  @Test("dynamics of 1e154: a bound of 7e236 was answered, the evidence being e^−246")
  func highBound() throws {
    let text = try refusal(
      """
      {"approximation": "structured-mean-field", "sweeps": 3,
       "initialState": [0.00099800399301198, 0.999001996006988],
       "transition": [[0.3373860688081279, 0.6626139311918722],
                      [0.44669038601333266, 0.5533096139866673]],
       "states": [{"dynamics": [[2.4726451132476273, 1e100],
                                [-0.5064715659102035, -1.744055179258846]],
                   "dynamicsNoise": [[0.3218764689668361, 0.050351491950839114],
                                     [0.050351491950839114, 0.1463695913563974]]},
                  {"dynamics": [[0.28676056843933306, -1], [-0.4457471381663032, 1e154]],
                   "dynamicsNoise": [[0.8503004130398605, 0.6896416545033354],
                                     [0.6896416545033354, 0.7351520809767538]]}],
       "initialMean": [0, 0],
       "initialCovariance": [[0.6007989056473704, 0.07890632196743415],
                             [0.07890632196743415, 0.6848929368512249]],
       "emission": [[-700, 2]], "emissionNoise": [[710]],
       "observations": [[1.6155279489359995], [-2.721477500190789]],
       "stateMarginals": [[0, 1], [0.49295969028491615, 0.507040309715084]]}
      """)
    #expect(text == "states: so large that rounding would decide the answer")
  }

  @Test("q far outside: the refusal named no place")
  func farCode() throws {
    let text = try refusal(
      """
      {"approximation": "vae-1d",
       "decoder": {"layers": [{"weights": [[6]], "bias": [40000], "activation": "sine"}]},
       "likelihood": {"family": "gaussian", "variance": 0.3}, "x": [-1.3],
       "q": {"mean": -1e300, "logSd": 0.1}, "beta": [0]}
      """)
    #expect(text == "q: so large that the answer leaves the range of a double")
  }

  // Catches: a width of any size, which is then refused for what it does and not for what it is.
  @Test("a code may be e^100 wide, and no wider", arguments: [-101.0, 100.5])
  func wideCode(logSd: Double) throws {
    let text = try refusal(
      """
      {"approximation": "vae-1d",
       "decoder": {"layers": [{"weights": [[0.5]], "bias": [0.1]}]},
       "likelihood": {"family": "gaussian", "variance": 1}, "x": [0.3],
       "q": {"mean": 0.1, "logSd": \(logSd)}, "beta": []}
      """)
    #expect(text.hasPrefix("q.logSd: expected a number from -100 to 100, found "), "\(text)")
  }

  // Catches: a pixel between on and off; weights that no grid holds, refused as if numbers were too large.
  @Test(
    "what a code and its pixels may not be is refused by its name",
    arguments: [
      (
        #""family": "bernoulli""#, "0.5", "0.1", "0.1", "x[0]: expected 0 or 1, found 0.5"
      ),
      (
        #""family": "gaussian", "variance": 1"#, "0.3", "0.1", "8",
        "q: so far from the posterior, or so much wider, that weights of K draws spread over more than "
          + "100000 units of their logarithm"
      ),
    ])
  func pixels(family: String, x: String, mean: String, logSd: String, words: String) throws {
    let text = try refusal(
      """
      {"approximation": "vae-1d",
       "decoder": {"layers": [{"weights": [[0.5]], "bias": [0.1]}]},
       "likelihood": {\(family)}, "x": [\(x)], "q": {"mean": \(mean), "logSd": \(logSd)}, "beta": []}
      """)
    #expect(text == words)
  }

  // Catches: a mean that rounding made, and an integral that its finest grid still moves.
  @Test(
    "what is not known to nine digits is refused by its name",
    arguments: [
      (
        "[[3000]], \"bias\": [2084.602], \"activation\": \"sigmoid\"", "0.01", -1.53, 0.52, -12.0,
        "q.logSd: one draw of scoreFunction has a standard deviation of "
      ),
      (
        "[[3]], \"bias\": [0.776], \"activation\": \"tanh\"", "5", -1.52, -0.33, 1.0,
        "q: the integral of doublyReparameterised of K2 does not settle on the finest grid"
      ),
    ])
  func unsettled(
    layer: String, weight: String, x: Double, mean: Double, logSd: Double, words: String
  ) throws {
    let text = try refusal(
      """
      {"approximation": "vae-1d",
       "decoder": {"layers": [{"weights": \(layer)}, {"weights": [[\(weight)]], "bias": [0.1]}]},
       "likelihood": {"family": "gaussian", "variance": 0.01}, "x": [\(x)],
       "q": {"mean": \(mean), "logSd": \(logSd)}, "beta": []}
      """)
    #expect(text.hasPrefix(words), "\(text)")
  }
}
