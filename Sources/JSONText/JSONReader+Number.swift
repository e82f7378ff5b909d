extension JSONReader {
  /// A number, rounded to the nearest double.
  mutating func number() throws(JSONError) -> Double {
    let start = position
    let negative = skip(.minus)
    if current?.isLetter == true { throw refusal(ofWord: letters(from: position)) }
    let firstDigit = position
    var decimal = Decimal()
    try digits(into: &decimal, "a digit")
    if bytes[firstDigit] == .zero, position > firstDigit + 1 {
      throw failure(.leadingZero(text(from: start)), at: start)
    }
    if skip(.point) {
      let before = position
      try digits(into: &decimal, "a digit after the decimal point")
      decimal.exponent -= position - before
    }
    if let byte = current, byte | 0x20 == 0x65 {  // e or E
      position += 1
      let down = skip(.minus)
      if !down { _ = skip(.plus) }
      var exponent = Decimal()
      try digits(into: &exponent, "a digit in the exponent")
      decimal.shift(by: exponent, down: down)
    }
    if let value = decimal.exactly { return negative ? -value : value }
    let value = Double(String(decoding: bytes[start..<position], as: UTF8.self))
    guard let value, value.isFinite else {
      throw failure(.overflow(text(from: start)), at: start)
    }
    return value
  }

  private mutating func digits(into decimal: inout Decimal, _ expected: String)
    throws(JSONError)
  {
    guard let byte = current, byte.isDigit else { throw unexpected(expected) }
    while position < bytes.count, bytes[position].isDigit {
      decimal.append(bytes[position] - .zero)
      position += 1
    }
  }

  private func text(from start: Int) -> String {
    bareExcerpt(of: String(decoding: bytes[start..<position], as: UTF8.self))
  }
}

/// The digits of a number as a whole number times a power of ten, as long as they fit.
///
/// A quick way round the general reader of doubles for the numbers that people write: where
/// the digits are below 2^53 and the power at most 10^22, both are doubles without rounding,
/// so that one multiplication or division rounds once, to the nearest double.
private struct Decimal {
  var digits: UInt64 = 0
  var exponent = 0
  var fits = true

  mutating func append(_ digit: UInt8) {
    // Below 2^60 there is room for another digit.
    guard digits < 1 << 60 else {
      fits = false
      return
    }
    digits = digits * 10 + UInt64(digit)
  }

  mutating func shift(by power: Decimal, down: Bool) {
    guard power.fits, power.digits < 1000 else {
      fits = false
      return
    }
    exponent += down ? -Int(power.digits) : Int(power.digits)
  }

  var exactly: Double? {
    guard fits, digits < 1 << 53, abs(exponent) < powersOfTen.count else { return nil }
    let power = powersOfTen[abs(exponent)]
    return exponent < 0 ? Double(digits) / power : Double(digits) * power
  }
}

/// The powers of ten that are doubles.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
