import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("The zoo: what is refused") struct ZooRefusalTests {
  private static func refusal(_ estimator: String, cap: Double = 1e8) throws -> String {
    let text = """
      {"variable": {"kind": "bits", "logits": [0.4, -0.9]},
       "objective": {"kind": "table", "values": [0.3, -0.2, 1.1, 0.7]}, "estimators": [\(estimator)]}
      """
    return try whole(text, cap: cap)
  }

  private static func whole(_ text: String, cap: Double = 1e8) throws -> String {
    let json = try JSON(parsing: text)
    do {
      _ = try ZooSpec(JSONPlace(json)).answer(ExactRequest(maxOutcomes: cap))
      return ""
    } catch { return "\(error)" }
  }

  // Catches: an estimator that runs on what it is not for, or with settings that it does not have.
  @Test(
    "A request that does not fit is refused with its place",
    arguments: [
      (
        #"{"name": "disram"}"#,
        #"estimators[0].name: unknown name "disram" (did you mean "disarm"?)"#
      ),
      (
        #"{"name": "tvo", "partition": [0, 1], "correction": true}"#,
        "estimators[0].name: tvo needs a log joint, not a fixed function"
      ),
      (
        #"{"name": "constant-baseline"}"#,
        #"estimators[0]: missing key "baseline" (c, subtracted from every signal)"#
      ),
      (
        #"{"name": "arm", "sides": 2}"#,
        #"estimators[0]: unknown key "sides"; allowed: name, samples"#
      ),
      (
        #"{"name": "leave-one-out", "samples": 1}"#,
        "estimators[0].samples: expected a whole number of at least 2, found 1"
      ),
      (
        #"{"name": "leave-one-out"}"#,
        #"estimators[0]: missing key "samples" (how many draws, at least 2)"#
      ),
      (
        #"{"name": "unordered-set", "samples": 4}"#,
        "estimators[0].samples: expected a whole number between 2 and 3, found 4"
      ),
      (
        #"{"name": "partial-enumeration", "sum": [0, 0]}"#,
        "estimators[0].sum: expected every bit at most once, found an array of 2 values"
      ),
      (
        #"{"name": "memory-augmented", "memory": [4]}"#,
        "estimators[0].memory[0]: expected a whole number between 0 and 3, found 4"
      ),
      (
        #"{"name": "vargrad", "samples": 2, "divisor": "m"}"#,
        #"estimators[0].divisor: expected one of "n-1", "n", found "m""#
      ),
      (
        #"{"name": "nvil", "baseline": 0, "variance": 1, "order": "after"}"#,
        #"estimators[0]: missing key "decay""#
      ),
      (
        #"{"name": "importance-sampled", "proposalLogits": [0.1]}"#,
        "estimators[0].proposalLogits: expected 2 numbers, found 1"
      ),
    ])
  func refused(estimator: String, words: String) throws {
    #expect(try Self.refusal(estimator) == words)
  }

  // Catches: settings at which an estimator divides by zero, stands still, or is none.
  @Test(
    "A setting that does not fit is refused with its place",
    arguments: [
      (
        #"{"name": "renyi", "samples": 2, "alpha": 1}"#,
        "estimators[0].alpha: expected a number other than 1, found 1"
      ),
      (
        #"{"name": "tvo", "partition": [0, 0.5, 0.5, 1], "correction": true}"#,
        "estimators[0].partition: expected numbers that rise from 0 to 1, found an array of 4 values"
      ),
      (
        #"{"name": "tvo", "partition": [0, 0.5], "correction": true}"#,
        "estimators[0].partition: expected numbers that rise from 0 to 1, found an array of 2 values"
      ),
      (
        #"{"name": "finite-difference"}"#,
        "estimators[0].name: finite-difference needs a fixed function, not a log joint"
      ),
    ])
  func settings(estimator: String, words: String) throws {
    let isPartition = estimator.contains("partition")
    let text =
      isPartition
      ? #"{"variable": {"kind": "bits", "logits": [0.4]}, "objective": {"kind": "log-joint", "values": [-1, -2]}, "estimators": [ESTIMATOR]}"#
      : #"{"variable": {"kind": "gaussian", "mean": [0.5], "logSd": [0]}, "objective": {"kind": "log-joint", "logDensity": {"kind": "polynomial", "terms": [{"coefficient": -0.5, "powers": [2]}]}}, "estimators": [ESTIMATOR]}"#
    #expect(try Self.whole(text.replacing("ESTIMATOR", with: estimator)) == words)
  }

  @Test("An estimator that needs more states than there are is refused") func oneState() throws {
    let text = #"""
      {"variable": {"kind": "bits", "logits": [0.4]}, "objective": {"kind": "table", "values": [1, 2]},
       "estimators": [{"name": "unordered-set", "samples": 2}]}
      """#
    #expect(try Self.whole(text) == "estimators[0].samples: needs more states than 2")
  }

  @Test("More outcomes than are allowed are refused before they are visited") func outcomes() throws
  {
    #expect(
      try Self.refusal(#"{"name": "vargrad", "samples": 20, "divisor": "n"}"#)
        == "estimators[0]: 20 draws of 4 states: 1099511627776 outcomes to visit, the limit is "
        + "100000000 (--max-outcomes)")
    #expect(
      try Self.refusal(#"{"name": "score-function", "samples": 3}"#, cap: 63)
        == "estimators[0]: 3 draws of 4 states: 64 outcomes to visit, the limit is 63 (--max-outcomes)"
    )
    #expect(try Self.refusal(#"{"name": "score-function", "samples": 3}"#, cap: 64) == "")
  }

  @Test(
    "A problem that is none is refused with its place",
    arguments: [
      (
        #"{"variable": {"kind": "bits", "logits": [1, 2, 3, 4, 5]}, "objective": {"kind": "table", "values": [1]}, "estimators": []}"#,
        "variable.logits: expected from 1 to 4 numbers, found 5"
      ),
      (
        #"{"variable": {"kind": "bits", "logits": [1]}, "objective": {"kind": "table", "values": [1]}, "estimators": []}"#,
        "objective.values: expected 2 numbers, found 1"
      ),
      (
        #"{"variable": {"kind": "categorical", "logits": [1, 2]}, "objective": {"kind": "terms", "terms": []}, "estimators": []}"#,
        "objective.kind: terms are functions of bits"
      ),
      (
        #"{"variable": {"kind": "bits", "logits": [1]}, "objective": {"kind": "log-joint", "values": ["-inf", "-inf"]}, "estimators": []}"#,
        "objective.values: expected a state that is not impossible, found an array of 2 values"
      ),
      (
        #"{"variable": {"kind": "bits", "logits": [1]}, "objective": {"kind": "log-joint", "values": [0, 0]}, "estimators": [{"name": "sleep-dream"}]}"#,
        "estimators[0]: sleep-dream dreams of x with probability Σ p(x, z) = 2.0, which is above 1"
      ),
    ])
  func problem(text: String, words: String) throws { #expect(try Self.whole(text) == words) }

  @Test("Where a state is impossible, only what draws from the model has moments") func impossible()
    throws
  {
    let text = """
      {"variable": {"kind": "bits", "logits": [0.4]},
       "objective": {"kind": "log-joint", "values": [-1.2, "-inf"]},
       "estimators": [{"name": "score-function", "samples": 2}, {"name": "iwae-score", "samples": 2},
         {"name": "rws-wake"}, {"name": "sleep"}, {"name": "sleep-dream"}]}
      """
    let answer = try ZooSpec(JSONPlace(try JSON(parsing: text))).answer(ExactRequest())
    #expect(answer.value == -.infinity && answer.gradient == nil && answer.logEvidence == -1.2)
    #expect(answer.rows.map { $0.mean == nil } == [true, true, true, false, false])
    #expect(answer.rows.map { $0.exact == nil } == [true, true, false, false, false])
    #expect(answer.rows[1].bound == -.infinity && answer.rows[0].outcomes == 4)
  }
}
