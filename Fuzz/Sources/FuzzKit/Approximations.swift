import Exact
import Foundation
import Interchange
import JSONText

/// Asks for an approximation and checks the answer: the way of a spec with the key `approximation`.
func judgeApproximation(_ spec: JSON, _ most: Double) -> Verdict {
  let kind =
    spec["approximation"]?.word.map { approximations.contains($0) ? $0 : "other" } ?? "none"
  do throws(OracleRefusal) {
    let request = ExactRequest(maxStates: most, maxOutcomes: most)
    let answer = try approximation(JSONPlace(spec), request)
    var verdict = Verdict(outcome: "\(kind): answered")
    for message in complaints(about: answer, to: spec) {
      verdict.complain("answer-\(kind)", message)
    }
    return verdict
  } catch {
    return refused("\(kind): \(error.kind)", error.description, hasPlace: true)
  }
}

extension OracleRefusal {
  /// What kind of refusal it is, in a word or two.
  var kind: String {
    switch self {
    case .unreadable, .unanswered(.misfit): "refused"
    case .unanswered(.tooManyStates), .unanswered(.tooManyCells), .tooManyOutcomes: "too much work"
    case .unanswered(.overflow): "overflow"
    case .unanswered(.imprecise), .unanswered(.lossy), .unanswered(.undecided): "imprecise"
    case .unanswered(.unfit), .unanswered(.foreign), .unanswered(.undivided): "unfit"
    case .unvisited: "unvisited"
    case .uncomputed: "uncomputed"
    }
  }
}

/// What is wrong with an approximation's answer, whatever the right one is.
func complaints(about answer: ApproximationAnswer, to spec: JSON) -> [String] {
  let members = JSON.object(answer.members)
  var check = AnswerCheck(spec: spec, answer: members)
  check.finiteness(members, "")
  check.require(
    (try? JSON(parsing: answer.json.text())) != nil, "its text does not read back")
  for (name, count) in answer.work {
    check.require(count >= 0 && count.isFinite, "work: \(count) \(name)")
  }
  check.sections(answer.sections)
  check.approximation()
  return check.complaints
}

// MARK: Laws

extension AnswerCheck {
  mutating func approximation() {
    bounded(answer, "")
    switch spec["approximation"]?.word {
    case "importance": importance()
    case "laplace", "gaussian-vi": gaussian()
    case "markov-chain": chain()
    case "particle-filter": particles()
    case "structured-mean-field": sweeps()
    case "wake-sleep": wakeSleep()
    default: break
    }
  }

  /// A bound never exceeds the evidence beside it, beyond rounding.
  private mutating func below(_ bound: Double?, _ evidence: Double?, _ what: String) {
    guard let bound, let evidence else { return }
    let size = max(1, bound.magnitude, evidence.magnitude)
    let isBelow = bound == evidence || bound <= evidence + 1e-8 * size
    require(isBelow, "\(what) \(bound) above the evidence \(evidence)")
  }

  /// Wherever `elbo` and `logEvidence` stand together; what Laplace's method says of the evidence bounds nothing.
  private mutating func bounded(_ value: JSON, _ path: String) {
    guard case .object(let members) = value else { return }
    below(value["elbo"]?.double, value["logEvidence"]?.double, "\(path).elbo")
    for member in members where member.key != "laplace" {
      bounded(member.value, "\(path).\(member.key)")
    }
  }

  /// Divergences in both directions, and a covariance with variances above zero.
  private mutating func gaussian() {
    for key in ["klQP", "klPQ"] {
      guard let value = answer[key]?.double else { continue }
      require(value >= -1e-8, "\(key) is \(value)")
    }
    for (k, row) in (answer["covariance"]?.elements ?? []).enumerated() {
      require((row.elements[k].double ?? .nan) > 0, "a variance that is not above zero")
    }
    guard spec["covariance"]?.word == "full" else { return }
    below(
      answer["laplace"]?["elbo"]?.double, answer["elbo"]?.double, "the ELBO of Laplace's Gaussian")
  }

