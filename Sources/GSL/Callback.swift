internal import CGSL

/// A Swift closure on its way through C: what it threw waits here until GSL has returned.
///
/// C cannot carry a Swift error. After the first failure the closure is not called again and GSL
/// is given zeros, on which its algorithms end at once.
struct Callback<Input, Output> {
  private let function: (Input) throws -> Output
  private(set) var failure: (any Error)?

  init(_ function: @escaping (Input) throws -> Output) {
    self.function = function
  }

  /// Calls the closure, unless it has failed before.
  mutating func call(_ input: Input) -> Output? {
    guard failure == nil else { return nil }
    do {
      return try function(input)
    } catch {
      failure = error
      return nil
    }
  }
}

/// Lends GSL a function of one variable, and throws what the function threw.
///
/// A value that is not finite is an error of `name`, with the point where it was found.
func withFunction<Result>(
  _ name: String, _ function: (Double) throws -> Double,
  _ body: (UnsafeMutablePointer<gsl_function>) throws -> Result
) throws -> Result {
  AbortHandler.ensureOff()
  return try withoutActuallyEscaping(function) { function in
    var callback = Callback<Double, Double> { x in
      let y = try function(x)
      guard y.isFinite else { throw GSLError.returned(y, name, at: "\(x)") }
      return y
    }
    let result = Swift.Result {
      unsafe try withUnsafeMutablePointer(to: &callback) { context in
        var lent = unsafe gsl_function(
          function: { x, context in
            let callback = unsafe context?.assumingMemoryBound(to: Callback<Double, Double>.self)
            return unsafe callback?.pointee.call(x) ?? 0
          }, params: context)
        return unsafe try body(&lent)
      }
    }
    if let failure = callback.failure { throw failure }
    return try result.get()
  }
}
