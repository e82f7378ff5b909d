import GSL
public import Models
import Probability

extension BayesianMixture {
  /// The posterior of the labels by every labelled assignment: the twin of ``SubsetLaw``.
  func visitedAssignments(_ evidence: AssignmentEvidence) -> VisitedStates<[Int]> {
    VisitedStates { each in
      try forEachPath(
        states: componentCount, length: evidence.observationCount,
        in: 0..<Int(power(componentCount, evidence.observationCount))
      ) { labels in
        let logWeight = sets(of: labels).enumerated().reduce(DoubleDouble(0)) {
          $0 + evidence.logWeight($1.offset, $1.element)
        }
        try each(labels, (logWeight + DoubleDouble(evidence.logNormaliser)).value)
      }
    }
  }

  /// The same, if there are no more assignments than are allowed.
  func visitedAssignments(
    _ observations: [[Double]], _ request: ExactRequest
  ) throws(ExactRefusal) -> VisitedStates<[Int]> {
    try request.require(
      min(power(componentCount, observations.count), 0x1p63),
      "concentration: \(componentCount) components, \(observations.count) observations")
    return visitedAssignments(try assignmentEvidence(observations))
  }

  /// The dynamic program, if it has no more terms than are allowed.
  func subsetLaw(
    _ observations: [[Double]], _ request: ExactRequest
  ) throws(ExactRefusal) -> SubsetLaw {
    let (components, points) = (componentCount, observations.count)
    let what = "concentration: \(components) components, \(points) observations"
    try request.require(
      BayesianMixturePosterior.subsetTermCount(components: components, observations: points), what)
    try request.requireMemory(for: 8 * Double(components + 1) * power(2, points), what)
    return SubsetLaw(try assignmentEvidence(observations))
  }

  /// What every route needs, where the logarithms differ by so little that doubles hold the differences.
  private func assignmentEvidence(
    _ observations: [[Double]]
  ) throws(ExactRefusal) -> AssignmentEvidence {
    let evidence = try fitting { () throws(ModelError) in
      try AssignmentEvidence(self, observations)
    }
    guard evidence.largestMagnitude < 0x1p17 else { throw .imprecise("observations") }
    return evidence
  }

  /// The posterior of the labels, by the route that was asked for.
  public func hiddenLaw(
    _ observations: [[Double]], _ request: ExactRequest
  ) throws(ExactRefusal) -> any HiddenStateLaw<[Int]> {
    if request.route == .bruteForce { return try visitedAssignments(observations, request) }
    return try subsetLaw(observations, request)
  }

  /// How many observations each component is expected to have, and how many components are expected to have any.
  public func expectedSizes(
    _ observations: [[Double]], _ request: ExactRequest
  ) throws -> (sizes: [Double], clusters: Double) {
    func numbers(_ sets: [Int]) -> [Double] {
      sets.map { Double($0.nonzeroBitCount) } + [Double(sets.count { $0 != 0 })]
    }
    if request.route == .bruteForce {
      let mean = try visitedAssignments(observations, request).mean(of: componentCount + 1) {
        numbers(sets(of: $0))
      }
      return (Array((mean ?? []).prefix(componentCount)), mean?.last ?? 0)
    }
    let shares = try subsetLaw(observations, request).descend().shares
    let sizes = shares.map { row in
      row.enumerated().reduce(0.0) { $0 + $1.element * Double($1.offset.nonzeroBitCount) }
    }
    return (sizes, shares.reduce(0) { $0 + $1.dropFirst().reduce(0, +) })
  }
}
