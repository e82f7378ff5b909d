import GSL
import Models
import Probability

/// The brute-force twin of what is asked of a driven sequence: all states and outputs as one normal vector, which is
/// conditioned, differentiated and drawn as any normal vector is, with 32 digits.
///
/// ```
/// x = m + Φ·w, w ~ N(0, K)     X = Φ·K·Φᵀ     y = C·x + d + N(0, R)     S = C·X·Cᵀ + R
/// E[x | y] = m + X·Cᵀ·α,  α = S⁻¹(y − C·m − d)                       Cov(x | y) = X − X·Cᵀ·S⁻¹·C·X
/// ```
struct DenseStateLaw: NormalStateLaw {
  private let sequence: DrivenSequence
  /// Φ and X, of all steps; C and S, of all outputs that were seen.
  private let (flow, prior, view, outputs):
    (DoubledMatrix, DoubledMatrix, DoubledMatrix, DoubledMatrix)
  private let priorMean: [DoubleDouble]
  private let shifts: [DoubleDouble]
  /// The step and the number of each output that was seen.
  private let places: [(step: Int, output: Int)]
  private let factor: LinearAlgebra.DoubledFactor?
  private let (length, n): (Int, Int)

  init(_ sequence: DrivenSequence) {
    self.sequence = sequence
    let (system, length, n) = (sequence.system, sequence.length, sequence.system.stateCount)
    (self.length, self.n) = (length, n)
    var flow = DoubledMatrix(zeros: length * n, length * n)
    var noise = flow
    var mean: [DoubleDouble] = []
    for t in 0..<length {
      for i in 0..<n { flow[t * n + i, t * n + i] = DoubleDouble(1) }
      guard t > 0 else {
        noise.place(DoubledMatrix(system.initialCovariance), atRow: 0)
        mean += system.initialMean.map { DoubleDouble($0) }
        continue
      }
      let dynamics = DoubledMatrix(system.dynamics[t - 1])
      flow.place(
        dynamics.times(flow.block((t - 1) * n..<t * n, 0..<t * n)), atRow: t * n)
      noise.place(DoubledMatrix(system.dynamicsNoise[t - 1]), atRow: t * n, column: t * n)
      let moved = dynamics.times(Array(mean[(t - 1) * n..<t * n]))
      mean += zip(moved, sequence.stateOffset(after: t - 1)).map { $0 + $1 }
    }
    let prior = flow.times(noise).times(flow.transposed())
    let places = sequence.seen.enumerated().flatMap { t, seen in
      seen.map { (step: t, output: $0) }
    }
    var view = DoubledMatrix(zeros: places.count, length * n)
    for (row, place) in places.enumerated() {
      for k in 0..<n {
        view[row, place.step * n + k] = DoubleDouble(
          system.emission[place.step][place.output][k])
      }
    }
    var outputs = view.times(prior).times(view.transposed())
    for (i, one) in places.enumerated() {
      for (j, other) in places.enumerated() where one.step == other.step {
        outputs[i, j] += DoubleDouble(
          system.emissionNoise[one.step][one.output][other.output])
      }
    }
    shifts = zip(places, view.times(mean)).map { place, expected in
      DoubleDouble(sequence.observations[place.step][place.output])
        - sequence.outputOffset(at: place.step)[place.output] - expected
    }
    (self.flow, self.prior, self.view, self.outputs) = (flow, prior, view, outputs)
    (priorMean, self.places) = (mean, places)
    factor = LinearAlgebra.DoubledFactor(order: places.count, outputs.entries)
  }

  /// The share of itself by which what is conditioned on the outputs may be off.
  private var rounding: Double {
    Double(4 * (outputs.rows + length * n + 4)) * 0x1p-104 * (factor?.loss ?? 1)
  }

  private func tooLarge(_ place: String) -> ExactRefusal {
    .unfit(
      place, "the dense law is a difference of numbers that are too large for 32 digits",
      instead: .structured, "answers")
  }

  /// S⁻¹·v.
  private func solved(_ vector: [DoubleDouble]) -> [DoubleDouble] {
    factor.map { $0.upperSolved($0.lowerSolved(vector)) } ?? vector.map { _ in DoubleDouble(0) }
  }

