import Approximate
import Curriculum
import GSL
import Interchange
import JSONText
import LessonKit
import Models
import Probability
import Testing

@testable import LessonRunner

private func moments(
  _ text: String, _ options: String...
) -> (status: LessonRunner.ExitStatus, written: Collected) {
  call("moments", on: text, options, course: .real)
}

private func golden(_ name: String) throws -> String {
  let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  let path = root + "/Reference/golden/estimator-cases/\(name).json"
  return String(decoding: try Disk().read(path, limit: 1 << 20), as: UTF8.self)
}

/// Where an answer differs from what is wanted, by the rule of the oracle format.
private func differences(_ want: JSON, _ got: JSON?, tolerance: Double, _ path: String = "")
  -> [String]
{
  switch (want, got) {
  case (.object(let members), _):
    return members.flatMap {
      differences($0.value, got?[$0.key], tolerance: tolerance, path + "/" + $0.key)
    }
  case (.array(let elements), .array(let found)) where elements.count == found.count:
    return zip(elements, found).enumerated().flatMap {
      differences($1.0, $1.1, tolerance: tolerance, path + "[\($0)]")
    }
  case (.number(let a), .number(let b)):
    return abs(a - b) <= tolerance * max(1, abs(a)) ? [] : ["\(path): \(b), wanted \(a)"]
  case (let a, let b): return a == b ? [] : ["\(path): \(String(describing: b)), wanted \(a)"]
  }
}

@Suite("lessons moments")
struct MomentsTests {
  // Catches: any estimator, bound or key that is not what the format says.
  @Test(
    "The golden cases are answered to 1e-9",
    arguments: ["estimator-two-factors", "estimator-three-factors"])
  func goldenCases(name: String) throws {
    let text = try golden(name)
    let (status, written) = moments(text, "--json")
    #expect(status == .held && written.complaints.isEmpty)
    let expected = try #require(try JSON(parsing: text)["expected"])
    #expect(differences(expected, try JSON(parsing: written.output), tolerance: 1e-9) == [])
  }

  @Test("The number of outcomes is 2^(D·S)")
  func outcomes() throws {
    let (_, written) = moments(try golden("estimator-three-factors"), "--json")
    let answer = try JSON(parsing: written.output)
    #expect(answer["scoreFunction"]?["S1"]?["outcomes"] == 8)
    #expect(answer["leaveOneOut"]?["S2"]?["outcomes"] == 64)
  }

  private func text(
    prior: String = "[0.3, 0.6]", q: String = "[0.4, 0.7]",
    weights: String = "[[1, 0, -1], [0, 2, 0.5]]", document: String = "[0, 1, 1]",
    more: String = ""
  ) -> String {
    """
    {"spec": {"model": "latent-factor", "prior": \(prior), "weights": \(weights),
     "bias": [0.1, 0, -0.2], "observations": [\(document)]},
     "q": {"probabilities": \(q)}, "constantBaseline": -4\(more)}
    """
  }

  // Brute force that shares nothing with the library but log and exp.
  @Test(
    "Other cases agree with brute force",
    arguments: [
      ("[0.3, 0.6]", "[[1, 0, -1], [0, 2, 0.5]]", "[]"),
      ("[0.3, 0.6]", "[[300, 0, -300], [-300, 250, 0.5]]", "[0, 1, 2, 2]"),
      ("[0.01, 0.99]", "[[1, 0, -1], [0, 2, 0.5]]", "[0, 1, 1, 2, 2, 2, 2, 0, 0, 1, 0, 2]"),
    ])
  func brute(prior: String, weights: String, document: String) throws {
    let text = text(prior: prior, weights: weights, document: document)
    let (_, written) = moments(text, "--json")
    let answer = try JSON(parsing: written.output)
    let given = try EstimatorCase(JSONPlace(try JSON(parsing: text)))
    let b = given.q.probabilities
    let states = (0..<4).map { [Double($0 & 1), Double($0 >> 1)] }
    let q: [Double] = states.map { z in
      let first: Double = z[0] == 1 ? b[0] : 1 - b[0]
      let other: Double = z[1] == 1 ? b[1] : 1 - b[1]
      return first * other
    }
    let f = zip(states, q).map { given.document.logJoint($0) - log($1) }
    var mean = [0.0, 0.0]
    var second = [0.0, 0.0]
    for one in 0..<4 {
      for other in 0..<4 {
        let weight = q[one] * q[other]
        let difference: Double = f[one] - f[other]
        for d in 0..<2 {
          let g: Double = 0.5 * difference * (states[one][d] - states[other][d])
          mean[d] += weight * g
          second[d] += weight * g * g
        }
      }
    }
    let elbo: Double = (0..<4).reduce(0) { $0 + q[$1] * f[$1] }
    let variances: [Double] = (0..<2).map { second[$0] - mean[$0] * mean[$0] }
    let wanted: JSON = [
      "elbo": .number(elbo),
      "exactGradient": .numbers(mean),
      "leaveOneOut": [
        "S2": [
          "mean": .numbers(mean),
          "variances": .numbers(variances),
        ]
      ],
    ]
    #expect(differences(wanted, answer, tolerance: 1e-9) == [])
  }

