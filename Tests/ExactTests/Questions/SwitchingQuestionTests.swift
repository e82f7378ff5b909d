import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("What is asked of switching systems") struct SwitchingQuestionTests {
  private static let brute = ExactRequest(route: .bruteForce)

  /// A random sequence of at most three steps; some transitions are impossible.
  private static func drawn(_ stream: Int) throws -> SwitchingSequence {
    var cases = try Cases(seed: 53, stream: UInt64(stream))
    let sequence = try SwitchingSequence.random(modes: 2...3, steps: 1...3, &cases)
    guard stream % 3 == 0 else { return sequence }
    let system = sequence.system
    var transition = system.transition
    transition[0] = transition[0].indices.map { $0 == 1 ? 1 : 0 }
    return SwitchingSequence(
      system: SwitchingLinearDynamicalSystem(
        checkedInitialState: system.initialState, transition: transition, systems: system.systems),
      checkedObservations: sequence.observations)
  }

  // Catches: a path of the tree named by the states of another, one of probability zero that is drawn, logarithms
  // without what they are counted from.
  @Test("The tree's paths are those of one dense law a path")
  func paths() throws {
    for stream in 0..<15 {
      let sequence = try Self.drawn(stream)
      let (tree, dense) = (
        try sequence.pathLaw(ExactRequest()), try sequence.pathLaw(Self.brute)
      )
      var joints: [([Int], Double)] = []
      try sequence.forEachPath { path in
        guard let prior = sequence.system.logPrior(path) else { return }
        let law = try StateSpacePosterior.measuredDense(of: sequence.along(path)).posterior
        joints.append((path, (prior + DoubleDouble(law.logEvidence.value)).high))
      }
      let twin = VisitedStates<[Int]> { each in
        for (path, logJoint) in joints { try each(path, logJoint) }
      }
      try expectSameLaw(tree, twin, "tree \(stream)")
      try expectSameLaw(dense, twin, "dense \(stream)")
    }
  }

  // Catches: means along one path taken for those of all; a covariance without what paths disagree by.
  @Test("Means and covariances whatever the path are those of the dense laws")
  func moments() throws {
    for stream in 0..<10 {
      let sequence = try Self.drawn(stream)
      let own = try sequence.stateMoments(ExactRequest(), at: "x")
      let all = try sequence.stateMoments(Self.brute, at: "x")
      #expect(own.count == sequence.length && all.count == own.count)
      for (one, other) in zip(own, all) {
        #expect(DrivenSystemTests.near(one.mean + one.covariance, other.mean + other.covariance))
      }
    }
  }

  // Catches: a covariance without what paths disagree by, on both routes alike.
  @Test("Two paths with opposite dynamics: the spread of their means is in the covariance")
  func spread() throws {
    let system = try SwitchingLinearDynamicalSystem(
      initialState: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]], initialMean: [3],
      initialCovariance: [[1e-6]], states: [([[1]], [[1e-6]]), ([[-1]], [[1e-6]])],
      emission: [[1]], emissionNoise: [[1]])
    let sequence = try system.observing(partly: [nil, nil])
    let last = try sequence.stateMoments(ExactRequest(), at: "x")[1]
    #expect(abs(last.mean[0]) < 1e-12 && abs(last.covariance[0] - 9 - 2e-6) < 1e-9)
  }

  // Catches: dynamics of one state of the chain that are moved by the steps of another; a transition that is
  // impossible and has no slope; a count that is not divided.
  @Test("Slopes are those of the dense laws and of the evidence, by differences")
  func slopes() throws {
    for stream in 0..<9 {
      let sequence = try Self.drawn(stream)
      let system = sequence.system
      var (own, all) = (SwitchingSlopes(zeroLike: system), SwitchingSlopes(zeroLike: system))
      try own.add(sequence, ExactRequest(), at: "x")
      try all.add(sequence, Self.brute, at: "x")
      #expect(DrivenSystemTests.near(own.numbers, all.numbers), "\(stream)")
      let h = 1e-5
      func evidence(_ initial: [Double], _ transition: [[Double]]) -> Double {
        SwitchingPosterior(
          of: SwitchingSequence(
            system: SwitchingLinearDynamicalSystem(
              checkedInitialState: initial, transition: transition, systems: system.systems),
            checkedObservations: sequence.observations)
        ).logEvidence.value
      }
      // An entry of 0 can only grow.
      func difference(_ p: Double, _ move: (Double) -> Double) -> Double {
        p == 0
          ? (4 * move(h) - move(2 * h) - 3 * move(0)) / (2 * h) : (move(h) - move(-h)) / (2 * h)
      }
      for (i, row) in system.transition.enumerated() {
        let ofInitial = difference(system.initialState[i]) { step in
          var initial = system.initialState
          initial[i] += step
          return evidence(initial, system.transition)
        }
        #expect(abs(own.initialState[i] - ofInitial) < 1e-6 * max(1, ofInitial), "\(stream)")
        for (j, p) in row.enumerated() {
          let found = difference(p) { step in
            var transition = system.transition
            transition[i][j] += step
            return evidence(system.initialState, transition)
          }
          #expect(
            abs(own.transition[i][j] - found) < 1e-5 * max(1, found),
            "\(stream) \(i) \(j): \(own.transition[i][j]), \(found)")
        }
      }
    }
  }

  // Catches: a sequence without steps that has no path, or whose slopes are not zero.
  @Test("A sequence without steps has one path, and nothing moves")
  func empty() throws {
    let drawn = try Self.drawn(1)
    let sequence = try drawn.system.observing(partly: [])
    for route in ExactRoute.allCases {
      let law = try sequence.pathLaw(ExactRequest(route: route))
      #expect(try law.explanation?.state == [] && law.entropy == 0)
      var slopes = SwitchingSlopes(zeroLike: drawn.system)
      try slopes.add(sequence, ExactRequest(route: route), at: "x")
      #expect(slopes.numbers.allSatisfy { $0 == 0 })
    }
  }
}

extension SwitchingSlopes {
  fileprivate var numbers: [Double] {
    let tables =
      [transition, initialCovariance, emission, emissionNoise] + dynamics + dynamicsNoise
    return initialState + initialMean + tables.flatMap { Array($0.joined()) }
  }
}
