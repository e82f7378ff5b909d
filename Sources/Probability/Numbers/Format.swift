/// Numbers as text, the same on every machine and in every language setting.
///
/// Rounding starts from the shortest decimal that reads back as the number; ties go away from
/// zero. An infinite number is "inf" or "-inf", what is no number "nan", and there is no "-0".
package enum Format {
  /// `digits` significant digits, trailing zeros kept, scientific outside 1e-5 … 1e9.
  ///
  /// A whole number below a thousand million is a count and keeps all its digits.
  package static func significant(_ value: Double, digits: Int = 6) -> String {
    guard var decimal = DecimalDigits(value) else { return notFinite(value) }
    let digits = max(1, digits)
    if isCount(decimal) { return decimal.fixed(decimals: max(0, digits - 1 - decimal.exponent)) }
    decimal.round(toDigits: digits)
    let exponent = decimal.exponent
    guard (-5...8).contains(exponent) else { return decimal.scientific(decimals: digits - 1) }
    return decimal.fixed(decimals: max(0, digits - 1 - exponent))
  }

  /// At most `digits` significant digits, without trailing zeros: "0.25", "3", "1e-300".
  package static func short(_ value: Double, digits: Int = 6) -> String {
    guard var decimal = DecimalDigits(value) else { return notFinite(value) }
    if isCount(decimal) { return decimal.fixed(decimals: 0) }
    decimal.round(toDigits: max(1, digits))
    let exponent = decimal.exponent
    let decimals = max(0, decimal.digits.count - 1)
    guard (-5...8).contains(exponent) else { return decimal.scientific(decimals: decimals) }
    return decimal.fixed(decimals: max(0, decimals - exponent))
  }

  /// `decimals` digits behind the point: "0.430", "-12.00".
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard var decimal = DecimalDigits(value) else { return notFinite(value) }
    decimal.round(toDecimals: max(0, decimals))
    return decimal.fixed(decimals: max(0, decimals))
  }

  /// `digits` significant digits and a power of ten: "3.1e-16"; zero is "0".
  package static func scientific(_ value: Double, digits: Int = 2) -> String {
    guard var decimal = DecimalDigits(value) else { return notFinite(value) }
    guard !decimal.isZero else { return "0" }
    decimal.round(toDigits: max(1, digits))
    return decimal.scientific(decimals: max(1, digits) - 1)
  }

  /// A measured or allowed error in two digits: "0", "0.02", "3.1e-16", "inf".
  package static func brief(_ value: Double) -> String {
    guard let decimal = DecimalDigits(value) else { return notFinite(value) }
    guard !decimal.isZero, decimal.exponent < -2 || decimal.exponent > 3 else {
      return short(value, digits: 2)
    }
    return scientific(value, digits: 2)
  }

  /// A count with its thousands set apart: "1,048,576".
  package static func count(_ value: Int) -> String {
    var groups: [String] = []
    var rest = value.magnitude
    repeat {
      let group = String(rest % 1000)
      rest /= 1000
      groups.append(
        rest == 0 ? group : String(repeating: "0", count: 3 - group.count) + group)
    } while rest > 0
    return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// A share of one in per cent: "43.0 %".
  package static func percent(_ value: Double, decimals: Int = 1) -> String {
    fixed(value * 100, decimals: decimals) + " %"
  }

  /// Numbers that stand together: significant digits, and no zeros at the end that all could spare.
  ///
  /// As many decimals are kept as the number that needs most of them needs: 0.5 and 1.5, but 0.50
  /// and 0.25.
  package static func together(_ values: [Double], digits: Int = 6) -> [String] {
    let texts = values.map { $0 == 0 ? "0" : significant($0, digits: digits) }
    let needed = texts.map { decimals(of: withoutZeros($0)) }.max() ?? 0
    return texts.map { text in
      let spare = max(0, decimals(of: text) - needed)
      let cut = text.contains("e") ? text : String(text.dropLast(spare))
      return cut.last == "." ? String(cut.dropLast()) : cut
    }
  }

  /// The digits behind the point; none where there is a power of ten.
  private static func decimals(of text: String) -> Int {
    guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return 0 }
    return text.distance(from: point, to: text.endIndex) - 1
  }

  private static func withoutZeros(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    return text
  }

  /// A whole number of at most nine digits.
  private static func isCount(_ decimal: DecimalDigits) -> Bool {
    decimal.digits.count <= decimal.point && decimal.exponent <= 8
  }

  private static func notFinite(_ value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }
}