  @Test("Five factors are answered, with K = 3 over all multisets")
  func fiveFactors() throws {
    let row = "[1, -0.5, 0.2]"
    let text = text(
      prior: "[0.1, 0.3, 0.5, 0.7, 0.2]", q: "[0.2, 0.2, 0.6, 0.5, 0.35]",
      weights: "[\(row), [0.3, 0, -2], \(row), [0, 0, 1], [0.1, 0.2, 0.3]]")
    let (status, written) = moments(text, "--json")
    #expect(status == .held)
    let answer = try JSON(parsing: written.output)
    #expect(answer["scoreFunction"]?["S2"]?["outcomes"] == 1024)
    guard case .number(let evidence)? = answer["logEvidence"],
      case .number(let third)? = answer["importanceWeightedBound"]?["K3"],
      case .number(let second)? = answer["importanceWeightedBound"]?["K2"]
    else {
      Issue.record("missing keys")
      return
    }
    #expect(second < third && third < evidence)
  }

  // Catches: 0·log 0 as NaN, 0/0 printed as a number, −∞ as a crash.
  @Test("Certain bits: what is defined is a number, what is not is null")
  func certain() throws {
    let (status, written) = moments(text(q: "[1, 0.7]"), "--json")
    #expect(status == .held)
    let answer = try JSON(parsing: written.output)
    let plain = answer["scoreFunction"]?["S2"]
    #expect(plain?["outcomes"] == 4)
    guard case .array(let mean)? = plain?["mean"],
      case .array(let variances)? = plain?["variances"],
      case .array(let baselines)? = answer["optimalConstantBaseline"]?["baselines"]
    else {
      Issue.record("missing keys")
      return
    }
    #expect(mean[0] == 0 && variances[0] == 0 && baselines[0] == .null && baselines[1] != .null)
  }

  @Test("A prior of zero under a q of zero is no obstacle")
  func absent() throws {
    let (status, written) = moments(text(prior: "[0, 0.6]", q: "[0, 0.7]"), "--json")
    #expect(status == .held && !written.output.contains("-inf"))
  }

  @Test("Where q stands on an impossible state the bound is -inf and the rest is null")
  func impossible() throws {
    for q in ["[0.4, 0.7]", "[1, 0.7]", "[1, 1]"] {
      let (status, written) = moments(text(prior: "[0, 0.6]", q: q), "--json")
      #expect(status == .held)
      let answer = try JSON(parsing: written.output)
      #expect(answer["elbo"] == "-inf" && answer["exactGradient"] == .null)
      #expect(answer["scoreFunction"]?["S1"]?["mean"] == .null)
      #expect(answer["importanceWeightedBound"]?["K3"] == "-inf")
      guard case .number? = answer["logEvidence"] else {
        Issue.record("log evidence is finite")
        return
      }
    }
  }

  /// Whether two answers have the same numbers: one of a program that is run, one from tables.
  private func agree(_ one: JSON, _ other: JSON) -> Bool {
    switch (one, other) {
    case (.array(let one), .array(let other)):
      one.count == other.count && zip(one, other).allSatisfy { agree($0, $1) }
    case (.object(let one), .object(let other)):
      one.map { $0.key } == other.map { $0.key }
        && zip(one, other).allSatisfy { agree($0.value, $1.value) }
    default:
      if let one = try? JSONPlace(one).number(), let other = try? JSONPlace(other).number() {
        abs(one - other) <= 1e-12 * max(1, abs(one))
      } else {
        one == other
      }
    }
  }

