import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Approximations: particle filters") struct ParticleFilterSpecTests {
  private static func spec(_ proposal: String, _ observations: String = "[0, 1, 1]") -> String {
    """
    {"approximation": "particle-filter", "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.2, 0.8]],
     "emission": {"family": "categorical", "probabilities": [[0.9, 0.1], [0.3, 0.7]]},
     "observations": \(observations), "proposal": "\(proposal)"}
    """
  }

  /// Sets of N draws of K kinds are C(K + N − 1, N): 2, 3, 4 of two kinds, 4, 10, 20 of four.
  static let counts: [(proposal: String, observations: String, clouds: Double)] = [
    ("bootstrap", "[1]", 2 + 3 + 4),
    ("bootstrap", "[1, 0]", (2 + 3 + 4) + (2 * 2 + 3 * 3 + 4 * 4)),
    ("bootstrap", "[0, 1, 1]", (2 + 3 + 4) + 2 * (2 * 2 + 3 * 3 + 4 * 4)),
    (
      "optimal", "[0, 1, 1]",
      (2 + 3 + 4) + (2 * 4 + 3 * 10 + 4 * 20) + (4 * 4 + 10 * 10 + 20 * 20)
    ),
  ]

  // Catches: clouds that are counted after they were visited, or not; kinds of particles that are counted as states.
  @Test(
    "As many clouds are visited as were counted before, where all is possible", arguments: counts)
  func counted(proposal: String, observations: String, clouds: Double) throws {
    let text = Self.spec(proposal, observations)
    let answer = try approximation(
      JSONPlace(try JSON(parsing: text)), ExactRequest(maxOutcomes: clouds)
    ).json
    guard case .number(let visited)? = answer["work"]?["clouds"] else {
      Issue.record("no clouds")
      return
    }
    // A particle of the best proposal is known by its ancestor, and not every cloud has them all.
    #expect(proposal == "bootstrap" ? visited == clouds : visited <= clouds)
    let refusal = try approximationRefusal(text, ExactRequest(maxOutcomes: clouds - 1))
    let steps = observations.filter { $0 == "," }.count + 1
    #expect(
      refusal
        == "observations: up to 3 particles of 2 states over \(steps) step\(steps == 1 ? "" : "s"): "
        + "\(Int(clouds)) outcomes to visit, the limit is \(Int(clouds) - 1) (--max-outcomes)")
  }

  static let refusals = [
    SpecRefusal(
      spec("bootstrap"), "\"bootstrap\"", "\"best\"",
      "proposal: expected one of \"bootstrap\", \"optimal\", found \"best\""),
    SpecRefusal(
      spec("bootstrap"), "[0, 1, 1]", "[]",
      "observations: expected at least one step, found an empty array"),
    SpecRefusal(
      spec("bootstrap"), "[0, 1, 1]", "[0, 2, 1]",
      "observations[1]: expected a whole number between 0 and 1, found 2"),
    SpecRefusal(
      spec("bootstrap"), "[0, 1, 1]", "[0, null]",
      "observations[1]: expected a whole number between 0 and 1, found null"),
    SpecRefusal(
      spec("bootstrap"), "[0.7, 0.3]", "[0.5, 0.25]",
      "transition[0]: expected probabilities that sum to 1, found a sum of 0.75"),
    SpecRefusal(
      spec("bootstrap"), "categorical", "gaussian",
      "emission.family: expected one of \"categorical\", found \"gaussian\""),
    SpecRefusal(
      spec("bootstrap"), ", \"proposal\": \"bootstrap\"", "",
      "top level: missing key \"proposal\""),
  ]

  // Catches: a step that was not seen and is read as the first symbol; a refusal without its place.
  @Test("What is no spec is refused with its place", arguments: refusals)
  func refused(_ wanted: SpecRefusal) throws {
    #expect(try approximationRefusal(wanted.spec) == "")
    #expect(wanted.spec.contains(wanted.old))
    #expect(
      try approximationRefusal(wanted.spec.replacing(wanted.old, with: wanted.new)) == wanted.words)
  }
}
