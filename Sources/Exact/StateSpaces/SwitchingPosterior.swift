import GSL
public import Models
public import Probability

/// The exact posterior of a switching linear dynamical system.
public struct SwitchingPosterior: Sendable, Equatable {
  /// log p(y); not finite where the arithmetic left the range of doubles.
  public let logEvidence: ExactValue
  /// P(s_t = k | y), step by step.
  public let stateMarginals: [[Double]]
  /// How many filter steps, or dense normal laws, it took.
  public let work: Int

  /// Whether every number is finite.
  public var isFinite: Bool {
    logEvidence.value.isFinite && stateMarginals.allSatisfy { $0.allSatisfy(\.isFinite) }
  }

  /// K^T, the number of paths of the chain, infinity where it leaves the doubles.
  public static func pathCount(of sequence: SwitchingSequence) -> Double {
    pow(Double(sequence.system.modeCount), Double(sequence.length))
  }
}

/// Told how many of the K^T paths are done.
public typealias PathProgress = (Double) -> Void

/// Sums over paths, kept as logarithms: all of them, and those that pass through each state.
struct PathTotals<Log: LogScale> {
  private let (modes, length): (Int, Int)
  private(set) var tally: LogTally<Log>

  /// Of no paths yet, or what was added up before.
  init(modes: Int, length: Int, _ tally: LogTally<Log>? = nil) {
    (self.modes, self.length) = (modes, length)
    self.tally = tally ?? LogTally(parts: modes * length)
  }

  mutating func add(_ logWeight: Log, path: [Int]) {
    tally.add(logWeight, containing: path.indices.map { $0 * modes + path[$0] })
  }

  func posterior(work: Int, bound: (Double) -> Double) -> SwitchingPosterior {
    let total = tally.logTotal
    let shares = tally.shares ?? Array(repeating: 0, count: modes * length)
    return SwitchingPosterior(
      logEvidence: ExactValue(total, roundingBound: total.isFinite ? bound(total) : 0),
      stateMarginals: (0..<length).map { Array(shares[$0 * modes..<($0 + 1) * modes]) },
      work: work)
  }
}

extension SwitchingPosterior {
  /// Sums over all paths, with one step of Kalman's filter for each node of the tree of their
  /// beginnings.
  ///
  /// ```
  /// p(y) = Σ_s p(s) Π_t p(y_t | y_0 … y_{t−1}, s_1 … s_t)
  /// ```
  /// Paths that begin alike are filtered together: 1 + K² + … + K^T steps for K^T paths, as s_0
  /// selects nothing. A beginning of probability zero is not followed.
  public init(of sequence: SwitchingSequence, progress: PathProgress? = nil) {
    let tree = PrefixTree(sequence, PlainFilter(sequence), progress: progress)
    let roundings = 8 * Double(sequence.length * (sequence.length + 8)) * Double.ulpOfOne
    self = tree.totals.posterior(work: tree.nodes) { roundings * max(1, abs($0)) }
  }

  /// The same with twice the digits of a double.
  init(doubled sequence: SwitchingSequence, progress: PathProgress? = nil) {
    let tree = PrefixTree(sequence, DoubledFilter(sequence), progress: progress)
    self = tree.totals.posterior(work: tree.nodes) { 8 * Double.ulpOfOne * max(1, abs($0)) }
  }
}

extension SwitchingPosterior {
  /// The entries of one path's joint covariance, as a number that cannot overflow.
  public static func denseEntries(of sequence: SwitchingSequence) -> Double {
    let system = sequence.system.systems[0]
    let size = Double(sequence.length) * Double(system.stateCount + system.outputCount)
    return size * size
  }
}