  private mutating func importance() {
    let states = spec["joint"]?.elements.count ?? 0
    distribution(answer["posterior"] ?? .null, count: states, "posterior")
    var last = -Double.infinity
    for samples in 1...3 {
      let law = answer["samples"]?["K\(samples)"] ?? .null
      distribution(law["selfNormalised"] ?? .null, count: states, "selfNormalised")
      let bound = law["bound"]?.double ?? .nan
      below(bound, answer["logEvidence"]?.double, "the bound of \(samples)")
      require(bound >= last - 1e-8 * max(1, bound.magnitude), "bounds \(last), then \(bound)")
      last = bound
      let size = law["effectiveSampleSize"]?.double ?? .nan
      require((1 - 1e-9)...(Double(samples) + 1e-9) ~= size, "effective size \(size) of \(samples)")
      for variance in law["gradient"]?["variances"]?.allNumbers ?? [] {
        require(variance >= 0, "a variance of \(variance)")
      }
    }
  }

  private mutating func particles() {
    let states = spec["initial"]?.elements.count ?? 0
    let evidence = answer["logEvidence"]?.double.map { exp($0) } ?? 0
    for count in 1...3 {
      let law = answer["particles"]?["N\(count)"] ?? .null
      let mean = law["expectedEvidence"]?.double ?? .nan
      require(abs(mean - evidence) <= 1e-9, "a mean of \(mean), the evidence being \(evidence)")
      let dead = law["extinction"]?.double ?? .nan
      require(-1e-9...(1 + 1e-9) ~= dead, "a probability of \(dead) to die out")
      require((law["varianceOfEvidence"]?.double ?? .nan) >= 0, "a variance below zero")
      // E[log Ẑ] ≤ log E[Ẑ], and is minus infinity where a run can die out.
      let log = law["expectedLogEvidence"]?.double ?? .nan
      below(log, answer["logEvidence"]?.double, "the mean log evidence of \(count)")
      require(log.isFinite ? dead <= 1e-9 : dead > 0, "\(log), and \(dead) to die out")
      if let filter = law["expectedFilter"], filter != .null {
        distribution(filter, count: states, "expectedFilter")
      }
    }
  }

  /// The bound never falls, in either half of a sweep, and q(s) is a law.
  private mutating func sweeps() {
    let states = spec["initialState"]?.elements.count ?? 0
    var last = -Double.infinity
    for sweep in answer["sweeps"]?.elements ?? [] {
      for half in ["afterContinuous", "afterDiscrete"] {
        let bound = sweep[half]?.double ?? .nan
        let slack = 1e-8 * max(1, last.isFinite ? last.magnitude : 1)
        require(bound >= last - slack, "\(half): \(bound) after \(last)")
        last = bound
      }
    }
    for (step, row) in (answer["stateMarginals"]?.elements ?? []).enumerated() {
      distribution(row, count: states, "stateMarginals[\(step)]")
    }
  }

  private mutating func chain() {
    let rows = answer["transition"]?.elements ?? []
    for (index, row) in rows.enumerated() {
      distribution(row, count: rows.count, "transition[\(index)]")
    }
    distribution(answer["stationary"] ?? .null, count: rows.count, "stationary")
    var last = 1 + 1e-9
    for distance in answer["totalVariation"]?.allNumbers ?? [] {
      require(-1e-9...(last + 1e-9) ~= distance, "a distance of \(distance) after \(last)")
      last = distance
    }
    if let second = answer["secondEigenvalueModulus"]?.double {
      require(0...1 ~= second, "an eigenvalue of \(second)")
    }
  }

  private mutating func wakeSleep() {
    for key in ["klQP", "klPQ"] {
      for value in answer[key]?.allNumbers ?? [] { require(value >= -1e-8, "\(key) is \(value)") }
    }
    for (bound, evidence) in zip(
      answer["elbo"]?.allNumbers ?? [], answer["logEvidence"]?.allNumbers ?? [])
    { below(bound, evidence, "elbo") }
    for member in ["recognition", "recognitionData", "generative", "joint"] {
      guard let cosine = answer["cosines"]?[member]?.double else { continue }
      require((-1 - 1e-9)...(1 + 1e-9) ~= cosine, "cosines.\(member) is \(cosine)")
    }
  }
}