  private func solved(_ matrix: DoubledMatrix) -> DoubledMatrix {
    var result = matrix
    for j in 0..<matrix.columns {
      for (i, entry) in solved(matrix.column(j)).enumerated() { result[i, j] = entry }
    }
    return result
  }

  var logEvidence: DoubleDouble {
    guard let factor else { return DoubleDouble(0) }
    return factor.pivots.reduce(factor.inverseForm(shifts)) {
      $0 + $1.logarithm + DoubleDouble.logOfTwoPi
    } * DoubleDouble(-0.5)
  }

  private var mean: [DoubleDouble] {
    let pulled = prior.times(view.transposed().times(solved(shifts)))
    return zip(priorMean, pulled).map { $0 + $1 }
  }

  var covariance: DoubledMatrix {
    let seen = view.times(prior)
    return prior - seen.transposed().times(solved(seen))
  }

  var smoothed: [StateMoments] {
    let whole = covariance
    return smoothedMeans.enumerated().map { t, mean in
      let own = t * n..<(t + 1) * n
      return StateMoments(mean: mean, covariance: whole.block(own, own).entries.map(\.high))
    }
  }

  var smoothedMeans: [[Double]] {
    let mean = mean
    return (0..<length).map { t in mean[t * n..<(t + 1) * n].map(\.high) }
  }

  /// ½ log |2πe Cov(x | y)|.
  private var volume: DoubleDouble? {
    get throws {
      if sequence.hasSingularNoise { return nil }
      guard length > 0 else { return DoubleDouble(0) }
      guard let factor = LinearAlgebra.DoubledFactor(order: length * n, covariance.entries) else {
        throw ExactRefusal.imprecise("dynamicsNoise")
      }
      let shares = factor.pivots.enumerated().map { prior[$0, $0].high / $1.high }
      guard rounding * shares.reduce(0, +) <= StateSpacePosterior.promised else {
        throw tooLarge("entropy")
      }
      return factor.pivots.reduce(DoubleDouble(0)) {
        $0 + $1.logarithm + DoubleDouble.logOfTwoPi + DoubleDouble(1)
      } * DoubleDouble(0.5)
    }
  }

  var entropy: Double { get throws { try volume?.high ?? -.infinity } }

  var logDensityOfMeans: Double? {
    get throws {
      try volume.map { (logEvidence - $0 + DoubleDouble(Double(length * n) / 2)).high }
    }
  }

  /// The dense law of each beginning of the sequence, with its last output and without it.
  func filtered() throws -> (filtered: [StateMoments], predicted: [StateMoments]) {
    func last(_ t: Int, _ seen: [[Int]]) -> StateMoments {
      let law = DenseStateLaw(sequence.beginning(t + 1, seen: seen))
      let block = law.covariance.block(t * n..<(t + 1) * n, t * n..<(t + 1) * n)
      return StateMoments(
        mean: law.mean[(t * n)...].map(\.high), covariance: block.entries.map(\.high))
    }
    return (
      (0..<length).map { last($0, Array(sequence.seen[...$0])) },
      (0..<length).map { last($0, sequence.seen[..<$0] + [[]]) }
    )
  }

  /// The mean with a root of the whole covariance times as many normals.
  func samples(
    _ count: Int, _ choices: inout some RandomChoicesProtocol & ~Copyable
  ) throws -> [[[Double]]] {
    let (mean, whole) = (mean, covariance)
    let rows = (0..<length * n).map { i in (0..<length * n).map { whole[i, $0].high } }
    let root = DoubledCovarianceFactor(of: rows).columns
    var drawn: [[[Double]]] = []
    for _ in 0..<count {
      var state = mean
      for u in 0..<root.rows {
        let noise = DoubleDouble(try choices.standardNormal())
        for k in state.indices { state[k] += root[u, k] * noise }
      }
      drawn.append((0..<length).map { t in state[t * n..<(t + 1) * n].map(\.high) })
    }
    return drawn
  }
}

// MARK: Slopes

