public import GSL
public import Models
public import Probability

/// A normal law of one state: what a filter says of it.
public struct StateMoments: Sendable, Equatable {
  /// Its mean.
  public let mean: [Double]
  /// Its covariance, row after row.
  public let covariance: [Double]
}

/// The normal law of all states of a sequence given its outputs, as questions are asked of it.
public protocol NormalStateLaw {
  /// log p(y), with 32 digits.
  var logEvidence: DoubleDouble { get }
  /// The normal law of each state given all outputs.
  var smoothed: [StateMoments] { get }
  /// E[x_t | y], step by step: of a normal law its most probable states too.
  var smoothedMeans: [[Double]] { get }
  /// H(x_0 … x_T | y) in nats, of a density; −∞ where noise is singular, so that there is none.
  var entropy: Double { get throws }
  /// log p(x̂, y) of the most probable states; nil where noise is singular, so that there is no density.
  var logDensityOfMeans: Double? { get throws }
  /// What is known of each state with the outputs up to its own, and with those before it.
  func filtered() throws -> (filtered: [StateMoments], predicted: [StateMoments])
  /// States drawn from the law, all steps of each.
  func samples(_ count: Int, _ choices: inout some RandomChoicesProtocol & ~Copyable) throws
    -> [[[Double]]]
  /// ∂ log p(y) by every parameter.
  var slopes: StateSpaceSlopes { get throws }
}

extension DrivenSequence {
  /// The law of the states, by the route that was asked for.
  ///
  /// - Parameters:
  ///   - request: which route.
  ///   - place: what a refusal calls the sequence.
  /// - Returns: the law by messages, or the dense one.
  /// - Throws: numbers of which 32 digits leave too few; a covariance of too many entries.
  public func stateLaw(
    _ request: ExactRequest, at place: String
  ) throws(ExactRefusal) -> any NormalStateLaw {
    guard request.route == .bruteForce else { return try request.chainLaw(self, place).law }
    _ = try request.dense(self, place)
    return DenseStateLaw(self)
  }

  /// Whether some step adds noise that leaves directions out, to 32 digits, so that states have no density.
  var hasSingularNoise: Bool {
    (0..<max(0, length - 1)).contains { t in
      (t == 0 || system.dynamicsNoise.stepCount != nil)
        && DoubledCovarianceFactor(of: system.dynamicsNoise[t]).order.count < system.stateCount
    }
  }
}
