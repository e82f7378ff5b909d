import Foundation
import Testing

@testable import LessonRunner

/// The functions of exercises, written in Swift: all variants are one program, compiled once.
@Suite struct SwiftHandinTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Handins").path

  /// The Swift files of the variants, and the client that they speak through.
  private static func sources() -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
    let files = names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
    let client = Submission.clients.appending(path: "Tightbound.swift").standardized.path
    return files.map { folder + "/" + $0 } + [client]
  }

  @Test("What is right in Swift passes, and each mistake is told its own name")
  func judged() throws {
    let submission = try Submission("README", "variants of functions, in Swift")
    defer { submission.remove() }
    let words = Self.sources().map { "'\($0)'" }.joined(separator: " ")
    // Unoptimised, as compiling takes longer than running.
    try #require(try submission.builds("swiftc -Onone \(words) -o variants"))
    let program = submission.folder + "/variants"
    let variants = try Self.variants(of: program)
    #expect(Set(variants.map { $0.exercise.prefix(2) }).count >= 5)
    #expect(variants.count { $0.variant.kind == "right" } >= 12)
    #expect(variants.count { $0.variant.kind == "mistake" } >= 25)
    for (exercise, variant) in variants {
      try variant.isToldApart(in: exercise, command: [program, exercise, variant.name])
    }
  }

  /// What the program says that it holds.
  private static func variants(
    of program: String
  ) throws -> [(exercise: String, variant: HandinVariant)] {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: program)
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map { line in
      let words = line.split(separator: " ").map(String.init)
      return (words[0], HandinVariant(kind: words[1], part: words[2], name: words[3]))
    }
  }
}
