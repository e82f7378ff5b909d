import GSL
import Models
import Probability

// How far rounding can have moved what doubles answer for a state-space model. The bounds are of first
// order; where one is above what is promised, 32 digits answer.
//
// A covariance Σ that is factored with rounding is that of a matrix with other entries:
//   |ΔΣ_ij| ≤ γ √(Σ_ii Σ_jj)    ⟹    −ε Σ ≤ ΔΣ ≤ ε Σ,     ε = γ d Σ_i Σ_ii (Σ⁻¹)_ii,   γ = (3d + 1) ε₀/2
// States and outputs are linear in independent parts with these covariances, so that their joint
// covariance moves by no more than that share of itself, and with it all that follows. N outputs,
// a misfit q = yᵀ Cov(y)⁻¹ y and a smoothed variance S:
//   |Δ log p| ≤ ε (N + q)/2      |Δ mean_i| ≤ ε √(q S_ii)      |Δ S_ij| ≤ ε √(S_ii S_jj)
// Reference: Higham 2002, theorems 10.3 and 10.6.

extension CovarianceFactor {
  /// ε: the share of itself by which rounding moves a covariance on its way into this factor; infinity
  /// for a singular one.
  func factoringError(of covariance: [[Double]]) -> Double {
    let d = covariance.count
    guard rank == d else { return .infinity }
    let condition = (0..<d).reduce(0.0) { sum, i in
      let white = whitened((0..<d).map { $0 == i ? 1 : 0 })
      return sum + covariance[i][i] * dot(white, white)
    }
    return Self.rounding(order: d) * Double(d) * condition
  }

  fileprivate static func rounding(order d: Int) -> Double {
    Double(3 * d + 1) / 2 * Double.ulpOfOne
  }
}

/// How far a smoother in doubles can be off, in each of the three things it answers.
struct StateSpaceErrors {
  /// ε for the outputs' noise, and the larger one with the noise of states.
  private let (viewError, allErrors): (Double, Double)
  private let whiteEmission: [[Double]]
  /// Σ_j |F⁻¹_ij| max_t |y_tj| for each output, F Fᵀ being the outputs' noise.
  private let outputSizes: [Double]
  private let logNoise: Double
  private let counts: (outputs: Double, steps: Double)
  private let roundings: Double

  init(_ systems: [LinearDynamicalSystem], _ observations: [[Double]], seen: [[Int]]) {
    let system = systems[0]
    let (n, m) = (system.stateCount, system.outputCount)
    let noise = CovarianceFactor(of: system.emissionNoise)
    let white = transposed(transposed(system.emission).map(noise.whitened))
    whiteEmission = white
    viewError = noise.factoringError(of: system.emissionNoise)
    // A singular noise is factored but for what n roundings leave; that counts beside the outputs' noise.
    func error(_ covariance: [[Double]]) -> Double {
      let beside = white.reduce(0.0) { sum, row in
        let spread = (0..<n).reduce(0) { $0 + row[$1].magnitude * sqrt(covariance[$1][$1]) }
        return sum + spread * spread
      }
      return min(
        CovarianceFactor(of: covariance).factoringError(of: covariance),
        64 * CovarianceFactor.rounding(order: n) * beside)
    }
    allErrors = systems.reduce(max(viewError, error(system.initialCovariance))) {
      max($0, error($1.dynamicsNoise))
    }
    var sizes = [Double](repeating: 0, count: m)
    for output in 0..<m {
      let largest = observations.reduce(0) { max($0, $1[output].magnitude) }
      let column = noise.whitened((0..<m).map { $0 == output ? 1 : 0 })
      for (i, entry) in column.enumerated() { sizes[i] += entry.magnitude * largest }
    }
    outputSizes = sizes
    logNoise = noise.logDeterminant
    counts = (
      outputs: Double(seen.reduce(0) { $0 + $1.count }), steps: Double(observations.count)
    )
    roundings = Double(n + m + 2)
  }

