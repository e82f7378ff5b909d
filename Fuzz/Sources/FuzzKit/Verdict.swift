import Exact
import Interchange
import JSONText

/// Something that must not happen, with a short name for its kind.
public struct Complaint: Sendable, Equatable {
  /// What kind of thing, in letters and hyphens: the name of the file that keeps it.
  public var kind: String
  /// What exactly.
  public var message: String
}

/// What became of an input.
public struct Verdict: Sendable {
  /// How far it came: not JSON, refused, answered, with the model's name.
  public var outcome: String
  /// What was wrong; mostly nothing.
  public var complaints: [Complaint] = []

  mutating func complain(_ kind: String, _ message: String) {
    complaints.append(Complaint(kind: kind, message: message))
  }
}

/// Reads, asks and checks: the whole way of one input.
///
/// Work beyond `maxStates` is refused by the oracle, so that an input takes milliseconds.
public func judge(_ bytes: [UInt8], maxStates: Double = 3000) -> Verdict {
  if isInterchangeFormat(bytes) { return judgeNetworkFile(bytes, maxStates) }
  let tree: JSON
  do throws(JSONError) {
    tree = try JSON(parsing: bytes)
  } catch {
    return refused("not JSON", error.description, hasPlace: true)
  }
  let spec = strippedOfExpectation(tree)
  var verdict =
    tree["digest"] != nil
    ? judgePart(tree, maxStates)
    : spec["approximation"] != nil
      ? judgeApproximation(spec, maxStates)
      : tree["q"] != nil ? judgeEstimator(tree) : judgeModel(spec, maxStates)
  if (try? JSON(parsing: tree.text(.pretty))) != tree {
    verdict.complain("text-does-not-read-back", "the pretty text of the input")
  }
  return verdict
}

/// The same model with as many draws as take no time, if it asks for more.
private func withFewSamples(_ spec: JSON) -> JSON {
  guard case .object(let members) = spec, let count = spec["samples"]?.double, count > 3,
    count <= Double(OracleQuestions.mostSamples), count == count.rounded()
  else { return spec }
  return .object(members.map { $0.key == "samples" ? (key: $0.key, value: 3) : $0 })
}

private func judgeEstimator(_ tree: JSON) -> Verdict {
  do throws(PlaceError) {
    _ = try EstimatorCase(JSONPlace(tree))
    return Verdict(outcome: "estimator case: read")
  } catch {
    return refused("estimator case: refused", error.description, hasPlace: true)
  }
}

func judgeModel(_ spec: JSON, _ maxStates: Double) -> Verdict {
  let model = spec["model"]?.word.map { oracleModels.contains($0) ? $0 : "other" } ?? "none"
  let spec = withFewSamples(spec)
  var answers = Answers(spec: spec, maxStates: maxStates)
  answers.ask()
  guard let refusal = answers.refusals.first, answers.found.isEmpty else {
    var verdict = Verdict(outcome: "\(model): answered")
    for (route, answer) in answers.found {
      for message in complaints(about: answer, to: spec) {
        verdict.complain("answer-\(model)", "\(route): \(message)")
      }
    }
    verdict.complaints += answers.refusals.flatMap {
      refused("", $0.error.description, hasPlace: true).complaints
    }
    verdict.complaints += answers.disagreements(model)
    return verdict
  }
  return refused("\(model): \(refusal.error.kind)", refusal.error.description, hasPlace: true)
}

/// A refusal is one line of moderate length that says where and what.
func refused(_ outcome: String, _ text: String, hasPlace: Bool) -> Verdict {
  var verdict = Verdict(outcome: outcome)
  let halves = text.split(separator: ": ", maxSplits: 1)
  if text.isEmpty || (hasPlace && halves.count < 2 && text != "the file is empty") {
    verdict.complain("refusal-without-place", text)
  }
  if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
    verdict.complain("refusal-of-several-lines", text)
  }
  if text.utf8.count > 1000 { verdict.complain("refusal-too-long", "\(text.utf8.count) bytes") }
  return verdict
}
