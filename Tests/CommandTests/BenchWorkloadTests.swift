import Interchange
import JSONText
import Testing

@testable import LessonRunner

/// A small model for each input file, in the format of the big ones.
private let specs: [String: String] = {
  let factors = """
    {"model": "latent-factor", "prior": [0.3, 0.6], "weights": [[1, 0, -1], [0, 2, 0.5]],
     "bias": [0.1, 0, -0.2], "observations": [[0, 1, 1], [], [2]]}
    """
  let tree = { (singleRoot: Bool) in
    """
    {"model": "spanning-tree", "scores": [[0, 1, 2, -1], [0, 0, 0.5, 1], [0, 2, 0, 0.25],
     [0, -3, 1, 0]], "singleRoot": \(singleRoot)}
    """
  }
  return [
    "latent-factor-d16": factors, "latent-factor-d20": factors,
    "hmm-k32-t2000": """
    {"model": "hmm", "initial": [0.25, 0.75], "transition": [[0.5, 0.5], [0.125, 0.875]],
     "emission": {"family": "categorical", "probabilities": [[0.5, 0.5, 0], [0.25, 0.25, 0.5]]},
     "observations": [[0, 2, 1, 1], [2], [2, 0]]}
    """,
    "pcfg-12-n24": """
    {"model": "pcfg", "start": "S", "rules": [
     {"left": "S", "right": ["S", "S"], "probability": 0.25},
     {"left": "S", "right": ["a"], "probability": 0.5},
     {"left": "S", "right": ["b"], "probability": 0.25}],
     "observations": [["a", "b", "a"], ["c"], ["b"]]}
    """,
    "spanning-tree-n40-multi-root": tree(false), "spanning-tree-n40-single-root": tree(true),
    "lds-4-2-t2000": """
    {"model": "linear-dynamical-system", "initialMean": [0, 1],
     "initialCovariance": [[1, 0.25], [0.25, 2]], "dynamics": [[0.9, 0.1], [0, 0.5]],
     "dynamicsNoise": [[0.5, 0], [0, 0]], "emission": [[1, 2]], "emissionNoise": [[0.5]],
     "observations": [[[1], [0.5], [-2]], [[3]]]}
    """,
    "sbn-16-16": """
    {"model": "sigmoid-belief-network", "bias": [0.5, -1],
     "layers": [{"weights": [[1, -2, 0.5], [0.25, 1, -1]], "bias": [0, 0.5, -0.5]}],
     "observations": [[1, 0, 1], [0, 0, 0]]}
    """,
    "alarm-ten-evidence": """
    {"model": "bayesian-network", "variables": [
     {"name": "wet", "states": 2, "parents": ["rain"], "table": [[1, 0], [0.25, 0.75]]},
     {"name": "rain", "states": ["no", "yes"], "table": [[0.5, 0.5]]}],
     "observations": [{}, {"wet": 1}, {"wet": 1, "rain": "no"}]}
    """,
  ]
}()

