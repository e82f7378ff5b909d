/// Why a text is not the JSON it should be, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Sendable, Equatable {
    case empty
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case unexpected(expected: String, found: String)
    case duplicateKey(String)
    case leadingZero(String)
    case notANumber(String)
    case overflow(String)
    case controlCharacter(UInt8)
    case invalidUTF8(UInt8)
    case loneSurrogate(String)
    case byteOrderMark
  }

  /// The line, from 1; 0 where the complaint is about the file as a whole.
  public let line: Int
  /// The character within the line, from 1; 0 where the complaint is about the file as a whole.
  public let column: Int
  /// What is wrong there.
  public let reason: Reason

  /// One line: the place, then what was expected and found.
  public var description: String {
    line == 0 ? reason.sentence : "line \(line), column \(column): \(reason.sentence)"
  }
}

extension JSONError.Reason {
  var sentence: String {
    switch self {
    case .empty: "the file is empty"
    case .tooLarge(let bytes, let limit):
      "the file has \(size(bytes)), the limit is \(size(limit))"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .unexpected(let expected, let found): "expected \(expected), found \(found)"
    case .duplicateKey(let key): "duplicate key \(excerpt(of: key))"
    case .leadingZero(let text): "expected a number without leading zeros, found \(text)"
    case .notANumber(let text): "expected a value, found \(text), which JSON does not have"
    case .overflow(let text): "expected a number that fits a double, found \(text)"
    case .controlCharacter(let byte):
      "expected control characters in a string to be escaped, found byte \(hexadecimal(byte))"
    case .invalidUTF8(let byte): "expected UTF-8, found byte \(hexadecimal(byte))"
    case .loneSurrogate(let text): "expected a pair of surrogates, found \(text) alone"
    case .byteOrderMark: "expected a value, found a byte order mark"
    }
  }
}

/// A size for people, and to the byte.
private func size(_ bytes: Int) -> String {
  let mega = 1 << 20
  return bytes < mega ? "\(bytes) bytes" : "\(bytes / mega) MB (\(bytes) bytes)"
}

func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return byte < 16 ? "0x0\(digits)" : "0x\(digits)"
}
