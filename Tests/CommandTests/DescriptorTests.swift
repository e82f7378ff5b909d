import Foundation
import Testing

@testable import LessonRunner

@Suite("Files without a path of their own") struct DescriptorTests {
  // Catches: `lessons oracle <(command)` refused, as the pipe's link leads to no file.
  @Test("A shell's <(command) is read to its end") func pipe() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data([0x7B, 0x00, 0xFF, 0x7D]))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(try Disk().read(path, limit: 4) == [0x7B, 0x00, 0xFF, 0x7D])
    #expect(try Disk().read(path, limit: 4) == [])
  }

  @Test("A pipe is as long as a file may be, and no longer") func tooLong() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data([1, 2, 3]))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    let error = #expect(throws: CommandError.self) { try Disk().read(path, limit: 2) }
    #expect(error.map { "\($0)" }?.contains("larger than") == true)
  }

  @Test("A descriptor that is not open cannot be read") func closed() throws {
    let error = #expect(throws: CommandError.self) { try Disk().read("/dev/fd/987654", limit: 2) }
    #expect(error.map { "\($0)" }?.contains("cannot be read") == true)
  }
}
