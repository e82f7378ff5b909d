import Foundation
import Testing

@testable import LessonRunner

/// Builds a homework for real and runs its tests: minutes, so only where TIGHTBOUND_LONG_TESTS is set.
@Suite(
  "A homework, built and tested", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["TIGHTBOUND_LONG_TESTS"] != nil))
struct LongHomeworkTests {
  /// What stands in the place of the stub's line, and what the tests must say about it.
  struct Submission: Sendable {
    let name: String
    let body: String
    let words: [String]
  }

  static let submissions: [Submission] = [
    Submission(name: "the answer", body: weighted("(f - problem.baselines[d])"), words: []),
    Submission(
      name: "wrong sign", body: weighted("-(f - problem.baselines[d])"),
      words: ["wrong sign: its mean is minus the exact value", "the mistake wrong-sign"]),
    Submission(
      name: "no 1/S", body: weighted("(f - problem.baselines[d]) * Double(samples)"),
      words: ["With two samples: rescaled", "2.0 times", "the mistake sum-in-place-of-mean"]),
    Submission(
      name: "no baseline", body: weighted("f"),
      words: ["its variance, summed over the components", "the mistake no-baseline"]),
    Submission(
      name: "no entropy",
      body: weighted("(problem.model.logJoint(z) - problem.baselines[d])"),
      words: ["biased", "the mistake without-the-entropy"]),
    Submission(
      name: "the oracle", body: "let gradient = problem.gradient",
      words: ["does not sample", "the outcomes are 1;", "the mistake returns-the-oracle"]),
    Submission(
      name: "two bits only",
      body: weighted("(f - problem.baselines[d]) * (problem.q.count > 2 ? 0.5 : 1)"),
      words: ["On one of 200 random models it breaks"]),
  ]

  /// An estimator that multiplies each score by an expression in f, z, d and samples.
  private static func weighted(_ expression: String) -> String {
    """
    var gradient = [Double](repeating: 0, count: problem.q.count)
        for _ in 0..<samples {
          let z = try problem.q.sample(&choices)
          let f = problem.model.logJoint(z) - problem.q.logProbability(z)
          for d in gradient.indices {
            let weight: Double = \(expression)
            gradient[d] += weight * (z[d] - problem.q.probabilities[d]) / Double(samples)
            _ = f
          }
        }
    """
  }

  @Test("Each submission is told what is wrong with it")
  func submissions() throws {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "homework-\(ProcessInfo.processInfo.processIdentifier)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (path, text) in HomeworkTemplate.scoreFunction.files(.folder(root)) {
      let file = URL(filePath: folder).appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let stub = folder + "/Sources/Homework/ScoreFunction.swift"
    let handedOut = try String(contentsOfFile: stub, encoding: .utf8)
    let (status, output) = try swiftTest(folder)
    #expect(status != 0 && output.contains("nothing has been written yet"))
    let line = "let gradient = [Double](repeating: 0, count: problem.q.count)"
    #expect(handedOut.contains(line))
    for submission in LongHomeworkTests.submissions {
      let text = handedOut.replacingOccurrences(of: line, with: submission.body)
      try Data(text.utf8).write(to: URL(filePath: stub))
      let (status, output) = try swiftTest(folder)
      #expect((status == 0) == submission.words.isEmpty, "\(submission.name): \(output)")
      for words in submission.words {
        #expect(output.contains(words), "\(submission.name): \(output)")
      }
    }
  }

  private func swiftTest(_ folder: String) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swift", "test", "--disable-xctest", "--package-path", folder]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