  /// q, at most: what a log evidence leaves for it, as log |Cov(y)| is at least that of the noise.
  func misfit(atLogEvidence logEvidence: Double) -> Double {
    let logDeterminant = counts.steps * 2 * min(0, logNoise)
    return max(0, -2 * logEvidence - counts.outputs * log(2 * Double.pi) - logDeterminant)
  }

  /// |δ| over all outputs, in coordinates in which their noise is 1: what outputs and their predictions
  /// are rounded by, with means of some size on the way.
  ///
  /// ```
  /// |δ_ti| ≤ (n + m + 2) ε₀ Σ_j (|F⁻¹_ij| max_t |y_tj| + |F⁻¹C|_ij max_t |m_tj|)
  /// ```
  func shift(meanSizes: [Double]) -> Double {
    let sizes = zip(outputSizes, whiteEmission).map { own, row in
      zip(row, meanSizes).reduce(own) { $0 + $1.0.magnitude * $1.1 }
    }
    return roundings * Double.ulpOfOne * sqrt(counts.steps * dot(sizes, sizes))
  }

  /// The error of log p(y), given q, |δ| and whether the states' noise was factored too.
  func ofEvidence(misfit q: Double, shift: Double, factorsStates: Bool) -> Double {
    share(factorsStates) / 2 * (counts.outputs + q) + shift * (sqrt(q) + shift / 2)
  }

  /// The error of a mean whose variance is S, given the size of numbers that it is the sum of.
  func ofMean(
    misfit q: Double, variance: Double, size: Double, shift: Double, factorsStates: Bool
  ) -> Double {
    let deviation = sqrt(variance)
    return share(factorsStates) * sqrt(q) * deviation + deviation * shift
      + roundings * Double.ulpOfOne * size
  }

  /// ε.
  func share(_ factorsStates: Bool) -> Double { factorsStates ? allErrors : viewError }
}

extension StateSpacePosterior {
  /// The most that any of its numbers may be off by, over max(1, |number|), where its covariances are off by
  /// some share of themselves and variances on the way were no larger than some.
  ///
  /// A mean on the way is one given less: off from the smoothed one by √(q V) at most, V its variance then.
  func worstError(
    _ sequence: LinearDynamicalSequence, covarianceError: Double, factorsStates: Bool,
    variances: (_ state: Int, _ smoothed: Double) -> Double
  ) -> Double {
    let errors = StateSpaceErrors(
      [sequence.system], sequence.observations, seen: sequence.seen)
    let q = errors.misfit(atLogEvidence: logEvidence.value)
    let n = stateCount
    var (largest, widest) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
    for t in 0..<length {
      for i in 0..<n {
        largest[i] = max(largest[i], means[t * n + i].magnitude)
        widest[i] = max(widest[i], covariances[(t * n + i) * n + i])
      }
    }
    let sizes = (0..<n).map { i in
      max(sequence.system.initialMean[i].magnitude, largest[i])
        + sqrt(q * variances(i, widest[i]))
    }
    let shift = errors.shift(meanSizes: sizes)
    func ofMean(_ i: Int, variance: Double) -> Double {
      errors.ofMean(
        misfit: q, variance: variance, size: sizes[i], shift: shift, factorsStates: factorsStates)
    }
    var worst =
      (logEvidence.roundingBound
        + errors.ofEvidence(misfit: q, shift: shift, factorsStates: factorsStates))
      / max(1, logEvidence.value.magnitude)
    worst = max(worst, errors.share(factorsStates) + covarianceError)
    // The widest of all steps first; step by step only where that promises too little.
    let bound = (0..<n).reduce(0.0) { max($0, ofMean($1, variance: widest[$1])) } + covarianceError
    if bound <= Self.promised { return max(worst, bound) }
    for t in 0..<length {
      for i in 0..<n {
        let error = ofMean(i, variance: covariances[(t * n + i) * n + i])
        let relative = error / max(1, means[t * n + i].magnitude) + covarianceError
        // The negated form takes what is no number too.
        if !(relative <= worst) { worst = relative }
      }
    }
    return worst.isNaN ? .infinity : worst
  }
}
