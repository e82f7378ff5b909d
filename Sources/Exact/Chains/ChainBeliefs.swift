import GSL
public import Models
import Probability

/// What is known of a state before its own observation, and with it: never what comes later.
///
/// ```
/// predicted_t(k) = p(z_t = k | x_1 … x_{t−1}),     filtered_t(k) = p(z_t = k | x_1 … x_t)
/// ```
/// Reference: Rabiner 1989, section III.A; Särkkä 2013, section 4.2.
public struct ChainBeliefs: Sendable, Equatable {
  /// p(z_t = k | x_1 … x_{t−1}), step by step.
  public let predicted: [[Double]]
  /// p(z_t = k | x_1 … x_t), step by step.
  public let filtered: [[Double]]

  /// Passes messages forward; nil when the sequence is impossible.
  public init?(of chain: ObservedChain) {
    let (messages, normalisers) = chain.potentials.normalisedForward()
    guard !normalisers.contains(-.infinity) else { return nil }
    let moves = chain.logTransition
    filtered = messages.map { $0.map { exp($0.log) } }
    predicted = messages.indices.map { t in
      chain.logPrediction(t == 0 ? nil : messages[t - 1].map(\.log), moves).map { exp($0) }
    }
  }

  /// The same from all paths, each step by the paths that end there.
  public static func enumerated(of chain: ObservedChain) throws -> ChainBeliefs? {
    let states = chain.stateCount
    func marginal(_ steps: Int, seeing seen: Int) throws -> [Double]? {
      try chain.visited(steps: steps, seeing: seen).mean(of: states) { path in
        (0..<states).map { path[steps - 1] == $0 ? 1 : 0 }
      }
    }
    guard try chain.visited.explanation != nil else { return nil }
    let steps = 1..<(chain.length + 1)
    let predicted = try steps.compactMap { try marginal($0, seeing: $0 - 1) }
    let filtered = try steps.compactMap { try marginal($0, seeing: $0) }
    return ChainBeliefs(predicted: predicted, filtered: filtered)
  }

  init(predicted: [[Double]], filtered: [[Double]]) {
    (self.predicted, self.filtered) = (predicted, filtered)
  }
}

extension ObservedChain {
  /// log p(z_t = k | x_1 … x_{t−1}) from the filtered logarithms of the step before; without these, of the first step.
  ///
  /// `moves` is ``logTransition``, found once.
  func logPrediction(_ before: [Double]?, _ moves: [[Double]]) -> [Double] {
    guard let before else { return initial.map { log($0) } }
    return initial.indices.map { k in
      logSumExp(before.indices.map { before[$0] + moves[$0][k] })
    }
  }

  /// log transition[i][k].
  var logTransition: [[Double]] { transition.map { $0.map { log($0) } } }

  /// All paths, each with log p(z, x).
  public var visited: VisitedStates<[Int]> { visited(steps: length, seeing: length) }

  /// All beginnings of paths, with what is seen of the first steps only.
  func visited(steps: Int, seeing seen: Int) -> VisitedStates<[Int]> {
    VisitedStates(summing: { each in
      try forEachPath(states: stateCount, length: steps, in: 0..<Int.max) { path in
        var logJoint = CompensatedSum([logScale, log(initial[path[0]])])
        for t in 0..<steps {
          if t > 0 { logJoint += log(transition[path[t - 1]][path[t]]) }
          if t < seen { logJoint += logEmission(t, path[t]) }
        }
        try each(path, logJoint)
      }
    })
  }
}
