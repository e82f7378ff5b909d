import Approximate
import JSONText
import LessonKit
import Probability
import Verification

extension MomentsReport {
  /// The answer with the keys of an estimator case's `expected`.
  ///
  /// What is undefined is null as a whole: the mean, not its components. A c_d that is 0/0 because
  /// its bit is certain is null alone.
  func json(mistake: String?) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("logEvidence", .number(logEvidence)), ("elbo", .number(elbo)),
      ("exactGradient", gradient.map { .numbers($0) } ?? .null),
    ]
    for kind in MomentsReport.estimators {
      var entry: [(key: String, value: JSON)] = []
      if kind == .optimalConstantBaseline {
        let baselines = optimalBaselines.map { all in
          JSON.array(all.map { one in one.map { .number($0) } ?? .null })
        }
        entry.append(("baselines", baselines ?? .null))
      }
      for row in rows where row.kind == kind { entry.append(("S\(row.samples)", row.json)) }
      members.append((kind.rawValue, .object(entry)))
    }
    let bounds = importanceWeighted.enumerated().map { k, value in
      (key: "K\(k + 1)", value: JSON.number(value))
    }
    members.append(("importanceWeightedBound", .object(bounds)))
    if let mistake { members.append(("mistake", .string(mistake))) }
    return .object(members)
  }

  /// The answer for a person.
  func text(mistake: String?) -> String {
    var lines: [String] = []
    if let mistake { lines += ["with the mistake \"\(mistake)\"", ""] }
    lines.append("log p(x)   \(Format.significant(logEvidence, digits: 12))   exact")
    lines.append("ELBO       \(Format.significant(elbo, digits: 12))   exact")
    let bounds = importanceWeighted.map { Format.significant($0, digits: 12) }
    lines.append("K = 2, 3   \(bounds[1])   \(bounds[2])   importance-weighted bounds, exact")
    lines.append(
      "∇ELBO      \(list(gradient))" + (gradient == nil ? "" : "   exact, by the logits of q"))
    if let optimalBaselines {
      let texts = optimalBaselines.map { one in one.map { Format.short($0) } ?? "undefined" }
      lines.append("c_d        (\(texts.joined(separator: ", ")))   constants of least variance")
    }
    lines += ["", "estimator                  S  variance (trace)  outcomes  mean"]
    lines += rows.map(\.text)
    if gradient == nil {
      lines += ["", "q gives weight to a state that the model excludes: ELBO = −∞, no gradient."]
    }
    if mistake != nil, holds, gradient != nil {
      lines += ["", "No estimator here shows this mistake; the exercise catches it."]
    }
    for row in rows {
      guard let judgement = row.judgement, !judgement.holds else { continue }
      lines += [""]
      lines += Wrapping.paragraph(
        judgement.words, width: 80, first: "\(row.kind.words), S = \(row.samples): ", rest: "    ")
    }
    if gradient != nil {
      lines += [
        "", "Every moment is exact: each estimator was run on every outcome of its choices.",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func list(_ numbers: [Double]?) -> String {
    guard let numbers else { return "undefined" }
    return "(" + numbers.map { Format.short($0) }.joined(separator: ", ") + ")"
  }
}

extension MomentsReport.Row {
  fileprivate var json: JSON {
    guard let moments else {
      return ["mean": nil, "variances": nil, "covarianceTrace": nil, "outcomes": nil]
    }
    return .object([
      ("mean", .numbers(moments.mean)), ("variances", .numbers(moments.variances)),
      ("covarianceTrace", .number(moments.covarianceTrace)),
      ("outcomes", .integer(moments.outcomes)),
    ])
  }

  fileprivate var text: String {
    let name = kind.words.padded(to: 27) + "\(samples)  "
    guard let moments, let judgement else { return name + "undefined" }
    let trace = Format.significant(moments.covarianceTrace, digits: 8)
    return name + trace.padded(to: 18) + "\(moments.outcomes)".padded(to: 10)
      + (judgement.mean == .unbiased ? "unbiased" : "not ∇ELBO")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
