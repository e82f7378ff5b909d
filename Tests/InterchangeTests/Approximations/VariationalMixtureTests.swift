import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Approximations: variational mixtures") struct VariationalMixtureSpecTests {
  static let plane = """
    {"approximation": "variational-mixture", "concentration": [1.1, 1.7],
     "prior": {"family": "normal-inverse-wishart", "mean": [0, 1], "kappa": 0.5, "dof": 3,
               "scale": [[1, 0.5], [0.5, 2]]},
     "observations": [[1, 0], [0, 1], [0.5, -1], [2, 0.25]],
     "responsibilities": [[0.9, 0.1], [0.25, 0.75], [0.5, 0.5], [0.625, 0.375]],
     "sweeps": 2, "svi": {"batch": [0, 2], "stepSize": 0.5}}
    """

  static let refusals = [
    SpecRefusal(
      plane, "[0, 2]", "[]", "svi.batch: expected at least one observation, found an empty array"),
    SpecRefusal(plane, "[0, 2]", "[0, 0]", "svi.batch[1]: observation 0 stands twice"),
    SpecRefusal(
      plane, "[0, 2]", "[0, 4]",
      "svi.batch[1]: expected a whole number between 0 and 3, found 4"),
    SpecRefusal(
      plane, "\"stepSize\": 0.5", "\"stepSize\": 1.5",
      "svi.stepSize: expected a probability between 0 and 1, found 1.5"),
    SpecRefusal(
      plane, "\"sweeps\": 2", "\"sweeps\": 0",
      "sweeps: expected a whole number between 1 and 10000, found 0"),
    SpecRefusal(
      plane, "[2, 0.25]]", "[2, 0.25], [1, 1], [1, 2], [1, 3], [1, 4], [1, 5]]",
      "observations: expected at most 8 observations, found 9"),
    SpecRefusal(
      plane, "[0.625, 0.375]", "[0.625, 0.25]",
      "responsibilities[3]: expected probabilities that sum to 1, found a sum of 0.875"),
    SpecRefusal(
      plane, ", [0.625, 0.375]]", "]", "responsibilities: expected 4 values, found 3"),
  ]

  // Catches: an empty mini-batch, a step past its target, no sweep at all, of which there is no last one.
  @Test("What is no spec is refused with its place", arguments: refusals)
  func refused(_ wanted: SpecRefusal) throws {
    #expect(wanted.spec.contains(wanted.old))
    #expect(
      try approximationRefusal(wanted.spec.replacing(wanted.old, with: wanted.new)) == wanted.words)
  }

  // Catches: mini-batches that are visited before they are counted.
  @Test("All mini-batches of a size are counted before the work") func counted() throws {
    #expect(try approximationRefusal(Self.plane, ExactRequest(maxOutcomes: 6)) == "")
    #expect(
      try approximationRefusal(Self.plane, ExactRequest(maxOutcomes: 5))
        == "svi.batch: all subsets of 2 observations: 6 outcomes to visit, the limit is 5 "
        + "(--max-outcomes)")
  }

  // Catches: coordinates of two dimensions that are read back in another order than they were written in, a
  // scale of a mini-batch that is not N over its size.
  @Test("In the plane: the mean over all mini-batches is the step on all data") func unbiased()
    throws
  {
    let answer = try approximation(JSONPlace(try JSON(parsing: Self.plane))).json
    let (svi, count) = (try #require(answer["svi"]), 2)
    let (mean, full) = (try #require(svi["meanNatural"]), try #require(svi["fullBatchNatural"]))
    #expect(differences(full, mean, tolerance: 1e-13) == [])
    #expect(differences(full, svi["natural"], tolerance: 1e-3) != [])
    for k in 0..<count {
      let scatter = mean.flat("scatter", .index(k))
      #expect(abs(scatter[1] - scatter[2]) < 1e-12 && abs(scatter[0] - scatter[3]) > 0.1)
    }
    guard case .number(let elbo)? = answer["elbo"],
      case .number(let evidence)? = answer["logEvidence"],
      case .array(let sweeps)? = answer["sweeps"], case .object(let terms)? = sweeps.last?["terms"]
    else {
      Issue.record("no numbers")
      return
    }
    #expect(sweeps.count == 2 && elbo < evidence)
    let sum = terms.reduce(0.0) { if case .number(let nats) = $1.value { $0 + nats } else { .nan } }
    #expect(abs(sum - elbo) < 1e-12)
  }
}
