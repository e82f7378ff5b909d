import Exact
import Interchange
import JSONText

/// What the oracle says to one spec, by every route.
struct Answers {
  let spec: JSON
  let maxStates: Double
  private(set) var found: [(route: String, answer: OracleAnswer)] = []
  private(set) var refusals: [(route: String, error: OracleRefusal)] = []

  init(spec: JSON, maxStates: Double) {
    self.spec = spec
    self.maxStates = maxStates
  }

  static let routes: [(name: String, method: ExactRoute?)] = [
    ("default", nil), ("structured", .structured), ("brute-force", .bruteForce),
  ]

  mutating func ask() {
    for route in Answers.routes {
      do throws(OracleRefusal) {
        let request = ExactRequest(route: route.method, maxStates: maxStates)
        found.append((route.name, try oracle(JSONPlace(spec), request)))
      } catch {
        refusals.append((route.name, error))
        // What cannot be read, cannot be read by any route.
        if case .unreadable = error, found.isEmpty, refusals.count == 1 { return }
      }
    }
  }

  /// The members of an answer that every route must find alike: not how it was found, not what was drawn, and of
  /// several best states only how probable they are.
  func members(_ route: String) -> JSON? {
    guard let answer = found.first(where: { $0.route == route })?.answer else { return nil }
    return .object(
      answer.members.filter { $0.key != "samples" }.map { key, value in
        guard key == "explanation" else { return (key: key, value: value) }
        return (
          key: key,
          value: value.mapped { _, part in
            part["logProbability"].map { ["logProbability": $0] } ?? part
          }
        )
      })
  }
}

// MARK: Routes against each other

extension Answers {
  /// Two routes to one answer must lead to the same numbers, and what one finds must not be out of
  /// range for the other.
  func disagreements(_ model: String) -> [Complaint] {
    var complaints: [Complaint] = []
    // Where numbers are huge, one route may leave the doubles before another does.
    let isModerate = spec.allNumbers.allSatisfy { $0.magnitude < 1e6 }
    for refusal in refusals
    where isModerate && !found.isEmpty && refusal.route != "brute-force" {
      if case .unanswered(.overflow) = refusal.error {
        complaints.append(
          Complaint(kind: "overflow-\(model)", message: "\(refusal.route): \(refusal.error)"))
      }
    }
    guard let exact = members("brute-force"), let fast = members("structured") else {
      return complaints
    }
    if let message = disagreement(exact, fast, tolerances: nil),
      let still = disagreement(exact, fast, tolerances: rounding())
    {
      complaints.append(
        Complaint(kind: "routes-\(model)", message: "\(still) (at first \(message))"))
    }
    return complaints
  }

  /// How far every number of the answer moves when the spec's numbers move in their last places.
  ///
  /// No route can be asked for more; the steadier one of the two is the measure.
  private func rounding() -> JSON? {
    var spreads: [JSON] = []
    for route in ["brute-force", "structured"] {
      guard let centre = members(route) else { return nil }
      var spread = centre.mapped { _, value in value.double.map { _ in .number(0) } ?? value }
      for seed in 1...3 as ClosedRange<UInt64> {
        var moved = Answers(spec: perturbed(spec, seed: seed), maxStates: maxStates)
        moved.ask()
        guard let other = moved.members(route) else { continue }
        spread = combining(spread, distance(centre, other), max)
      }
      spreads.append(spread)
    }
    return combining(spreads[0], spreads[1], min)
  }
}

/// The first place where two answers differ by more than 1e-9 max(1, |x|) and a thousand times the
/// effect of rounding the input.
func disagreement(_ left: JSON, _ right: JSON, tolerances: JSON?, path: String = "") -> String? {
  switch (left, right) {
  case (.number(let a), .number(let b)):
    let rounding = 1000 * (tolerances?.double ?? 0)
    let isClose = abs(a - b) <= 1e-9 * max(1, a.magnitude) + rounding || a == b
    return isClose ? nil : "\(path): \(a) by brute force, \(b) by structure"
  case (.array(let a), .array(let b)) where a.count == b.count:
    let parts = tolerances?.elements ?? []
    for index in a.indices {
      let part = parts.count == a.count ? parts[index] : nil
      let message = disagreement(
        a[index], b[index], tolerances: part, path: "\(path)[\(index)]")
      if let message { return message }
    }
    return nil
  case (.object(let a), .object(let b)) where a.map(\.key) == b.map(\.key):
    for (own, other) in zip(a, b) {
      let message = disagreement(
        own.value, other.value, tolerances: tolerances?[own.key], path: "\(path).\(own.key)")
      if let message { return message }
    }
    return nil
  default:
    return left == right ? nil : "\(path): \(left.text().prefix(60)), \(right.text().prefix(60))"
  }
}

/// Two trees of one shape put together number by number; where shapes differ, the first.
private func combining(
  _ left: JSON, _ right: JSON, _ combine: (Double, Double) -> Double
) -> JSON {
  switch (left, right) {
  case (.number(let a), .number(let b)): .number(combine(a, b))
  case (.array(let a), .array(let b)) where a.count == b.count:
    .array(zip(a, b).map { combining($0, $1, combine) })
  case (.object(let a), .object(let b)) where a.count == b.count:
    .object(zip(a, b).map { ($0.key, combining($0.value, $1.value, combine)) })
  default: left
  }
}

private func distance(_ left: JSON, _ right: JSON) -> JSON {
  combining(left, right) { abs($0 - $1) }
}

/// Every number moved by a few units in its last place, equal numbers alike (so that what is
/// symmetric stays so); zeros, ones and the indices among the observations stay.
private func perturbed(_ spec: JSON, seed: UInt64) -> JSON {
  spec.mapped { key, value in
    guard case .number(let number) = value, number != 0, number.magnitude != 1 else { return value }
    if key == "observations", number == number.rounded() { return value }
    if ["samples", "seed"].contains(key) { return value }
    var chance = Chance(seed: seed &+ number.magnitude.bitPattern)
    let moved = number * (1 + (chance.unit() - 0.5) * 0x1p-50)
    return .number(moved.isFinite ? moved : number)
  }
}
