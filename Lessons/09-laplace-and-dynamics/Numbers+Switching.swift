import GSL
import Probability

/// What the numbers of the second half are.
enum SwitchingNumbers {
  /// The ELBO where sweeps from a start come to rest.
  static func end(_ start: SwitchingStart) throws -> Double {
    try start.run(60).elbos[59]
  }

  /// e^value with the bound that follows.
  static func exponential(_ logarithm: QuadratureValue) -> QuadratureValue {
    let value = exp(logarithm.value)
    return QuadratureValue(value, errorBound: value * expm1(logarithm.errorBound))
  }
}
