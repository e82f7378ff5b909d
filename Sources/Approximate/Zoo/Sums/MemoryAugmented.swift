public import Models
public import Probability

extension DiscreteZoo {
  static let memoryAugmented = DiscreteEstimator(
    "memory-augmented",
    formula: "w f_i s_i + (1 − w) f_j s_j,  i in memory, j outside, w = max(m, clip)",
    papers: ["Liang, Norouzi, Berant, Le, Lao 2018"], scope: .states,
    settings: [
      ZooSetting("memory", .states, "the states that are remembered, of mass m"),
      ZooSetting("clip", .share, or: .number(0), "the least weight of the memory"),
    ],
    repetition: .averaged,
    bias: .biased("unbiased where the clip is no more than the mass of the memory") {
      problem, settings in
      guard let memory = try? MemoryAugmented(problem.law, settings) else { return false }
      return memory.weight <= memory.mass
    }
  ) { problem, settings throws(ZooError) in try MemoryAugmented(problem.law, settings) }
}

/// One draw from a memory of good states and one from outside it.
///
/// ```
/// g = w f(i) s(i) + (1 − w) f(j) s(j),    i ~ q in the memory, j ~ q outside,  w = max(q(memory), clip)
/// ```
/// Stratified by whether a state is remembered: unbiased for w = q(memory). The clip keeps the memory
/// from being forgotten early on, and biases. Reference: Liang et al. 2018 (MAPO).
public struct MemoryAugmented: ZooProgram {
  let (inside, outside): ([Int], [Int])
  let mass: Double
  let weight: Double

  init(_ law: StateLaw, _ settings: ZooSettings) throws(ZooError) {
    let memory = Set(try settings.counts("memory"))
    inside = law.points.indices.filter { memory.contains($0) }
    outside = law.points.indices.filter { !memory.contains($0) }
    mass = inside.reduce(0) { $0 + law.probabilities[$1] }
    weight = outside.isEmpty ? 1 : max(mass, try settings.number("clip"))
  }

  // listing: zoo memory-augmented
  /// A draw of each stratum, weighted.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var estimate = problem.law.logits.map { _ in 0.0 }
    for (stratum, weight) in [(inside, weight), (outside, 1 - weight)] where !stratum.isEmpty {
      let q = stratum.map { problem.law.probabilities[$0] }
      let mass = q.reduce(0, +)
      guard mass > 0 else { continue }
      let z = stratum[try choices.choose(q.map { $0 / mass })]
      for (d, s) in problem.law.score(z).enumerated() {
        estimate[d] += weight * problem.signals[z] * s
      }
    }
    return estimate
  }
  // end of listing
}
