import GSL
public import Networks
public import Probability
import _Differentiation

/// A network that answers an observation with a potential of its latent: h, and the diagonal of J.
///
/// ```
/// (h, j) = line(y) + bend(y)        J = diag(softplus(j))
/// ```
/// Reference: Johnson et al 2016, section 4.2.
public struct PotentialNetwork: Parameters, Hashable {
  /// The line.
  public var line: Linear
  /// What departs from it.
  public var bend: Perceptron

  /// A network by its parts, both with twice as many outputs as there are latent numbers.
  public init(line: Linear, bend: Perceptron) {
    self.line = line
    self.bend = bend
  }

  /// d.
  public var latentCount: Int { line.bias.count / 2 }

  /// h, then the diagonal of J.
  @differentiable(reverse,wrt: self)
  public func numbers(_ y: Vector) -> Vector {
    let output = line(y) + bend(y)
    let count = withoutDerivative(at: output.count / 2)
    return output[0..<count].concatenated(with: softplus(output[count..<2 * count]))
  }

  /// ψ.
  public func potential(_ y: Vector) -> QuadraticPotential {
    let numbers = numbers(y)
    return QuadraticPotential(
      linear: numbers[0..<latentCount],
      precision: Matrix(diagonal: numbers[latentCount..<2 * latentCount]))
  }

  /// Shows the line, then the bend.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    line.visit(&tour, beside: direction.line)
    bend.visit(&tour, beside: direction.bend)
  }
}
