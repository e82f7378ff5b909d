import Exact
import JSONText
import Testing

@testable import Interchange

/// What is counted of emissions is a sum of marginals, which the answer has beside it.
@Suite("Oracle: counts of emissions are sums of marginals") struct CountLawTests {
  /// Steps that were not seen, between steps of every symbol.
  static let symbols = """
    {"model": "hmm", "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.2, 0.8]],
     "emission": {"family": "categorical", "probabilities": [[0.5, 0.375, 0.125], [0.125, 0.25, 0.625]]},
     "observations": [[0, null, 2, 1, null], [null, 1], [2]], "ask": ["counts"]}
    """
  static let numbers = """
    {"model": "hmm", "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.2, 0.8]],
     "emission": {"family": "gaussian", "means": [0.5, -1], "variances": [2, 0.7]},
     "observations": [[0.25, null, -1.5, 3], [null], [2]], "ask": ["counts"]}
    """

  /// Each step of all sequences: what was seen, and the marginals of its states.
  private func steps(_ spec: JSON, _ answer: JSON) -> [(seen: Double?, states: [Double])] {
    let sequences = zip(
      spec["observations"]?.places ?? [], answer["stateMarginals"]?.places ?? [])
    return sequences.flatMap { seen, marginals in
      zip(seen.places, marginals.places).map { seen, states in
        (seen: seen.asNumber, states: states.places.map { $0.asNumber ?? .nan })
      }
    }
  }

  // Catches: a step that was not seen and is counted as one of the first symbol, or of the number 0; squares
  // that are none; a sequence that is left out.
  @Test("By every route", arguments: ExactRoute.allCases) func sums(route: ExactRoute) throws {
    for text in [Self.symbols, Self.numbers] {
      let spec = try JSON(parsing: text)
      let answer = try oracle(JSONPlace(spec), ExactRequest(route: route)).json
      let steps = steps(spec, answer)
      #expect(steps.contains { $0.seen == nil } && steps.count >= 6)
      func sum(_ state: Int, _ value: (Double) -> Double) -> JSON {
        .number(
          steps.reduce(0) { $0 + ($1.seen.map { seen in value(seen) } ?? 0) * $1.states[state] })
      }
      let wanted: JSON =
        if text == Self.symbols {
          .array(
            (0..<2).map { k in .array((0..<3).map { v in sum(k) { $0 == Double(v) ? 1 : 0 } }) })
        } else {
          [
            "weight": .array((0..<2).map { sum($0) { _ in 1 } }),
            "sum": .array((0..<2).map { sum($0) { $0 } }),
            "sumOfSquares": .array((0..<2).map { sum($0) { $0 * $0 } }),
          ]
        }
      #expect(differences(wanted, answer["counts"]?["emission"], tolerance: 1e-13) == [])
    }
  }
}

extension JSON {
  fileprivate var places: [JSON] { if case .array(let list) = self { list } else { [] } }
  fileprivate var asNumber: Double? { if case .number(let number) = self { number } else { nil } }
}
