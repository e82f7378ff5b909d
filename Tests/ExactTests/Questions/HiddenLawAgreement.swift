import GSL
import Models
import Probability
import Testing

@testable import Exact

/// Holds a structured law of what is hidden to the visit of every state.
///
/// The explanation must be a state whose log joint is the largest; the entropy is the definition's; and the sampler's
/// own code, run over every outcome of its choices, must return each state with its posterior probability.
func expectSameLaw<State: Hashable>(
  _ law: some HiddenStateLaw<State>, _ twin: VisitedStates<State>, _ label: String
) throws {
  var joints: [State: Double] = [:]
  try twin.visit { joints[$0] = $1.high }
  let logEvidence = try twin.logEvidence
  #expect(near(try law.logEvidence, logEvidence), "\(label)")
  guard logEvidence > -.infinity else {
    #expect(try law.explanation == nil && twin.explanation == nil, "\(label)")
    #expect(try law.entropy == nil && twin.entropy == nil, "\(label)")
    return
  }
  let best = try #require(try twin.explanation)
  let found = try #require(try law.explanation)
  #expect(near(found.logJoint, best.logJoint), "\(label): \(found) for \(best)")
  #expect(near(joints[found.state] ?? .nan, best.logJoint), "\(label): \(found) for \(best)")
  let terms = joints.values.filter { $0 > -.infinity }.map { logJoint in
    -exp(logJoint - logEvidence) * (logJoint - logEvidence)
  }
  let entropy = CompensatedSum(terms).value
  #expect(near(try #require(try law.entropy), entropy), "\(label)")
  #expect(near(try #require(try twin.entropy), entropy), "\(label)")
  try expectSampled(law, joints.mapValues { exp($0 - logEvidence) }, label)
  try expectSampled(twin, joints.mapValues { exp($0 - logEvidence) }, label)
}

private func expectSampled<State: Hashable>(
  _ law: some HiddenStateLaw<State>, _ posterior: [State: Double], _ label: String
) throws {
  var sampled: [State: Double] = [:]
  try forEachOutcome { choices in
    try law.samples(1, &choices)
  } visit: { states, probability in
    for state in states ?? [] { sampled[state, default: 0] += probability }
  }
  for (state, probability) in posterior {
    #expect(near(sampled[state] ?? 0, probability), "\(label): \(state)")
  }
  #expect(near(sampled.values.reduce(0, +), 1), "\(label)")
}

/// Equal to a few hundred roundings.
func near(_ a: Double, _ b: Double) -> Bool {
  a == b || abs(a - b) <= 1e-12 * max(1, abs(a), abs(b))
}
