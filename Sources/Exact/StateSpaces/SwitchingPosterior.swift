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
struct PathTotals {
  private let (modes, length): (Int, Int)
  private(set) var tally: LogTally<Double>

  /// Of no paths yet, or what was added up before.
  init(modes: Int, length: Int, _ tally: LogTally<Double>? = nil) {
    (self.modes, self.length) = (modes, length)
    self.tally = tally ?? LogTally(parts: modes * length)
  }

  mutating func add(_ logWeight: Double, path: [Int]) {
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
    var tree = PrefixTree(sequence, progress: progress)
    if let first = sequence.observations.first, let system = sequence.system.systems.first {
      let start = StateBelief(initialOf: system)
      let (belief, logLikelihood) = start.conditioned(on: tree.view.evidence(of: first))
      tree.nodes += 1
      tree.follow(belief, logLikelihood)
    } else {
      tree.totals.add(0, path: [])
    }
    let roundings = 8 * Double(sequence.length * (sequence.length + 8)) * Double.ulpOfOne
    self = tree.totals.posterior(work: tree.nodes) { roundings * max(1, abs($0)) }
  }
}

/// The beginnings of paths, followed depth first.
private struct PrefixTree {
  let sequence: SwitchingSequence
  let view: StateView
  let steps: [StateStep]
  let progress: PathProgress?
  var totals: PathTotals
  var nodes = 0
  private var paths = 0.0

  /// A beginning: its last state of the chain, what is then known of x, and its log probability.
  private struct Node {
    let step: Int
    let mode: Int
    let belief: StateBelief
    let logJoint: Double
  }

  init(_ sequence: SwitchingSequence, progress: PathProgress?) {
    self.sequence = sequence
    self.progress = progress
    view = StateView(of: sequence.system.systems[0])
    steps = sequence.system.systems.map(StateStep.init)
    totals = PathTotals(modes: sequence.system.modeCount, length: sequence.length)
  }

  /// Adds up all paths, given what is known of the first state once its output is seen.
  ///
  /// The beginnings that wait stand on a list of their own: a chain of one state may be long.
  mutating func follow(_ first: StateBelief, _ logLikelihood: Double) {
    let initial = sequence.system.initialState
    var waiting = children(after: [], first, logLikelihood, initial)
    var path: [Int] = []
    while let node = waiting.popLast() {
      path.removeLast(path.count - node.step)
      path.append(node.mode)
      guard path.count < sequence.length else {
        finish(path, node.logJoint)
        continue
      }
      let evidence = view.evidence(of: sequence.observations[path.count])
      waiting += children(
        after: path, node.belief, node.logJoint, sequence.system.transition[node.mode]
      ).map { child in
        let (belief, logLikelihood) = child.belief.moved(by: steps[child.mode])
          .conditioned(on: evidence)
        nodes += 1
        return Node(
          step: child.step, mode: child.mode, belief: belief,
          logJoint: child.logJoint + logLikelihood)
      }
    }
  }

  /// The states that may follow, the first of them last.
  private func children(
    after path: [Int], _ belief: StateBelief, _ logJoint: Double, _ law: [Double]
  ) -> [Node] {
    law.indices.reversed().filter { law[$0] > 0 }.map {
      Node(step: path.count, mode: $0, belief: belief, logJoint: logJoint + log(law[$0]))
    }
  }

  private mutating func finish(_ path: [Int], _ logJoint: Double) {
    totals.add(logJoint, path: path)
    paths += 1
    if paths.truncatingRemainder(dividingBy: 4096) == 0 { progress?(paths) }
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
