import GSL
public import Models
import Probability

/// The slopes of the log evidence of switching sequences, by every parameter of their system and in its shape.
///
/// ```
/// ∂ log p(y) = Σ_s P(s | y) [∂ log p(y | s) + ∂ log p(s)]
/// ```
/// An entry p of the chain's tables counts for itself: its slope is the expected count over p, and where p is 0 the
/// sum over the paths that use it once of what they have beside it, over p(y).
public struct SwitchingSlopes: Sendable {
  /// By P(s_0 = k), and by the transitions.
  public private(set) var initialState: [Double], transition: [[Double]]
  /// By the dynamics of each state of the chain, and by their noise.
  public private(set) var dynamics: [[[Double]]], dynamicsNoise: [[[Double]]]
  /// By what all states share.
  public private(set) var initialMean: [Double], initialCovariance: [[Double]]
  public private(set) var emission: [[Double]], emissionNoise: [[Double]]

  /// Nothing yet.
  public init(zeroLike system: SwitchingLinearDynamicalSystem) {
    func zero(_ rows: [[Double]]) -> [[Double]] { rows.map { $0.map { _ in 0 } } }
    let first = system.systems[0]
    initialState = system.initialState.map { _ in 0 }
    transition = zero(system.transition)
    dynamics = system.systems.map { zero($0.dynamics) }
    dynamicsNoise = system.systems.map { zero($0.dynamicsNoise) }
    (initialMean, initialCovariance) = (
      first.initialMean.map { _ in 0 }, zero(first.initialCovariance)
    )
    (emission, emissionNoise) = (zero(first.emission), zero(first.emissionNoise))
  }

  /// Adds the slopes of one sequence.
  public mutating func add(
    _ sequence: SwitchingSequence, _ request: ExactRequest, at place: String
  ) throws {
    let system = sequence.system
    var found: [(path: [Int], logRest: DoubleDouble, missing: Int?, slopes: StateSpaceSlopes)] = []
    var tally = LogTally<DoubleDouble>()
    try sequence.forEachPath { path in
      let factors = system.factors(of: path)
      let zeros = factors.indices.filter { factors[$0] == 0 }
      guard zeros.count <= 1 else { return }
      let law = try sequence.stateLaw(of: sequence.along(path), request, at: place)
      let logRest = factors.filter { $0 > 0 }.reduce(law.logEvidence) {
        $0 + DoubleDouble($1).logarithm
      }
      if zeros.isEmpty { tally.add(logRest) }
      found.append((path, logRest, zeros.first, try law.slopes))
    }
    guard let (largest, rest) = tally.logTotalAboveLargest else { return }
    let total = largest + DoubleDouble(rest)
    for (path, logRest, missing, slopes) in found {
      let share = exp(logRest.minus(total))
      if let missing {
        addEntry(of: path, missing, share)
      } else {
        for (place, factor) in system.factors(of: path).enumerated() {
          addEntry(of: path, place, share / factor)
        }
        add(slopes, of: path, share)
      }
    }
  }

  /// Adds to the slope by the factor of a path's first state, or of its step to a place.
  private mutating func addEntry(of path: [Int], _ place: Int, _ slope: Double) {
    if place == 0 {
      initialState[path[0]] += slope
    } else {
      transition[path[place - 1]][path[place]] += slope
    }
  }

  private mutating func add(_ slopes: StateSpaceSlopes, of path: [Int], _ share: Double) {
    func add(_ rows: [[Double]], to sums: inout [[Double]]) {
      for i in sums.indices { for j in sums[i].indices { sums[i][j] += share * rows[i][j] } }
    }
    for (step, mode) in path.dropFirst().enumerated() {
      add(slopes.dynamics[step], to: &dynamics[mode])
      add(slopes.dynamicsNoise[step], to: &dynamicsNoise[mode])
    }
    guard !path.isEmpty else { return }
    for i in initialMean.indices { initialMean[i] += share * slopes.initialMean[i] }
    add(slopes.initialCovariance, to: &initialCovariance)
    add(slopes.emission[0], to: &emission)
    add(slopes.emissionNoise[0], to: &emissionNoise)
  }
}

extension SwitchingLinearDynamicalSystem {
  /// P(s_0), then the probability of each step of a path.
  fileprivate func factors(of path: [Int]) -> [Double] {
    path.prefix(1).map { initialState[$0] }
      + zip(path, path.dropFirst()).map { transition[$0][$1] }
  }
}
