import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: belief networks and Bayesian mixtures") struct BeliefOracleTests {
  static let network = """
    {"model": "sigmoid-belief-network", "bias": [0.5, -1],
     "layers": [{"weights": [[1, -2], [0, 3]], "bias": [0.1, -0.2]}], "observations": [[1, 0]]}
    """
  static let mixture = """
    {"model": "bayesian-mixture", "concentration": [1, 2],
     "prior": {"family": "normal-inverse-wishart", "mean": [0, 1], "kappa": 0.5, "dof": 3,
               "scale": [[1, 0.5], [0.5, 2]]},
     "observations": [[1, 0], [0, 1]]}
    """

  static let refusals = [
    SpecRefusal(
      network, "\"bias\": [0.5, -1]", "\"bais\": [0.5, -1]",
      "top level: unknown key \"bais\" (did you mean \"bias\"?); allowed: model, bias, layers, "
        + "observations"),
    SpecRefusal(
      network, "[0.5, -1]", "[0.5, null]",
      "bias[1]: expected a finite number, found null"),
    SpecRefusal(network, "[0.5, -1]", "[0.5]", "layers[0].weights: expected 1 row, found 2"),
    SpecRefusal(
      network, "[[1, -2], [0, 3]]", "[[1, -2], [0, 3, 4]]",
      "layers[0].weights[1]: expected 2 numbers, found 3"),
    SpecRefusal(
      network, "[{\"weights\": [[1, -2], [0, 3]], \"bias\": [0.1, -0.2]}]", "[]",
      "layers: expected at least one entry, found none"),
    SpecRefusal(
      network, "[[1, 0]]", "[[1, 2]]",
      "observations[0][1]: expected a whole number between 0 and 1, found 2"),
    SpecRefusal(network, "[[1, 0]]", "[[1]]", "observations[0]: expected 2 values, found 1"),
    SpecRefusal(
      network, "\"bias\": [0.1, -0.2]", "\"bias\": [-1e308, 1e308]",
      "observations[0]: so large that the answer leaves the range of a double"),
    SpecRefusal(
      mixture, "[1, 2]", "[1, 0]",
      "concentration[1]: expected a positive number, found 0.0"),
    SpecRefusal(
      mixture, "\"concentration\": [1, 2]", "\"concentration\": []",
      "concentration: expected at least one entry, found none"),
    SpecRefusal(
      mixture, "normal-inverse-wishart", "normal-inverse-wishert",
      "prior.family: unknown name \"normal-inverse-wishert\" "
        + "(did you mean \"normal-inverse-wishart\"?)"),
    SpecRefusal(
      mixture, "\"mean\": [0, 1]", "\"mean\": []",
      "prior.scale: expected 0 rows, found 2"),
    SpecRefusal(
      mixture, "\"kappa\": 0.5", "\"kappa\": -1",
      "prior.kappa: expected a positive number, found -1.0"),
    SpecRefusal(
      mixture, "\"dof\": 3", "\"dof\": 1", "prior.dof: expected a number above 1, found 1.0"),
    SpecRefusal(
      mixture, "[[1, 0.5], [0.5, 2]]", "[[1, 0.5], [0.5, 0.25]]",
      "prior.scale: expected a positive definite matrix"),
    SpecRefusal(
      mixture, "[[1, 0.5], [0.5, 2]]", "[[1, 0.5], [0.4, 2]]",
      "prior.scale[1][0]: expected a symmetric matrix, found 0.4 and 0.5"),
    SpecRefusal(
      mixture, "[[1, 0], [0, 1]]", "[[1, 0], [0]]",
      "observations[1]: expected 2 numbers, found 1"),
    SpecRefusal(
      mixture, "[[1, 0], [0, 1]]",
      "[" + [String](repeating: "[1, 0]", count: 21).joined(separator: ", ") + "]",
      "observations: expected at most 20 observations, found 21"),
  ]

  @Test("Each refusal names the place and the reason", arguments: refusals)
  func refusal(item: SpecRefusal) throws {
    #expect(item.spec.contains(item.old))
    _ = try oracle(JSONPlace(try JSON(parsing: item.spec)))
    let changed = try JSON(parsing: item.spec.replacing(item.old, with: item.new))
    let found = #expect(throws: OracleRefusal.self) { try oracle(JSONPlace(changed)) }
    #expect(found?.description == item.words)
  }

  @Test("Too many states are refused before the work, by both methods") func caps() throws {
    let bias = (0..<40).map { _ in "0" }.joined(separator: ", ")
    let rows = (0..<40).map { _ in "[1]" }.joined(separator: ", ")
    let spec = try JSON(
      parsing: """
        {"model": "sigmoid-belief-network", "bias": [\(bias)],
         "layers": [{"weights": [\(rows)], "bias": [0]}], "observations": [[1]]}
        """)
    for method in ExactRoute.allCases {
      let found = #expect(throws: OracleRefusal.self) {
        try oracle(JSONPlace(spec), ExactRequest(route: method))
      }
      #expect(
        found?.description.hasSuffix(
          "1099511627776 states to visit, the limit is 17179869184 (--max-states)") == true)
    }
    let small = try JSON(parsing: Self.mixture)
    #expect(throws: OracleRefusal.self) {
      try oracle(JSONPlace(small), ExactRequest(route: .bruteForce, maxStates: 3))
    }
    let answer = try oracle(
      JSONPlace(small), ExactRequest(route: .bruteForce, maxStates: 4))
    #expect(answer.work.first?.count == 4)
  }

  @Test("No observations: empty lists, and the evidence of nothing") func nothingSeen() throws {
    let network = try JSON(
      parsing: Self.network.replacing("[[1, 0]]", with: "[]"))
    let mixture = try JSON(
      parsing: Self.mixture.replacing("[[1, 0], [0, 1]]", with: "[]"))
    for method in ExactRoute.allCases {
      let request = ExactRequest(route: method)
      let seen = try oracle(JSONPlace(network), request)
      #expect(seen.json["logEvidence"] == .array([]))
      #expect(seen.json["posteriorMarginals"] == .array([]))
      let points = try oracle(JSONPlace(mixture), request)
      #expect(abs(numbers(points.json["logEvidence"])[0]) <= 64 * Double.ulpOfOne)
      #expect(points.json["coassignment"] == .array([]))
    }
  }
}

/// All numbers of nested lists in a row.
private func numbers(_ json: JSON?) -> [Double] {
  switch json {
  case .array(let elements): elements.flatMap { numbers($0) }
  case .number(let value): [value]
  default: []
  }
}
