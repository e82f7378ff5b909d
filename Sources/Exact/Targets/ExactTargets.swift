import GSL
public import Models
import Probability

/// What is exactly true of a discrete problem, by sums over all states and nothing else.
///
/// Where a state is impossible under a log joint, f = −∞ there: the value is −∞ and no gradient of a
/// bound exists. What is an average under p(x, z) alone still does.
public struct ExactDiscreteProblem: Sendable {
  /// The problem.
  public let problem: DiscreteProblem

  /// The truth about a problem.
  public init(_ problem: DiscreteProblem) { self.problem = problem }

  private var law: StateLaw { problem.law }
  private var f: [Double] { problem.signals }

  /// Whether f is a number in every state.
  public var isFinite: Bool { f.allSatisfy(\.isFinite) }

  /// E_q[f].
  public var value: Double { isFinite ? law.mean(f) : -.infinity }

  /// ∇E_q[f], with f as it is: E_q[f s].
  public var gradient: [Double]? {
    isFinite ? law.mean(times(f, law.scores)) : nil
  }

  /// log Σ_z p(x, z); nil where there is no joint.
  public var logEvidence: Double? { problem.logJoint.map { logSumExp($0) } }

  /// p(z|x).
  public var posterior: [Double]? {
    guard let joint = problem.logJoint, let total = logEvidence, total > -.infinity else {
      return nil
    }
    return joint.map { exp($0 - total) }
  }

  /// E[L_K], L_K = log (1/K) Σ_k w_k.
  public func bound(samples: Int) -> Double {
    guard isFinite else { return -.infinity }
    var sum = CompensatedSum()
    forEachMultiset(samples) { counts, probability in
      sum.add(probability * logMeanWeight(counts, samples))
    }
    return sum.value
  }

  /// The exact gradient of what an estimator aims at; nil where there is none.
  public func gradient(of target: GradientTarget) -> [Double]? {
    switch target {
    case .objective: gradient
    case .bound(let samples): boundGradient(samples: samples)
    case .inclusive: posterior.map { averagedScore(under: $0) }
    case .dream: problem.logJoint.map { joint in averagedScore(under: joint.map { exp($0) }) }
    case .thermodynamic(let partition): thermodynamicGradient(partition)
    case .renyi(let alpha): renyiGradient(alpha)
    case .mixedBound(let samples, let share): mixed(share, boundGradient(samples: samples))
    case .secondDerivative: secondDerivative
    }
  }

  /// Σ_z r(z) s(z).
  private func averagedScore(under weights: [Double]) -> [Double] {
    law.logits.indices.map { d in
      CompensatedSum(zip(weights, law.scores).map { $0 == 0 ? 0 : $0 * $1[d] }).value
    }
  }

  private func mixed(_ share: Double, _ bound: [Double]?) -> [Double]? {
    guard let gradient, let bound else { return nil }
    return zip(gradient, bound).map { share * $0 + (1 - share) * $1 }
  }
}

/// f(z) h(z) for vectors h.
private func times(_ f: [Double], _ h: [[Double]]) -> [[Double]] {
  zip(f, h).map { f, h in h.map { f * $0 } }
}

// MARK: Bounds of several draws

extension ExactDiscreteProblem {
  /// ∇E[L_K] = Σ over multisets of draws of their probability times (L Σ_k s_k − Σ_k v_k s_k).
  private func boundGradient(samples: Int) -> [Double]? {
    guard isFinite else { return nil }
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: law.parameterCount)
    forEachMultiset(samples) { counts, probability in
      let bound = logMeanWeight(counts, samples)
      for (z, count) in counts.enumerated() where count > 0 {
        let share = exp(f[z] - bound) / Double(samples)
        for d in sums.indices {
          sums[d].add(probability * Double(count) * (bound - share) * law.scores[z][d])
        }
      }
    }
    return sums.map(\.value)
  }

  /// log (1/K) Σ_z m_z w(z).
  private func logMeanWeight(_ counts: [Int], _ samples: Int) -> Double {
    logSumExp(f.indices.filter { counts[$0] > 0 }.map { f[$0] + log(Double(counts[$0])) })
      - log(Double(samples))
  }

  /// Visits how often each state may be drawn, with the probability K!/Π m_z! Π q(z)^m_z.
  private func forEachMultiset(_ samples: Int, _ visit: ([Int], Double) -> Void) {
    var counts = [Int](repeating: 0, count: law.count)
    func fill(_ state: Int, _ left: Int, _ probability: Double) {
      guard state < law.count - 1 else {
        counts[state] = left
        var last = probability
        for i in 0..<left { last *= law.probabilities[state] * Double(left - i) / Double(i + 1) }
        if last > 0 { visit(counts, last) }
        return
      }
      // The copies of a state among those left: the factors of a binomial coefficient, one at a time.
      var product = probability
      for taken in 0...left {
        counts[state] = taken
        fill(state + 1, left - taken, product)
        product *= law.probabilities[state] * Double(left - taken) / Double(taken + 1)
      }
    }
    fill(0, samples, 1)
  }
}

// MARK: Between q and p

extension ExactDiscreteProblem {
  /// π ∝ p^β q^(1−β).
  private func between(_ beta: Double) -> [Double] {
    let logs = zip(f, law.logProbabilities).map { beta * $0 + $1 }
    let total = logSumExp(logs)
    return logs.map { exp($0 - total) }
  }

  /// Σ_i (β_{i+1} − β_i) ((1 − β_i) Cov_{π_i}(f, s) − E_{π_i}[s]): the left Riemann sum of the log
  /// evidence, differentiated with π_i and f moving with q.
  private func thermodynamicGradient(_ partition: [Double]) -> [Double]? {
    guard isFinite else { return nil }
    var gradient = [Double](repeating: 0, count: law.parameterCount)
    for (beta, next) in zip(partition, partition.dropFirst()) {
      let weights = between(beta)
      let signal = zip(weights, f).reduce(0) { $0 + $1.0 * $1.1 }
      let score = averagedScore(under: weights)
      let product = averagedScore(under: zip(weights, f).map { $0 * ($1 - signal) })
      for d in gradient.indices {
        gradient[d] += (next - beta) * ((1 - beta) * product[d] - score[d])
      }
    }
    return gradient
  }

  /// ∇log E_q[w^(1−α)]/(1−α): with π ∝ q w^(1−α), where log w moves by −s, α E_π[s]/(1−α).
  private func renyiGradient(_ alpha: Double) -> [Double]? {
    guard isFinite else { return nil }
    return averagedScore(under: between(1 - alpha)).map { alpha / (1 - alpha) * $0 }
  }

  /// ∂²E_q[f]/∂θ_d² = E_q[f (s_d² + ∂s_d/∂θ_d)]; for logits ∂s_d/∂θ_d = −(variance of s_d given what
  /// came before it).
  private var secondDerivative: [Double]? {
    guard isFinite else { return nil }
    return law.mean(
      law.points.indices.map { z in
        law.logits.indices.map { d in
          let s = law.scores[z][d]
          return f[z] * (s * s - scoreVariance(at: z, d))
        }
      })
  }

  private func scoreVariance(at z: Int, _ d: Int) -> Double {
    switch law.kind {
    case .bits:
      let logit = law.conditionalLogits(at: law.points[z])[d]
      return sigmoid(logit) * sigmoid(-logit)
    case .classes: return law.probabilities[d] * (1 - law.probabilities[d])
    }
  }
}
