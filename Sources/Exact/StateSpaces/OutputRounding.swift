import GSL
public import Models
import Probability

extension LinearDynamicalSequence {
  /// How far the rounding of outputs, and of what is predicted of them, can move log p(y) at most.
  ///
  /// ```
  /// log p(y) = … − ½ |ρ|²     ½ | |ρ + δ|² − |ρ|² |  ≤  |ρ| |δ| + ½ |δ|²     |δ_ti| ≤ 4ε Σ_j |F⁻¹_ij| max_t |y_tj|
  /// ```
  /// ρ are the misfits in coordinates in which the outputs' noise F·Fᵀ is 1, and |ρ|² is of the size of
  /// 2 |log p|. Outputs that grow like 1.5ᵗ are a million million noises large after a hundred steps; what
  /// doubles keep of them is then noise of its own, which the evidence squares.
  public func roundingOfOutputs(atLogEvidence logEvidence: Double) -> Double {
    let count = system.outputCount
    let noise = CovarianceFactor(of: system.emissionNoise)
    let largest = (0..<count).map { output in
      observations.reduce(0) { max($0, $1[output].magnitude) }
    }
    var size = [Double](repeating: 0, count: noise.rank)
    for output in 0..<count {
      let unit = (0..<count).map { $0 == output ? 1.0 : 0 }
      for (place, entry) in noise.whitened(unit).enumerated() {
        size[place] += entry.magnitude * largest[output]
      }
    }
    let shift = 4 * Double.ulpOfOne * sqrt(Double(length) * dot(size, size))
    return shift * (sqrt(2 * logEvidence.magnitude) + shift / 2)
  }
}
