import GSL
public import Models
public import Probability

/// The posterior of the path of the chain of a switching system: every path, with a logarithm of 32 digits.
///
/// Logarithms may be of any size; what decides are their differences, which a double then holds.
public struct SwitchingPathLaw: HiddenStateLaw {
  /// The logarithm that all others are counted from.
  let base: DoubleDouble
  let paths: VisitedStates<[Int]>

  init(_ found: [(path: [Int], logJoint: DoubleDouble)]) {
    let base = found.first?.logJoint ?? DoubleDouble(0)
    self.base = base
    paths = VisitedStates { each in
      for (path, logJoint) in found { try each(path, logJoint.minus(base)) }
    }
  }

  /// P(path | y) of every possible path.
  func probabilities() throws -> [(path: [Int], probability: Double)] {
    var found: [([Int], Double)] = []
    try paths.visitShares { found.append(($0, $1)) }
    return found
  }

  /// The evidence of all paths.
  public var logEvidence: Double {
    get throws { (base + DoubleDouble(try paths.logEvidence)).high }
  }

  /// The most probable path.
  public var explanation: (state: [Int], logJoint: Double)? {
    get throws {
      try paths.explanation.map { ($0.state, (base + DoubleDouble($0.logJoint)).high) }
    }
  }

  /// The entropy of the path.
  public var entropy: Double? { get throws { try paths.entropy } }

  /// One choice among all paths for each.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws -> [[Int]]? { try paths.samples(count, &choices) }
}

extension SwitchingSequence {
  /// The law of the paths: by the tree of filters, where those that begin alike are filtered together, or by a dense
  /// law of all outputs for each.
  public func pathLaw(_ request: ExactRequest) throws -> SwitchingPathLaw {
    try request.requireMemory(
      for: SwitchingPosterior.pathCount(of: self) * Double(length + 4),
      "observations: paths over up to \(length) steps")
    var found: [(path: [Int], logJoint: DoubleDouble)] = []
    if request.route == .bruteForce {
      try forEachPath { path in
        guard let prior = system.logPrior(path) else { return }
        found.append((path, prior + DenseStateLaw(along(path)).logEvidence))
      }
    } else {
      _ = PrefixTree(self, DoubledFilter(self), progress: nil) { found.append(($0, $1)) }
    }
    return SwitchingPathLaw(found)
  }

  /// Every path of the chain, possible or not.
  func forEachPath(_ visit: ([Int]) throws -> Void) throws {
    let count = Int(min(max(1, SwitchingPosterior.pathCount(of: self)), 0x1p62))
    try Exact.forEachPath(states: system.modeCount, length: length, in: 0..<count, visit)
  }

  /// The outputs as those of a system whose dynamics change as a path says.
  func along(_ path: [Int]) -> DrivenSequence {
    DrivenSequence(self, along: path)
  }

  /// The law of the states along a path, or its beginning, by the route that was asked for; a refusal names the noise
  /// as this system does.
  func stateLaw(
    of steps: DrivenSequence, _ request: ExactRequest, at place: String
  ) throws(ExactRefusal) -> any NormalStateLaw {
    do { return try steps.stateLaw(request, at: place) } catch {
      guard case .misfit(let model) = error, model.place.hasPrefix("dynamicsNoise"),
        let noise = firstIndefiniteNoise
      else { throw error }
      throw .misfit(ModelError(noise, model.reason))
    }
  }

  /// The law of each state given all outputs, whatever the path: a mixture with one normal law a path.
  public func stateMoments(
    _ request: ExactRequest, at place: String
  ) throws -> [StateMoments] {
    let found = try pathLaw(request).probabilities().filter { $0.probability > 0 }
    let laws = try found.map { try stateLaw(of: along($0.path), request, at: place).smoothed }
    return (0..<length).map { t in
      StateMoments(mixing: zip(found, laws).map { (share: $0.probability, law: $1[t]) })
    }
  }
}
