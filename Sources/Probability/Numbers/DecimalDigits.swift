/// A finite number as decimal digits: value = ± 0.d₁d₂d₃… × 10^point.
///
/// The digits are those of the shortest decimal that reads back as the same number, so rounding
/// starts from what a person would type: 0.15 to one decimal is 0.2, although the double is a
/// little below 0.15. Ties go away from zero.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// d₁, d₂ …; the first is not zero, except that zero itself has no digits.
  var digits: [Int]
  var point: Int

  /// The shortest digits of a number; nil where there are none (infinite or not a number).
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value.sign == .minus
    digits = []
    point = 0
    var exponent = 0
    var sawPoint = false
    // `description` is one of 123.456, 1e-05, 1.5e+22: Swift writes the shortest such text.
    let parts = value.magnitude.description.split(separator: "e")
    if parts.count == 2 { exponent = Int(parts[1].drop { $0 == "+" }) ?? 0 }
    for character in parts[0] {
      guard let digit = character.wholeNumberValue else {
        sawPoint = true
        continue
      }
      if !sawPoint { point += 1 }
      digits.append(digit)
    }
    point += exponent
    let leadingZeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leadingZeros)
    point -= leadingZeros
    removeTrailingZeros()
  }

  var isZero: Bool { digits.isEmpty }

  /// The power of ten of the first digit: 1 for 12.5, −3 for 0.001.
  var exponent: Int { isZero ? 0 : point - 1 }

  /// Keeps `count` digits after the first, rounding ties away from zero.
  mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp { increment() }
    removeTrailingZeros()
  }

  /// Keeps `count` digits behind the point.
  mutating func round(toDecimals count: Int) { round(toDigits: point + count) }

  /// Adds one unit in the last place kept.
  private mutating func increment() {
    var place = digits.count - 1
    while place >= 0 {
      guard digits[place] == 9 else {
        digits[place] += 1
        return
      }
      digits[place] = 0
      place -= 1
    }
    digits.insert(1, at: 0)
    point += 1
  }

  private mutating func removeTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// The digit that stands at 10^power.
  private func digit(at power: Int) -> Int {
    let place = point - 1 - power
    return digits.indices.contains(place) ? digits[place] : 0
  }

  /// The number with `decimals` digits behind the point, cut off where there are more.
  func fixed(decimals: Int) -> String {
    var text = isNegative && !isZero ? "-" : ""
    for power in stride(from: max(point - 1, 0), through: 0, by: -1) {
      text += String(digit(at: power))
    }
    guard decimals > 0 else { return text }
    text += "."
    for power in 1...decimals { text += String(digit(at: -power)) }
    return text
  }

  /// One digit, the others behind the point, and the power of ten: 3.1e-16.
  func scientific(decimals: Int) -> String {
    var mantissa = self
    mantissa.point = isZero ? 0 : 1
    let power = exponent
    return mantissa.fixed(decimals: decimals) + "e" + String(power)
  }
}
