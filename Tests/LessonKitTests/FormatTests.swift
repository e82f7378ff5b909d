import LessonKit
import Probability
import Testing

@Suite("Numbers as text")
struct FormatTests {
  @Test(
    "Significant digits, through every carry and every kind of number",
    arguments: [
      (9.999_999_5, 7, "10.00000"), (9.999_999_5, 6, "10.0000"), (0.15, 1, "0.2"),
      (0.1 + 0.2, 6, "0.300000"), (-0.0, 4, "0.000"), (1e-300, 3, "1.00e-300"),
      (.leastNonzeroMagnitude, 2, "5.0e-324"), (1e22, 3, "1.00e22"), (1_048_576, 3, "1048576"),
      (999_999_999, 2, "999999999"), (1_234_567_890, 4, "1.235e9"), (3, 4, "3.000"),
      (99.95, 3, "100"), (0.000_012_34, 3, "0.0000123"), (0.000_001_234, 3, "1.23e-6"),
      (.infinity, 3, "inf"), (-.infinity, 3, "-inf"), (.nan, 3, "nan"),
      (.greatestFiniteMagnitude, 3, "1.80e308"),
    ])
  func significant(value: Double, digits: Int, text: String) {
    #expect(Format.significant(value, digits: digits) == text)
  }

  @Test(
    "Short text has no zeros to spare",
    arguments: [
      (0.25, "0.25"), (3, "3"), (-0.0, "0"), (1e22, "1e22"), (1e-300, "1e-300"),
      (1.5e-300, "1.5e-300"), (2.0 / 3, "0.666667"), (123_456.789, "123457"), (9.999_999_9, "10"),
    ])
  func short(value: Double, text: String) {
    #expect(Format.short(value) == text)
  }

  @Test(
    "Fixed point",
    arguments: [
      (0.43, 3, "0.430"), (-12, 2, "-12.00"), (0.005, 2, "0.01"), (-0.001, 2, "0.00"),
      (0.999, 2, "1.00"), (1e21, 1, "1000000000000000000000.0"), (2.5, 0, "3"), (-0.5, 0, "-1"),
      (0.4, 0, "0"), (1e-300, 3, "0.000"), (.nan, 2, "nan"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(Format.fixed(value, decimals: decimals) == text)
  }

  @Test(
    "Measured errors in two digits",
    arguments: [
      (3.14e-16, "3.1e-16"), (0.0156, "0.016"), (0, "0"), (9.96e-17, "1.0e-16"), (0.31, "0.31"),
      (12_345, "1.2e4"), (.infinity, "inf"),
    ])
  func brief(value: Double, text: String) {
    #expect(Format.brief(value) == text)
  }

  @Test(
    "Thousands stand apart",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (1 << 20, "1,048,576"),
      (.min, "-9,223,372,036,854,775,808"),
    ])
  func count(value: Int, text: String) {
    #expect(Format.count(value) == text)
  }

  @Test("Numbers that stand together lose only the zeros that all have")
  func together() {
    #expect(Format.together([0.3, 0.1 + 0.2]) == ["0.3", "0.3"])
    #expect(Format.together([0.43, 0.425_6]) == ["0.4300", "0.4256"])
    #expect(Format.together([1, 2]) == ["1", "2"])
    #expect(Format.together([0, 0.5]) == ["0", "0.5"])
    #expect(Format.together([1_048_576, 0.5]) == ["1048576", "0.5"])
    #expect(Format.together([0.5, 1.5]) == ["0.5", "1.5"])
    #expect(Format.together([0.5, 0.25, 1e-12]) == ["0.50", "0.25", "1.00000e-12"])
    #expect(Format.together([]) == [])
    #expect(Format.together([.nan, 1]) == ["nan", "1"])
  }

  @Test("What is written reads back: seventeen digits lose nothing")
  func readsBack() {
    for value in [
      0.1, 2.0 / 3, 1e-7, 12_345.678_9, .leastNonzeroMagnitude, 1.797e308, -3.141_592_653_589_793,
    ] {
      #expect(Double(Format.significant(value, digits: 17)) == value)
      #expect(Double(Format.scientific(value, digits: 17)) == value)
    }
  }
}
