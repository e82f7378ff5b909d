/// The 1,797 handwritten digits of 8 by 8 pixels that scikit-learn carries.
///
/// Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
/// Repository 1998, doi.org/10.24432/C50P49 (CC BY 4.0), by way of scikit-learn (BSD).
/// `Reference/digits.py` wrote them here.
enum Digits {
  /// The number of pixels.
  static let pixels = 64

  /// Grey values from 0 to 15, image after image.
  static let grey: [[Double]] = {
    let numbers = DigitsText.pixels.utf8.compactMap(value)
    var flat: [Double] = []
    for index in stride(from: 0, to: numbers.count - 1, by: 2) {
      let bits = numbers[index] << 6 | numbers[index + 1]
      flat += [bits >> 8, bits >> 4 & 15, bits & 15].map(Double.init)
    }
    return (0..<flat.count / pixels).map { Array(flat[($0 * pixels)..<(($0 + 1) * pixels)]) }
  }()

  /// Zero or one: whether a pixel has half of the ink or more.
  static let binary: [[Double]] = grey.map { $0.map { $0 >= 8 ? 1 : 0 } }

  /// What each image shows.
  static let labels: [Int] = DigitsText.labels.utf8.compactMap {
    (48...57).contains($0) ? Int($0) - 48 : nil
  }

  /// The place of a letter in the alphabet of base 64.
  private static func value(_ letter: UInt8) -> Int? {
    switch letter {
    case 65...90: Int(letter) - 65
    case 97...122: Int(letter) - 71
    case 48...57: Int(letter) + 4
    case 43: 62
    case 47: 63
    default: nil
    }
  }
}
