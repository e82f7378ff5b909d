import Networks
import _Differentiation

/// Compares a claimed gradient with central differences; says what is wrong, coordinate by coordinate.
///
/// ```
/// D(h) = (f(x + h) − f(x − h)) / 2h = f′ + f‴ h²/6 + O(h⁴)
/// ```
///
/// D(h) − D(2h) = −f‴ h²/2 shows how large the truncation error is; the extrapolated difference
/// (4 D(h) − D(2h)) / 3 is better than that by a factor h². Rounding adds the error of `operations`
/// floating-point operations on numbers of the size of f, divided by the step.
func complaints(
  aboutGradient claimed: [Double], of function: ([Double]) -> Double, at point: [Double],
  operations: Double = 64
) -> [String] {
  guard claimed.count == point.count else {
    return ["\(claimed.count) derivatives for \(point.count) coordinates"]
  }
  let step = 0x1p-14
  let size = 1 + function(point).magnitude
  return point.indices.compactMap { index in
    func difference(_ step: Double) -> Double {
      var (above, below) = (point, point)
      above[index] += step
      below[index] -= step
      return (function(above) - function(below)) / (2 * step)
    }
    let (fine, coarse) = (difference(step), difference(2 * step))
    let expected = (4 * fine - coarse) / 3
    let allowed = (fine - coarse).magnitude + operations * size * 0x1p-52 / step
    let found = claimed[index]
    if !((found - expected).magnitude <= allowed) {
      return "coordinate \(index): expected \(expected) within \(allowed), found \(found)"
    }
    // A check that allows everything would be no check.
    if allowed > 1e-5 * (1 + expected.magnitude) {
      return "coordinate \(index): differences are too rough (\(allowed)) to judge by"
    }
    return nil
  }
}

/// The same for a differentiable function of any struct of parameters.
func complaints<Model: Parameters>(
  at model: Model, of function: @differentiable(reverse) (Model) -> Double
) -> [String] {
  let (value, derivative) = valueWithGradient(at: model, of: function)
  guard value == function(model) else {
    return ["the value beside the gradient is \(value), the function's is \(function(model))"]
  }
  return complaints(
    aboutGradient: model.flat(derivative),
    of: { numbers in
      var moved = model
      moved.assign(numbers)
      return function(moved)
    }, at: model.flat)
}

/// Two structs of parameters side by side, for operations with two operands.
struct Two<First: Parameters, Second: Parameters>: Parameters {
  var first: First
  var second: Second

  mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    first.visit(&tour, beside: direction.first)
    second.visit(&tour, beside: direction.second)
  }
}

/// Unequal weights of both signs: they make a vector a number without any symmetry to hide behind.
let probe: Vector = [0.7, -1.3, 2.1, 0.4, -0.9, 1.6, -0.2, 1.1, -1.7, 0.3, 0.8, -0.6]

@differentiable(reverse)
func probed(_ vector: Vector) -> Double {
  vector.dot(withoutDerivative(at: probe[0..<vector.count]))
}

@differentiable(reverse)
func probed(_ matrix: Matrix) -> Double {
  probed(matrix.flattened())
}
