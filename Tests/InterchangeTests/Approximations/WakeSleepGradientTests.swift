import Exact
import JSONText
import Testing

@testable import Interchange

/// A machine of 1, 3 and 2 units, so that no table is square and no two layers are of one width.
@Suite("Approximation: wake-sleep, slope by slope") struct WakeSleepGradientTests {
  static let machine = """
    {"approximation": "wake-sleep",
     "generative": {"bias": [0.5], "layers": [
       {"weights": [[0.75, -1.25, 0.5]], "bias": [0.125, -0.5, 0.25]},
       {"weights": [[1, -0.5], [-0.75, 0.25], [0.5, 1.5]], "bias": [-0.25, 0.375]}]},
     "recognition": {"layers": [
       {"weights": [[0.5, -1, 0.25], [1.25, 0.75, -0.5]], "bias": [0.25, -0.125, 0.5]},
       {"weights": [[1], [-0.5], [0.75]], "bias": [-0.25]}]},
     "data": [{"x": [1, 0], "probability": 0.25}, {"x": [1, 1], "probability": 0.75}]}
    """

  private static func answer(_ spec: JSON) throws -> JSON {
    try approximation(JSONPlace(spec)).json
  }

  /// The slopes by every number of a network, by differences of what is asked for.
  private func slopes(
    _ network: String, _ values: [(JSON) -> Double]
  ) throws -> [(path: JSONPath, slopes: [Double])] {
    let spec = try JSON(parsing: Self.machine)
    let step = 1e-3
    return try (spec[network] ?? .null).numberPaths.map { path in
      let whole: JSONPath = [.key(network)] + path
      let number = try #require(spec.number(at: whole))
      let moved = try [-2, -1, 1, 2].map {
        try Self.answer(spec.setting(whole[...], to: number + $0 * step))
      }
      return (
        path,
        values.map { value in
          zip([1, -8, 8, -1], moved).reduce(0) { $0 + $1.0 * value($1.1) } / (12 * step)
        }
      )
    }
  }

  // Catches: rows of weights that are left out where a table is high, biases of the top that are as many as those
  // of the layer below, a gradient with another sign or of another bound.
  @Test("Each number stands where its parameter stands, and is its slope") func byDifferences()
    throws
  {
    let answer = try Self.answer(try JSON(parsing: Self.machine))
    let weights = [0.25, 0.75]
    let generative = try slopes(
      "generative",
      [{ $0.flat("averages", "logEvidence")[0] }, { $0.flat("averages", "elbo")[0] }])
    #expect(generative.count == 1 + 3 + 3 + 6 + 2)
    for (path, slopes) in generative {
      for (key, slope) in zip(["likelihoodGradient", "wake"], slopes) {
        let found = try #require(answer[key]?.number(at: path), "\(key) \(path)")
        #expect(abs(found - slope) < 1e-9, "\(key) \(path)")
      }
    }
    let recognition = try slopes(
      "recognition",
      [
        { -$0.flat("averages", "elbo")[0] },
        { zip(weights, $0.flat("klPQ")).reduce(0) { $0 + $1.0 * $1.1 } },
      ])
    #expect(recognition.count == 6 + 3 + 3 + 1)
    for (path, slopes) in recognition {
      for (key, slope) in zip(["qp", "pqData"], slopes) {
        let found = try #require(answer["klGradients"]?[key]?.number(at: path), "\(key) \(path)")
        #expect(abs(found - slope) < 1e-9, "\(key) \(path)")
      }
      // Asleep, the mean step climbs against the divergence of dreams.
      let sleep = try #require(answer["sleep"]?.number(at: path))
      let dreams = try #require(answer["klGradients"]?["pq"]?.number(at: path))
      #expect(abs(sleep + dreams) < 1e-13)
      #expect(answer["sleepSquaredError"]?.number(at: path) != nil)
    }
    for samples in ["K1", "K2", "K3"] {
      let found = try #require(answer["reweighted"]?[samples])
      #expect(generative.allSatisfy { found["wake"]?.number(at: $0.path) != nil })
      #expect(recognition.allSatisfy { found["recognition"]?.number(at: $0.path) != nil })
    }
  }
}