@Suite("What lessons bench times")
struct BenchWorkloadTests {
  @Test("The names are those that scripts ask for")
  func names() {
    #expect(
      Workload.all.map(\.name) == [
        "latent-factor-d16 evidence", "latent-factor-d16 gradient", "latent-factor-d20 evidence",
        "latent-factor-d20 gradient", "hmm-k32-t2000 evidence", "hmm-k32-t2000 counts",
        "hmm-k32-t2000 best-path",
        "pcfg-12-n24 evidence", "spanning-tree-n40-multi-root marginals",
        "spanning-tree-n40-single-root marginals", "lds-4-2-t2000 smoother", "sbn-16-16 evidence",
        "alarm-ten-evidence cold", "alarm-ten-evidence warm", "nvil-step", "wake-sleep-step",
        "vb-gmm-n5000-k10", "vae-digits epoch",
        "particle-filter-n1000-t1000", "exact-moments-d10-s2",
      ])
  }

  /// Catches: an operation that answers another question than its name says, or only the first
  /// observation of several.
  @Test("Each operation answers what the oracle answers, on another model of the same kind")
  func agreement() throws {
    for workload in Workload.all where specs[workload.file] != nil {
      let spec = try JSON(parsing: try #require(specs[workload.file]))
      let prepared = try workload.prepare(JSONPlace(["spec": spec]))
      let found = try prepared.measure(TimingPlan(repeatSeconds: 0, repeats: 1))
      let asked: [OracleQuestion] = workload.name.hasSuffix("best-path") ? [.explanation] : []
      let oracle = try oracle(JSONPlace(spec), asking: OracleQuestions(asked)).json
      switch ReferenceCheck(answer: found.answer, reference: oracle) {
      case .agrees: break
      case let other: Issue.record("\(workload.name): \(other)")
      }
      guard case .object(let members) = found.answer else { throw JSONMissing() }
      for (key, _) in members { #expect(oracle[key] != nil, "\(workload.name) \(key)") }
      #expect(found.threads >= 1)
    }
  }

  private func training(prior: String = "0.3", rate: String = "0.01") throws -> JSON {
    try JSON(
      parsing: """
        {"spec": {"model": "latent-factor", "prior": [\(prior)], "weights": [[1, -1]],
         "bias": [0, 0.5], "observations": [[0, 1, 1], [0], []]},
         "network": {"layers": [{"weights": [[0.5], [-0.5]], "bias": [0]},
         {"weights": [[1]], "bias": [0.25]}]},
         "batchSize": 2, "learningRate": \(rate), "baselineDecay": 0.9}
        """)
  }

  @Test("A training step: a thousand to a call, all signals finite, the same at every call")
  func trainingSteps() throws {
    let workload = try #require(Workload.all.first { $0.name == "nvil-step" })
    let plan = TimingPlan(repeatSeconds: 0, repeats: 1)
    let prepared = try workload.prepare(JSONPlace(try training()))
    let (one, other) = (try prepared.measure(plan), try prepared.measure(plan))
    #expect(one.timing.operationsPerRepeat == 1000)
    #expect(one.answer == other.answer)
    guard case .array(let signals)? = one.answer["elboEstimates"] else { throw JSONMissing() }
    #expect(signals.count == 1000)
    for signal in signals { _ = try JSONPlace(signal).number() }
  }

  @Test("A training that cannot begin or leaves the doubles is refused with its reason")
  func trainingRefusals() throws {
    let workload = try #require(Workload.all.first { $0.name == "nvil-step" })
    func refusal(_ file: JSON) -> String {
      do {
        _ = try workload.prepare(JSONPlace(file))
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      refusal(try training(prior: "0"))
        == "spec.prior[0]: expected a probability with finite log odds, found 0")
    #expect(refusal(try training(rate: "1e300")).hasPrefix("expected a probability"))
    #expect(
      refusal(["spec": try training()["spec"] ?? nil]) == "top level: missing key \"network\"")
  }

  @Test("A step of wake-sleep: a thousand to a call, the same machine at every call")
  func wakeSleepSteps() throws {
    let workload = try #require(Workload.all.first { $0.name == "wake-sleep-step" })
    let file = try JSON(
      parsing: """
        {"generative": {"top": [0.5], "layers": [{"weights": [[1, -1]], "bias": [0, 0.5]}]},
         "recognition": {"layers": [{"weights": [[0.5], [1]], "bias": [0]}]},
         "observations": [[0, 1], [1, 1], [1, 0]], "batchSize": 2, "learningRate": 0.05}
        """)
    let plan = TimingPlan(repeatSeconds: 0, repeats: 1)
    let prepared = try workload.prepare(JSONPlace(file))
    let (one, other) = (try prepared.measure(plan), try prepared.measure(plan))
    #expect(one.timing.operationsPerRepeat == 1000)
    #expect(one.answer == other.answer)
    guard case .array(let top)? = one.answer["top"] else { throw JSONMissing() }
    #expect(top.count == 1 && top[0] != .number(0.5))
  }
}
