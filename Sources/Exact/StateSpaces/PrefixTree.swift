import GSL
import Models
import Probability

/// One step of a filter along a path of the chain, with 16 digits or with 32.
protocol PathFilter {
  /// What is known of a state.
  associatedtype Belief
  /// The logarithm of a probability.
  associatedtype Log: PathLog
  /// What is known of the first state before anything is seen.
  var start: Belief { get }
  /// The belief about the next state, with the dynamics of a state of the chain.
  func moved(_ belief: Belief, by mode: Int) -> Belief
  /// The belief once the output of a step is seen, and the log probability of that.
  func conditioned(_ belief: Belief, at step: Int) -> (belief: Belief, logEvidence: Log)
  /// Mean and covariance of a belief.
  func moments(of belief: Belief) -> StateMoments
}

/// A logarithm that others are added to.
protocol PathLog: LogScale {
  init(_ value: Double)
  /// log p with all the digits that there are.
  init(logarithmOf probability: Double)
  static func + (left: Self, right: Self) -> Self
  /// The same in 32 digits, however many of them it has.
  var doubled: DoubleDouble { get }
}

extension Double: PathLog {
  init(logarithmOf probability: Double) { self = log(probability) }
  var doubled: DoubleDouble { DoubleDouble(self) }
}

extension DoubleDouble: PathLog {
  init(logarithmOf probability: Double) { self = DoubleDouble(probability).logarithm }
  var doubled: DoubleDouble { self }
}

/// Kalman's filter in square-root form.
struct PlainFilter: PathFilter {
  let start: StateBelief
  private let steps: [StateStep]
  private let potentials: [StateEvidence]

  init(_ sequence: SwitchingSequence) {
    let systems = sequence.system.systems
    start = StateBelief(initialOf: systems[0])
    steps = systems.map(StateStep.init)
    potentials = systems[0].potentials(sequence.observations, seen: sequence.seen)
  }

  func moved(_ belief: StateBelief, by mode: Int) -> StateBelief { belief.moved(by: steps[mode]) }

  func conditioned(_ belief: StateBelief, at step: Int) -> (
    belief: StateBelief, logEvidence: Double
  ) { belief.conditioned(on: potentials[step]) }

  func moments(of belief: StateBelief) -> StateMoments {
    StateMoments(mean: belief.mean, covariance: belief.covariance)
  }
}

/// The same with twice the digits of a double.
struct DoubledFilter: PathFilter {
  let start: DoubledBelief
  private let steps: [DoubledStep]
  private let potentials: [DoubledEvidence]

  /// `padded` is with more noise than the system's, where that is no covariance.
  init(_ sequence: SwitchingSequence, padded: Bool = false) {
    let systems = sequence.system.systems
    start = DoubledBelief(initialOf: systems[0])
    steps = systems.map {
      DoubledStep(dynamics: $0.dynamics, noise: $0.dynamicsNoise, padded: padded)
    }
    potentials = systems[0].doubledPotentials(sequence.observations, seen: sequence.seen)
  }

  func moved(_ belief: DoubledBelief, by mode: Int) -> DoubledBelief {
    belief.moved(by: steps[mode])
  }

  func conditioned(_ belief: DoubledBelief, at step: Int) -> (
    belief: DoubledBelief, logEvidence: DoubleDouble
  ) { belief.conditioned(on: potentials[step]) }

  func moments(of belief: DoubledBelief) -> StateMoments { belief.moments }
}

/// A beginning of a path as its filter leaves it: before the output of its last step, and with it.
struct PathBeginning<Filter: PathFilter> {
  /// The number of its last step, and the state of the chain there.
  let (step, mode): (Int, Int)
  /// What is known of x, and log p(s_0 … s_t, y_0 … y_(t−1)).
  let predicted: (belief: Filter.Belief, logJoint: Filter.Log)
  /// The same with y_t.
  let filtered: (belief: Filter.Belief, logJoint: Filter.Log)
}

/// The beginnings of paths, followed depth first.
struct PrefixTree<Filter: PathFilter> {
  private let sequence: SwitchingSequence
  private let filter: Filter
  private let progress: PathProgress?
  private let each: ((_ path: [Int], _ logJoint: Filter.Log) -> Void)?
  private let eachBeginning: ((PathBeginning<Filter>) -> Void)?
  private(set) var totals: PathTotals<Filter.Log>
  private(set) var nodes = 0
  private var paths = 0.0

  /// A beginning: its last state of the chain, what is then known of x, and its log probability.
  private struct Node {
    let step: Int
    let mode: Int
    let belief: Filter.Belief
    let logJoint: Filter.Log
  }

  /// Follows all paths of positive probability, and tells of each, and of each beginning of some.
  init(
    _ sequence: SwitchingSequence, _ filter: Filter, progress: PathProgress?,
    each: ((_ path: [Int], _ logJoint: Filter.Log) -> Void)? = nil,
    eachBeginning: ((PathBeginning<Filter>) -> Void)? = nil
  ) {
    (self.sequence, self.filter, self.progress) = (sequence, filter, progress)
    (self.each, self.eachBeginning) = (each, eachBeginning)
    totals = PathTotals(modes: sequence.system.modeCount, length: sequence.length)
    guard sequence.length > 0 else {
      finish([], Filter.Log(0))
      return
    }
    let (belief, logLikelihood) = filter.conditioned(filter.start, at: 0)
    nodes += 1
    follow(belief, logLikelihood)
  }

  /// Adds up all paths, given what is known of the first state once its output is seen.
  ///
  /// The beginnings that wait stand on a list of their own: a chain of one state may be long.
  private mutating func follow(_ first: Filter.Belief, _ logLikelihood: Filter.Log) {
    let initial = sequence.system.initialState
    var waiting = children(after: [], first, logLikelihood, initial)
    for node in waiting {
      eachBeginning?(
        PathBeginning(
          step: 0, mode: node.mode,
          predicted: (filter.start, Filter.Log(logarithmOf: initial[node.mode])),
          filtered: (node.belief, node.logJoint)))
    }
    var path: [Int] = []
    while let node = waiting.popLast() {
      path.removeLast(path.count - node.step)
      path.append(node.mode)
      guard path.count < sequence.length else {
        finish(path, node.logJoint)
        continue
      }
      waiting += children(
        after: path, node.belief, node.logJoint, sequence.system.transition[node.mode]
      ).map { child in
        let predicted = filter.moved(child.belief, by: child.mode)
        let (belief, logLikelihood) = filter.conditioned(predicted, at: path.count)
        let logJoint = child.logJoint + logLikelihood
        nodes += 1
        eachBeginning?(
          PathBeginning(
            step: child.step, mode: child.mode, predicted: (predicted, child.logJoint),
            filtered: (belief, logJoint)))
        return Node(step: child.step, mode: child.mode, belief: belief, logJoint: logJoint)
      }
    }
  }

  /// The states that may follow, the first of them last.
  private func children(
    after path: [Int], _ belief: Filter.Belief, _ logJoint: Filter.Log, _ law: [Double]
  ) -> [Node] {
    law.indices.reversed().filter { law[$0] > 0 }.map {
      Node(
        step: path.count, mode: $0, belief: belief,
        logJoint: logJoint + Filter.Log(logarithmOf: law[$0]))
    }
  }

  private mutating func finish(_ path: [Int], _ logJoint: Filter.Log) {
    totals.add(logJoint, path: path)
    each?(path, logJoint)
    paths += 1
    if paths.truncatingRemainder(dividingBy: 4096) == 0 { progress?(paths) }
  }
}
