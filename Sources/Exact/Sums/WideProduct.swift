import GSL

/// A positive product that may leave the range of doubles: `mantissa` · 2^`exponent`.
struct WideProduct: Sendable {
  /// A number between 1 and 2, with 32 digits.
  private(set) var mantissa = DoubleDouble(1)
  /// The power of two.
  var exponent = 0

  /// Multiplies by a positive factor in the range of doubles.
  mutating func multiply(by factor: DoubleDouble) {
    mantissa = mantissa * factor.scaled(byPowerOfTwo: -factor.binaryExponent)
    exponent += factor.binaryExponent + mantissa.binaryExponent
    mantissa = mantissa.scaled(byPowerOfTwo: -mantissa.binaryExponent)
  }

  /// Multiplies by 1 + weight · vᵀ A⁻¹ v, the determinant's growth when A becomes A + weight v vᵀ.
  mutating func multiplyByOnePlus(
    weight: Double, _ factor: LinearAlgebra.DoubledFactor, _ vector: [DoubleDouble]
  ) {
    guard let size = vector.filter({ $0.high != 0 }).map(\.binaryExponent).max() else { return }
    let form = factor.inverseForm(vector.map { $0.scaled(byPowerOfTwo: -size) })
    var growth = WideProduct()
    growth.multiply(by: form)
    growth.multiply(by: DoubleDouble(weight))
    growth.exponent += 2 * size
    // Beyond 2^200 the one is below the digits kept, and the number perhaps beyond the doubles.
    if growth.exponent > 200 {
      multiply(by: growth.mantissa)
      exponent += growth.exponent
    } else {
      multiply(by: DoubleDouble(1) + growth.mantissa.scaled(byPowerOfTwo: growth.exponent))
    }
  }

  /// The logarithm of the product.
  var logarithm: DoubleDouble {
    mantissa.logarithm + DoubleDouble(Double(exponent)) * DoubleDouble(2).logarithm
  }

  /// log(self/other), to full relative precision where the two are nearly equal.
  func logRatio(to other: WideProduct) -> DoubleDouble {
    let ratio = mantissa / other.mantissa
    let shift = exponent - other.exponent
    if abs(shift) <= 1 { return ratio.scaled(byPowerOfTwo: shift).logarithm }
    return ratio.logarithm + DoubleDouble(Double(shift)) * DoubleDouble(2).logarithm
  }
}

extension DoubleDouble {
  /// The e with 2^e ≤ |value| < 2^(e + 1); 0 for zero and for what is no finite number, which has none.
  var binaryExponent: Int { high.isFinite && high != 0 ? Int(high.exponent) : 0 }

  /// The number times a power of two, exact unless it leaves the range of doubles.
  func scaled(byPowerOfTwo power: Int) -> DoubleDouble {
    DoubleDouble(scaledByPowerOfTwo(high, power))
      + DoubleDouble(scaledByPowerOfTwo(low, power))
  }
}

/// `value` · 2^`power`, also where the power alone is no double.
func scaledByPowerOfTwo(_ value: Double, _ power: Int) -> Double {
  Double(sign: .plus, exponent: power, significand: value)
}
