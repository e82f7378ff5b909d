/// Steps of a size set by running means of the gradient and of its square, per component.
///
/// ```
/// m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)
/// v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)
/// x + η m̂ / (√v̂ + ε)
/// ```
///
/// The divisions by 1 − βᵗ make up for the start at zero: the first step has size η in every
/// component (with ε = 0), whatever the scale of the gradient. A component that has been 0 in every
/// step so far does not move, even with ε = 0.
///
/// Reference: D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015,
/// algorithm 1.
public struct Adam: Optimiser {
  /// The step size η.
  public var learningRate: Double
  private let meanDecay: Double
  private let squareDecay: Double
  private let epsilon: Double
  private var means: [Double] = []
  private var squares: [Double] = []
  // β₁ᵗ and β₂ᵗ after t steps.
  private var (meanRest, squareRest) = (1.0, 1.0)

  /// Creates the rule before its first step.
  public init(
    learningRate: Double = 0.001, meanDecay: Double = 0.9, squareDecay: Double = 0.999,
    epsilon: Double = 1e-8
  ) {
    self.learningRate = learningRate
    self.meanDecay = meanDecay
    self.squareDecay = squareDecay
    self.epsilon = epsilon
  }

  /// All that it remembers of the steps so far, to go on from later.
  package var memory: [Double] { [meanRest, squareRest] + means + squares }

  /// Goes on from what was remembered; false, and nothing changes, where these numbers are no memory.
  package mutating func resume(_ memory: [Double]) -> Bool {
    guard memory.count >= 2, memory.count % 2 == 0 else { return false }
    let count = memory.count / 2 - 1
    (meanRest, squareRest) = (memory[0], memory[1])
    means = Array(memory[2..<(count + 2)])
    squares = Array(memory[(count + 2)...])
    return true
  }

  /// The mean gradient over the root mean square, times the step size.
  public mutating func step(up direction: [Double]) -> [Double] {
    means = memory(means, for: direction)
    squares = memory(squares, for: direction)
    meanRest *= meanDecay
    squareRest *= squareDecay
    return direction.indices.map { component($0, direction[$0]) }
  }

  private mutating func component(_ index: Int, _ slope: Double) -> Double {
    means[index] = meanDecay * means[index] + (1 - meanDecay) * slope
    squares[index] = squareDecay * squares[index] + (1 - squareDecay) * slope * slope
    let mean = means[index] / (1 - meanRest)
    let root = (squares[index] / (1 - squareRest)).squareRoot()
    return mean == 0 ? 0 : learningRate * mean / (root + epsilon)
  }
}