  @Test("A mistake moves the numbers and is told from the estimator")
  func mistakes() throws {
    let text = try golden("estimator-two-factors")
    let (_, right) = moments(text, "--json")
    for name in Catalogue.estimatorMistakes.map(\.name) {
      let (status, written) = moments(text, "--json", "--mistake", name)
      let (found, wanted) = (try JSON(parsing: written.output), try JSON(parsing: right.output))
      let moved = ["constantBaseline", "leaveOneOut"].contains {
        !agree(found[$0] ?? .null, wanted[$0] ?? .null)
      }
      // Slips in what is remembered cannot show in one step from a given memory.
      #expect((status == .failed) == moved, "\(name): \(written.complaints)")
    }
    let (status, written) = moments(text, "--mistake", "leaks-its-sample")
    #expect(status == .failed)
    #expect(written.output.contains("0.9 times the exact value"))
    // Of two samples the other one is all the others: not seen, and said so.
    let (unseen, words) = moments(text, "--mistake", "takes-the-next")
    #expect(unseen == .held && words.output.contains("No estimator here shows this mistake"))
    let (elsewhere, reason) = moments(text, "--mistake", "forgets-the-mass")
    #expect(elsewhere == .unusable && reason.complaints.contains("belongs to exercise bound-forms"))
    #expect(written.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  // Catches: an allowance for rounding under which a small bias is none.
  @Test("An estimator that is off by 1e-9 is told from the right one")
  func slightlyWrong() throws {
    let given = try EstimatorCase(JSONPlace(try JSON(parsing: text())))
    func holds(offBy bias: Double) throws -> Bool {
      let mistake = EstimatorMistake("moved", inPlaceOf: [.scoreFunction]) { setting in
        let right = EstimatorList(constants: setting.constants).program(.scoreFunction)
        return EstimatorProgram { bound, samples, choices in
          try right(bound, samples, &choices).map { $0 + bias }
        }
      }
      return try MomentsReport(given, mistake: mistake, cap: 1000).holds
    }
    #expect(try holds(offBy: 0))
    #expect(try !holds(offBy: 1e-9))
  }

  @Test(
    "Bad input gets one line with the place and the reason, and nothing on standard output",
    arguments: [
      ("", "empty"), ("{", "line 1"), ("3", "top level: expected an object"),
      ("{\"spec\": 1}", "missing key"),
      ("{\"spec\": 1, \"q\": 2, \"constantBaseline\": NaN}", "NaN"),
    ])
  func badInput(text: String, words: String) {
    refused(text, words)
  }

  private func refused(_ text: String, _ words: String, _ options: String...) {
    let (status, written) = call("moments", on: text, options, course: .real)
    #expect(status == .unusable, "\(text)")
    #expect(written.output.isEmpty)
    #expect(written.complaints.contains(words), "\(written.complaints)")
    #expect(written.complaints.split(separator: "\n").count == 1)
  }

  @Test("A case that does not fit together is refused with its place")
  func badCase() {
    refused(text(prior: "[0.3, -0.6]"), "spec.prior[1]: expected a probability")
    refused(text(prior: "[0.3]"), "spec.weights: expected")
    refused(text(q: "[0.3]"), "q.probabilities: expected")
    refused(text(q: "[0.3, 1.5]"), "q.probabilities[1]: expected a probability")
    refused(text(document: "[0, 3]"), "spec.observations[0][1]: expected")
    refused(text(document: "[0], [1]"), "spec.observations: expected 1 document, found 2")
    refused(text(more: ", \"extra\": 1"), "unknown key \"extra\"")
    refused(text(weights: "[[1, 0], [0, 2]]"), "spec.weights[0]: expected")
    refused(text(weights: "[[1e308, 0, -1e308], [1e308, 2, 0.5]]"), "overflow")
    refused("[]", "expected an object")
  }

  @Test("Too many outcomes are refused with the count and the option that allows them")
  func cap() throws {
    refused(text(), "2^4 = 16 outcomes, the cap is 15; --max-outcomes", "--max-outcomes", "15")
    let many = (0..<40).map { _ in "0.5" }.joined(separator: ", ")
    let rows = (0..<40).map { _ in "[1, 0, 0]" }.joined(separator: ", ")
    refused(text(prior: "[\(many)]", q: "[\(many)]", weights: "[\(rows)]"), "2^80 outcomes")
    refused(
      text(), "the importance-weighted bound of 3 samples has 20 terms, the cap is 19",
      "--max-outcomes", "19")
    // All 16 outcomes of an estimator are allowed then, and the bounds are looked at.
    refused(text(), "has 20 terms, the cap is 16", "--max-outcomes", "16")
    let (status, _) = moments(text(), "--max-outcomes", "20")
    #expect(status == .held)
  }

  @Test("Name, expected and tolerance are not looked at")
  func ignored() {
    let (status, _) = moments(
      text(more: ", \"name\": 3, \"expected\": [], \"tolerance\": \"x\""), "--json")
    #expect(status == .held)
  }

  @Test("An unknown mistake gets the nearest name")
  func unknownMistake() throws {
    refused(text(), "nearest: wrong-sign", "--mistake", "wrong-sing")
  }
}
