import GSL
public import Models
public import Probability

/// The exact answer for a sequence of a factorial model: its evidence, and the states of each chain.
public struct FactorialPosterior: Posterior {
  /// log p(x); −∞ when the sequence is impossible.
  public let logEvidence: ExactValue
  /// p(z_tm = k | x), chain after chain, step after step; nil when the sequence is impossible.
  public let stateMarginals: [[[Double]]]?

  /// From messages that move one chain after the other.
  public init(of sequence: FactorialSequence) {
    guard let messages = FactorialMessages(sequence) else {
      self.init(logEvidence: ExactValue(-.infinity, roundingBound: 0), stateMarginals: nil)
      return
    }
    let normalisers = messages.logNormalisers
    let magnitude = normalisers.reduce(abs(sequence.logScale)) { $0 + max(1, abs($1)) }
    let terms = sequence.model.joint.count + sequence.model.joint.sizes.reduce(0, +) + 6
    let steps = (0..<sequence.length).map { messages.marginals(messages.posterior($0)) }
    self.init(
      logEvidence: ExactValue(
        messages.logEvidence, roundingBound: Double(terms) * Double.ulpOfOne * magnitude),
      stateMarginals: sequence.model.chains.indices.map { m in steps.map { $0[m] } })
  }

  /// The same answer from all paths of joint states, one after the other.
  public static func enumerated(of sequence: FactorialSequence) -> FactorialPosterior {
    enumerated(of: sequence, sum(of: sequence).straight)
  }

  /// The sum over all joint paths, with the state of each chain at each step.
  static func sum(of sequence: FactorialSequence) -> StateSum<DoubleDouble> {
    let (joint, length) = (sequence.model.joint, sequence.length)
    let offsets = joint.sizes.indices.map { joint.sizes[..<$0].reduce(0, +) }
    let width = joint.sizes.reduce(0, +)
    return StateSum(power(joint.count, length), parts: length * width) { numbers, tally in
      forEachPath(states: joint.count, length: length, in: numbers) { path in
        let things = path.indices.flatMap { t in
          offsets.indices.map { t * width + offsets[$0] + joint.state(of: $0, in: path[t]) }
        }
        tally.add(sequence.logWeight(of: path).doubled, containing: things)
      }
    }
  }

  /// The answer, from that sum.
  static func enumerated(
    of sequence: FactorialSequence, _ tally: LogTally<DoubleDouble>
  ) -> FactorialPosterior {
    let joint = sequence.model.joint
    let width = joint.sizes.reduce(0, +)
    let total = tally.logTotal(plus: sequence.logScale)
    // A log joint is a sum of (M + 1) T logarithms.
    let terms = (joint.sizes.count + 1) * sequence.length + 8
    let roundings = Double(terms) * max(1, abs(total)) + Double(tally.visited)
    return FactorialPosterior(
      logEvidence: ExactValue(
        total, roundingBound: total.isFinite ? roundings * Double.ulpOfOne : 0),
      stateMarginals: tally.shares.map { shares in
        joint.sizes.indices.map { m in
          let offset = joint.sizes[..<m].reduce(0, +)
          return (0..<sequence.length).map { t in
            Array(shares[(t * width + offset)..<(t * width + offset + joint.sizes[m])])
          }
        }
      })
  }

  init(logEvidence: ExactValue, stateMarginals: [[[Double]]]?) {
    (self.logEvidence, self.stateMarginals) = (logEvidence, stateMarginals)
  }
}
