import JSONText
import Testing

@Suite struct ControlCharacterTests {
  // Catches: a limit that is one off.
  @Test("Every control character below the space is refused in a string, the space is not")
  func all() throws {
    for byte in 0..<0x20 as Range<UInt8> {
      let text: [UInt8] = [0x22, 0x61, byte, 0x62, 0x22]
      #expect(throws: JSONError.self, "byte \(byte)") { try JSON(parsing: text) }
      #expect(throws: JSONError.self, "byte \(byte) in a key") {
        try JSON(parsing: [0x7B] + text + Array(":1}".utf8))
      }
    }
    for byte in [0x20, 0x7E, 0x7F] as [UInt8] {
      #expect(
        try JSON(parsing: [0x22, byte, 0x22]) == .string(String(decoding: [byte], as: UTF8.self)))
    }
  }
}