extension DenseStateLaw {
  /// From log N(y; μ, S): d log p = αᵀ dμ + ⟨G, dS⟩ with G = ½ (α·αᵀ − S⁻¹).
  ///
  /// ```
  /// J = Cᵀ·G·C, a = Cᵀ·α:   ∂/∂K = Φᵀ·J·Φ    ∂/∂b_t = (Φᵀ·a)_(t+1)    ∂/∂A_t = (2 Φᵀ·J·X)_(t+1,t) + (Φᵀ·a)_(t+1) m_tᵀ
  /// ∂/∂R_t = G_tt    ∂/∂d_t = α_t    ∂/∂C_t = (2 G·C·X)_(t,t) + α_t m_tᵀ
  /// ```
  ///
  /// The same with every sign taken away is how large the terms are that a slope is made of.
  var slopes: StateSpaceSlopes {
    get throws {
      guard length > 0 else { return StateSpaceSlopes(zeroLike: sequence.system) }
      var identity = DoubledMatrix(zeros: places.count, places.count)
      for i in places.indices { identity[i, i] = DoubleDouble(1) }
      let inverse = solved(identity)
      let alpha = solved(shifts)
      let found = assembled(
        alpha, (outer(alpha, alpha) - inverse).scaled(by: 0.5), { $0 }, { $0 })
      let pulls = inverse.magnitudes.times(shifts.map(\.magnitude))
      let sizes = assembled(
        pulls, (outer(pulls, pulls) + inverse.magnitudes).scaled(by: 0.5), \.magnitudes,
        \.magnitude)
      let holds = zip(found.numbers, sizes.numbers).allSatisfy {
        rounding * abs($1) <= StateSpacePosterior.promised * max(1, abs($0))
      }
      guard holds else { throw tooLarge("gradient") }
      return found
    }
  }

  /// The slopes that α and G give, with what else is multiplied as some function makes it.
  private func assembled(
    _ alpha: [DoubleDouble], _ g: DoubledMatrix, _ made: (DoubledMatrix) -> DoubledMatrix,
    _ madeEntry: (DoubleDouble) -> DoubleDouble
  ) -> StateSpaceSlopes {
    var slopes = StateSpaceSlopes(zeroLike: sequence.system)
    let (flow, prior, view) = (made(flow), made(prior), made(view))
    let priorMean = priorMean.map(madeEntry)
    let j = view.transposed().times(g).times(view)
    let backwards = flow.transposed()
    let ofNoise = backwards.times(j).times(flow)
    let ofFlow = backwards.times(j).times(prior).scaled(by: 2)
    let ofMean = backwards.times(view.transposed().times(alpha))
    let ofView = g.times(view).times(prior).scaled(by: 2)
    func states(_ t: Int) -> Range<Int> { t * n..<(t + 1) * n }
    slopes.addStart(
      mean: Array(ofMean[states(0)]), covariance: ofNoise.block(states(0), states(0)))
    for t in 0..<length - 1 {
      let pushed = Array(ofMean[states(t + 1)])
      slopes.addStep(
        t, of: sequence,
        dynamics: ofFlow.block(states(t + 1), states(t))
          + outer(pushed, Array(priorMean[states(t)])),
        noise: ofNoise.block(states(t + 1), states(t + 1)), offset: pushed)
    }
    for t in 0..<length {
      let m = sequence.system.outputCount
      var emission = DoubledMatrix(zeros: m, n)
      var noise = DoubledMatrix(zeros: m, m)
      var offset = [DoubleDouble](repeating: DoubleDouble(0), count: m)
      for (row, place) in places.enumerated() where place.step == t {
        offset[place.output] = alpha[row]
        for k in 0..<n {
          emission[place.output, k] = ofView[row, t * n + k] + alpha[row] * priorMean[t * n + k]
        }
        for (column, other) in places.enumerated() where other.step == t {
          noise[place.output, other.output] = g[row, column]
        }
      }
      slopes.addView(t, of: sequence, emission: emission, noise: noise, offset: offset)
    }
    return slopes
  }
}

extension DoubleDouble {
  fileprivate var magnitude: DoubleDouble { high < 0 ? -self : self }
}

extension DoubledMatrix {
  /// Every entry without its sign.
  fileprivate var magnitudes: DoubledMatrix {
    var result = self
    for index in result.entries.indices { result.entries[index] = entries[index].magnitude }
    return result
  }
}
