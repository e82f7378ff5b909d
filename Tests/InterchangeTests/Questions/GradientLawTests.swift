import Exact
import GSL
import JSONText
import Testing

@testable import Interchange

/// Every number among a model's parameters has a slope, which is that of the evidence by differences,
/// and the mean of that of log p(x, z) over the posterior.
@Suite("The gradient of every kind, by every parameter")
struct GradientLawTests {
  /// Cases of each kind that are small enough to be visited state by state.
  static let cases = [
    "bayesian-mixture-asked", "bayesian-mixture-two-clusters-one-dimension",
    "bayesian-network-chest-clinic", "factor-graph-five-variables", "factor-graph-ring",
    "factorial-hmm-additive", "factorial-hmm-table", "hidden-semi-markov-censored",
    "hidden-semi-markov-table", "hmm-gaussian", "hmm-impossible-sequence",
    "hmm-multivariate-gaussian", "hmm-poisson", "hmm-product", "hmm-two-states",
    "ising-strong-coupling", "latent-factor-certain-prior", "latent-factor-explained",
    "latent-factor-two-factors", "lda-collapsed", "lda-topics-given",
    "linear-dynamical-system-asked", "linear-dynamical-system-driven",
    "linear-dynamical-system-rotation", "mixture-categorical-impossible",
    "mixture-gaussian-three", "mixture-multivariate-gaussian", "mixture-naive-bayes",
    "mixture-poisson-two", "mixture-product-of-families", "pcfg-attachment", "pcfg-unary-chains",
    "restricted-boltzmann-machine-three-six", "sigmoid-belief-network-two-hidden-layers",
    "sigmoid-belief-network-two-top-three-bottom", "spanning-tree-projective-single-root",
    "spanning-tree-three-words", "switching-lds-asked", "switching-lds-scalar-two",
  ].map(GoldenCase.init)

  /// The model of a case, with the slopes that are answered.
  struct Answered {
    let parameters: Parameters
    let gradient: JSON

    init(_ golden: GoldenCase, _ route: ExactRoute? = nil) throws {
      let spec = try #require(try golden.read()["spec"])
      guard case .object(let members) = spec else {
        throw PlaceError(path: "spec", complaint: "no object")
      }
      parameters = Parameters(
        .object(members.filter { !["ask", "samples", "seed"].contains($0.key) }))
      let answer = try oracle(
        JSONPlace(parameters.spec), ExactRequest(route: route),
        asking: OracleQuestions([.gradient]))
      gradient = try #require(answer.json["gradient"])
    }

    /// Σ sign · slope.
    func slope(_ direction: Direction) -> Double? {
      direction.parts.reduce(Optional(0)) { sum, part in
        guard let sum, let slope = gradient.number(at: parameters.slopePath(part.path)) else {
          return nil
        }
        return sum + part.sign * slope
      }
    }
  }

  /// log p(x) of each observation.
  static func evidence(_ spec: JSON) throws -> [Double] {
    let answer = try oracle(JSONPlace(spec)).json
    switch answer["logEvidence"] ?? answer["logPartition"] {
    case .number(let number): return [number]
    case .array(let values):
      return values.map { if case .number(let number) = $0 { number } else { -.infinity } }
    default: return []
    }
  }

  // Catches: a kind without slopes, a new key that has none.
  @Test("Every kind is among the cases, and every parameter has a slope") func keys() throws {
    var kinds: Set<String> = []
    for golden in GoldenCase.all {
      let spec = Parameters(try golden.read()["spec"] ?? .null)
      guard Self.cases.contains(where: { $0.name == golden.name }) || spec.paths.count <= 60 else {
        continue
      }
      let answered = try Answered(golden)
      kinds.insert(answered.parameters.model)
      for path in answered.parameters.paths {
        let place = path.map(\.description).joined()
        #expect(
          answered.gradient.number(at: answered.parameters.slopePath(path)) != nil,
          "\(golden.name): no slope by \(place)")
      }
    }
    #expect(kinds == Set(oracleModels))
    #expect(Set(try Self.cases.map { try Answered($0).parameters.model }) == Set(oracleModels))
  }

  // Catches: a slope with another sign or scale, of a neighbour, or of one observation only; a row that
  // is normalised first, a covariance of which one half is moved.
  @Test("Slopes are those of the evidence, by differences", arguments: cases)
  func byDifferences(golden: GoldenCase) throws {
    let answered = try Answered(golden)
    let spec = answered.parameters.spec
    let isPossible = try Self.evidence(spec).map { $0 > -.infinity }
    let directions = answered.parameters.directions
    #expect(!directions.isEmpty)
    for direction in directions {
      var difference = 0.0
      for (count, weight) in direction.stencil {
        let moved = try Self.evidence(direction.moved(spec, count))
        for (value, isPossible) in zip(moved, isPossible) where isPossible {
          difference += weight * value
        }
      }
      let slope = try #require(answered.slope(direction), "\(direction)")
      #expect(abs(slope - difference) <= 1e-6 * max(1, abs(difference)), "\(direction)")
    }
  }

  // Catches: slopes that are those of the evidence by chance of a shared mistake in it: here they are
  // made of the model's own log p(x, z) alone.
  @Test("Slopes are means of those of log p(x, z) over all states", arguments: cases)
  func byExpectations(golden: GoldenCase) throws {
    let answered = try Answered(golden)
    let spec = answered.parameters.spec
    guard let base = try HiddenStates(try oracleSpec(JSONPlace(spec))) else {
      // States that are numbers have no list: the dense law of all of them takes the means.
      #expect(answered.parameters.model == "linear-dynamical-system")
      let dense = try Answered(golden, .bruteForce)
      #expect(differences(dense.gradient, answered.gradient, tolerance: 1e-8).isEmpty)
      return
    }
    for direction in answered.parameters.directions {
      let moved = try direction.stencil.map { count, weight in
        (try HiddenStates(try oracleSpec(JSONPlace(direction.moved(spec, count)))), weight)
      }
      func mean(_ states: [String: Double], _ other: (HiddenStates) -> [String: Double]?) -> Double
      {
        let total = logSumExp(Array(states.values))
        guard total > -.infinity else { return 0 }
        var mean = 0.0
        for case (let there?, let weight) in moved {
          for (state, value) in other(there) ?? [:] {
            let logJoint = states[state] ?? -.infinity
            // Where p(x, z) is 0 its logarithm has no slope, and p(x, z) / p(x) has.
            mean +=
              logJoint > -.infinity
              ? exp(logJoint - total) * weight * (value - logJoint) : weight * exp(value - total)
          }
        }
        return mean
      }
      var wanted = base.observed.enumerated().reduce(0.0) { sum, entry in
        sum + mean(entry.element) { $0.observed[entry.offset] }
      }
      if let all = base.all {
        let count = base.observed.count { logSumExp(Array($0.values)) > -.infinity }
        wanted -= Double(count) * mean(all) { $0.all }
      }
      let slope = try #require(answered.slope(direction), "\(direction)")
      #expect(abs(slope - wanted) <= 1e-6 * max(1, abs(wanted)), "\(direction)")
    }
  }
}
