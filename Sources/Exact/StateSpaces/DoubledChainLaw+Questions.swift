import GSL
import Models
public import Probability

extension DoubledChainLaw: NormalStateLaw {
  /// What forward and backward messages say together.
  public var smoothed: [StateMoments] { (0..<sequence.length).map { state(at: $0).moments } }

  /// E[x_t | y].
  public var smoothedMeans: [[Double]] {
    (0..<sequence.length).map { state(at: $0).mean.map(\.high) }
  }

  /// What each state leaves open once the one before it is known; how much that is does not depend on where it was.
  ///
  /// ```
  /// H(x_0 … x_T | y) = Σ_t H(x_t | x_(t−1), y)        H(N(m, Lᵀ·L)) = n/2 (1 + log 2π) + log |L|
  /// ```
  /// From the end, with a filter alone, it must be the same, to what is promised of every answer.
  public var entropy: Double { get throws { try volume.high } }

  private var volume: DoubleDouble {
    get throws {
      guard !sequence.hasSingularNoise else { return DoubleDouble(-.infinity) }
      let numbers = Double(sequence.length * sequence.system.stateCount)
      let round = DoubleDouble(numbers / 2) * (DoubleDouble(1) + DoubleDouble.logOfTwoPi)
      let (forward, backward) = (round + roots, round + rootsFromTheEnd)
      let apart = abs((forward - backward).high)
      guard apart <= StateSpacePosterior.promised * max(1, abs(forward.high)) else {
        throw ExactRefusal.undecided("entropy", "noise is too small beside the states")
      }
      return forward
    }
  }

  /// Σ_t log |L| of x_t given x_(t−1) and all outputs.
  private var roots: DoubleDouble {
    let origin = [DoubleDouble](
      repeating: DoubleDouble(0), count: sequence.system.stateCount)
    return (0..<sequence.length).reduce(DoubleDouble(0)) { sum, t in
      sum + next(at: t, after: t == 0 ? nil : origin).doubts.logRoot
    }
  }

  /// Σ_t log |L| of x_t given x_(t+1) and the outputs up to t: by Bayes' rule that of x_t, and of the noise of the step,
  /// less that of what was predicted.
  private var rootsFromTheEnd: DoubleDouble {
    guard let last = updated.last else { return DoubleDouble(0) }
    return steps.indices.reduce(last.doubts.logRoot) { sum, t in
      sum + updated[t].doubts.logRoot + steps[t].noise.logRoot - unseen[t + 1].doubts.logRoot
    }
  }

  /// log p(y) + log p(x̂ | y): a normal density at its mean is n·T/2 above the negative of its entropy.
  public var logDensityOfMeans: Double? {
    get throws {
      guard !sequence.hasSingularNoise else { return nil }
      let numbers = Double(sequence.length * sequence.system.stateCount)
      return (logEvidence - (try volume) + DoubleDouble(numbers / 2)).high
    }
  }

  /// The beliefs of the forward pass.
  public func filtered() -> (filtered: [StateMoments], predicted: [StateMoments]) {
    (updated.map(\.moments), unseen.map(\.moments))
  }

  /// Draws x_0 from its law, then each state given the one before it and all outputs from its own on.
  public func samples(
    _ count: Int, _ choices: inout some RandomChoicesProtocol & ~Copyable
  ) throws -> [[[Double]]] {
    var drawn: [[[Double]]] = []
    for _ in 0..<count {
      var states: [[DoubleDouble]] = []
      for t in 0..<sequence.length {
        let belief = next(at: t, after: states.last)
        var state = belief.mean
        for u in 0..<belief.doubts.rows {
          let noise = DoubleDouble(try choices.standardNormal())
          for k in state.indices { state[k] += belief.doubts[u, k] * noise }
        }
        states.append(state)
      }
      drawn.append(states.map { $0.map(\.high) })
    }
    return drawn
  }
}

extension DoubledMatrix {
  /// log |L|, half the log determinant of Lᵀ·L.
  fileprivate var logRoot: DoubleDouble {
    DoubledTriangle(turning: self, columns: columns).logDiagonal
  }
}

extension DoubledBelief {
  /// Mean and covariance, as doubles.
  var moments: StateMoments {
    StateMoments(mean: mean.map(\.high), covariance: covariance)
  }
}
