/// A number as the unevaluated sum of two doubles: about 32 decimal digits, the range of a double.
///
/// Reference: T. J. Dekker, "A floating-point technique for extending the available precision",
/// Numerische Mathematik 18, 1971; Hida, Li and Bailey, "Algorithms for quad-double precision
/// floating point arithmetic", 2001.
public struct DoubleDouble: Sendable, Hashable {
  /// The nearest double.
  public let high: Double
  /// What is left, at most half a unit in the last place of ``high``.
  public let low: Double

  /// A double as it is.
  public init(_ value: Double) {
    high = value
    low = 0
  }

  /// The sum of two doubles of which the first is the larger in magnitude, or zero.
  private init(ordered a: Double, _ b: Double) {
    high = a + b
    low = b - (high - a)
  }

  /// The exact sum of two doubles.
  package init(sumOf a: Double, _ b: Double) {
    let sum = a + b
    let partOfB = sum - a
    high = sum
    low = (a - (sum - partOfB)) + (b - partOfB)
  }

  /// a + b.
  public static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let highs = DoubleDouble(sumOf: a.high, b.high)
    let lows = DoubleDouble(sumOf: a.low, b.low)
    let first = DoubleDouble(ordered: highs.high, highs.low + lows.high)
    return DoubleDouble(ordered: first.high, first.low + lows.low)
  }

  /// −a.
  public static prefix func - (a: DoubleDouble) -> DoubleDouble {
    DoubleDouble(ordered: -a.high, -a.low)
  }

  /// a − b.
  public static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }

  /// a · b.
  public static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = a.high * b.high
    let error = (-product).addingProduct(a.high, b.high)
    return DoubleDouble(ordered: product, error + (a.high * b.low + a.low * b.high))
  }

  /// a / b, by two steps of long division.
  public static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let rest = a - b * DoubleDouble(first)
    let second = rest.high / b.high
    let last = (rest - b * DoubleDouble(second)).high / b.high
    return DoubleDouble(ordered: first, second) + DoubleDouble(last)
  }

  /// √a by one step of Newton's method from the root in doubles; 0 for what is not above zero.
  public var squareRoot: DoubleDouble {
    guard high > 0 else { return DoubleDouble(0) }
    let root = high.squareRoot()
    let rest = self - DoubleDouble(root) * DoubleDouble(root)
    return DoubleDouble(ordered: root, rest.high / (2 * root))
  }

  /// a += b.
  public static func += (a: inout DoubleDouble, b: DoubleDouble) { a = a + b }

  /// a -= b.
  public static func -= (a: inout DoubleDouble, b: DoubleDouble) { a = a - b }

  /// log a with 30 digits for a positive normal a; with those of a double for any other.
  ///
  /// ```
  /// a = 2^e m,  3/4 ≤ m < 3/2,  s = (m − 1)/(m + 1):    log a = e log 2 + 2 (s + s³/3 + s⁵/5 + …)
  /// ```
  /// |s| ≤ 1/5, so that 24 terms reach 10^-34.
  public var logarithm: DoubleDouble {
    guard high.isNormal, high > 0 else { return DoubleDouble(log(high)) }
    let exponent = high.significand < 1.5 ? high.exponent : high.exponent + 1
    let scale = Double(sign: .plus, exponent: -Int(exponent), significand: 1)
    let one = DoubleDouble(1)
    let mantissa = DoubleDouble(ordered: high * scale, low * scale)
    let s = (mantissa - one) / (mantissa + one)
    let square = s * s
    var series = DoubleDouble(0)
    for odd in stride(from: 47.0, through: 3, by: -2) {
      series = (series + one / DoubleDouble(odd)) * square
    }
    let half = s + s * series
    let logTwo = DoubleDouble(ordered: 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
    return DoubleDouble(Double(exponent)) * logTwo + half + half
  }
}
