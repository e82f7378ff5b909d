internal import CGSL

// A function of several variables on its way through C, with or without its gradient.

/// A point with the value and the gradient there.
struct Evaluation {
  let point: [Double]
  let value: Double
  let gradient: [Double]
}

/// What GSL hands back to the functions below: the closure, and the last point evaluated, because
/// GSL asks for the value and then for the gradient of one point.
struct Objective {
  private var callback: Callback<[Double], Evaluation>
  private var last: Evaluation?

  init(_ function: @escaping ([Double]) throws -> Evaluation) {
    callback = Callback(function)
  }

  var failure: (any Error)? { callback.failure }

  mutating func evaluate(at point: [Double]) -> Evaluation? {
    if let last, last.point == point, failure == nil { return last }
    last = callback.call(point)
    return last
  }
}

/// Lends GSL an objective, and throws what the closure threw.
///
/// A method without derivatives asks for gradients of size 0. A value or a gradient that is not finite, or a gradient of the wrong length, is an error.
func withObjective<Result>(
  _ name: String, gradientSize: Int,
  _ function: ([Double]) throws -> (value: Double, gradient: [Double]),
  _ body: (UnsafeMutableRawPointer) -> Result
) throws -> Result {
  AbortHandler.ensureOff()
  return try withoutActuallyEscaping(function) { function in
    var objective = Objective { point in
      let (value, gradient) = try function(point)
      guard value.isFinite else { throw GSLError.returned(value, name, at: "\(point)") }
      if let bad = gradient.firstIndex(where: { !$0.isFinite }) {
        throw GSLError.returned(gradient[bad], "\(name), gradient[\(bad)]", at: "\(point)")
      }
      guard gradient.count == gradientSize else {
        throw GSLError(
          name,
          .badArgument("expected a gradient of \(gradientSize) numbers, found \(gradient.count)"),
          arguments: "at \(point)")
      }
      return Evaluation(point: point, value: value, gradient: gradient)
    }
    let result = unsafe withUnsafeMutablePointer(to: &objective) { unsafe body($0) }
    if let failure = objective.failure { throw failure }
    return result
  }
}

/// The coordinates of a vector of GSL.
func coordinates(_ vector: UnsafePointer<gsl_vector>?) -> [Double] {
  guard let vector = unsafe vector else { return [] }
  return unsafe (0..<vector.pointee.size).map { unsafe gsl_vector_get(vector, $0) }
}

private func evaluate(
  _ point: UnsafePointer<gsl_vector>?, _ context: UnsafeMutableRawPointer?
) -> Evaluation? {
  let objective = unsafe context?.assumingMemoryBound(to: Objective.self)
  return unsafe objective?.pointee.evaluate(at: coordinates(point))
}

private func store(_ gradient: [Double]?, in vector: UnsafeMutablePointer<gsl_vector>?) {
  guard let vector = unsafe vector else { return }
  // A closure that has failed leaves a zero gradient, at which a search ends.
  for index in unsafe 0..<vector.pointee.size {
    let entry = gradient.map { index < $0.count ? $0[index] : 0 } ?? 0
    unsafe gsl_vector_set(vector, index, entry)
  }
}

/// The value at a point, as C calls it.
func objectiveValue(
  _ point: UnsafePointer<gsl_vector>?, _ context: UnsafeMutableRawPointer?
) -> Double {
  unsafe evaluate(point, context)?.value ?? 0
}

/// The gradient at a point, as C calls it.
func objectiveGradient(
  _ point: UnsafePointer<gsl_vector>?, _ context: UnsafeMutableRawPointer?,
  _ gradient: UnsafeMutablePointer<gsl_vector>?
) {
  unsafe store(evaluate(point, context)?.gradient, in: gradient)
}

/// The value and the gradient at a point, as C calls it.
func objectiveBoth(
  _ point: UnsafePointer<gsl_vector>?, _ context: UnsafeMutableRawPointer?,
  _ value: UnsafeMutablePointer<Double>?, _ gradient: UnsafeMutablePointer<gsl_vector>?
) {
  let found = unsafe evaluate(point, context)
  unsafe value?.pointee = found?.value ?? 0
  unsafe store(found?.gradient, in: gradient)
}
