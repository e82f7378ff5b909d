import Probability
import Testing

/// One way from a model to its answer, as a list of numbers.
struct Route<Model: Sendable>: Sendable, CustomTestStringConvertible {
  let name: String
  let answer: @Sendable (Model) throws -> [Double]

  init(_ name: String, _ answer: @escaping @Sendable (Model) throws -> [Double]) {
    self.name = name
    self.answer = answer
  }

  var testDescription: String { name }
}

/// Where two routes part on random models, or nil where they agree on all of them.
///
/// Each number may carry `roundings` roundings on either side, relative to the larger of one and
/// itself. The models come from one seed, so a verdict is the same on every run.
func disagreement<Model: Sendable>(
  _ one: Route<Model>, _ other: Route<Model>, models: Int = 60, roundings: Int,
  draw: (inout Cases) throws -> Model
) throws -> String? {
  for index in 0..<models {
    var cases = try Cases(seed: 7, stream: UInt64(index))
    let model = try draw(&cases)
    let (left, right) = (try one.answer(model), try other.answer(model))
    guard left.count == right.count else {
      return "model \(index): \(left.count) numbers against \(right.count)"
    }
    for (place, (l, r)) in zip(left, right).enumerated() where l != r {
      let allowed = 4 * Double(roundings) * Double.ulpOfOne * max(1, abs(l), abs(r))
      guard !(abs(l - r) <= allowed && allowed.isFinite) else { continue }
      return "model \(index), number \(place): \(l) against \(r)"
    }
  }
  return nil
}

/// Two routes that must agree, and faults in either of them that must break the agreement.
func expectAgreement<Model: Sendable>(
  _ one: Route<Model>, _ other: Route<Model>, faultsInOne: [Route<Model>],
  faultsInOther: [Route<Model>], roundings: Int, draw: (inout Cases) throws -> Model
) throws {
  let verdict = try disagreement(one, other, roundings: roundings, draw: draw)
  #expect(verdict == nil, "\(one.name) and \(other.name) part: \(verdict ?? "")")
  for fault in faultsInOne {
    let refusal = try disagreement(fault, other, roundings: roundings, draw: draw)
    #expect(refusal != nil, "\(other.name) does not notice: \(fault.name)")
  }
  for fault in faultsInOther {
    let refusal = try disagreement(one, fault, roundings: roundings, draw: draw)
    #expect(refusal != nil, "\(one.name) does not notice: \(fault.name)")
  }
}

extension Route {
  /// The same answer with every number off by a percent.
  func offByAPercent() -> Route {
    Route("\(name), every number off by a percent") { try answer($0).map { $0 * 1.01 } }
  }
}
