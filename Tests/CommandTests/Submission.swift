import Foundation
import Interchange
import Judge
import Models
import Probability
import Testing

@testable import LessonRunner

/// A folder with the programs of a test, and the client that they speak through.
struct Submission {
  static let python = "/usr/bin/python3"
  static var hasPython: Bool { FileManager.default.isExecutableFile(atPath: python) }

  static let clients = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Reference/clients")

  let folder: String

  /// Writes a program, whose text stands behind the client's import.
  init(_ name: String, _ text: String) throws {
    let place = FileManager.default.temporaryDirectory
      .appending(path: "judged-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path)
    for client in ["tightbound.py", "Tightbound.swift", "tightbound.hpp"] {
      try FileManager.default.copyItem(
        at: Self.clients.appending(path: client), to: place.appending(path: client))
    }
    try Data(text.utf8).write(to: place.appending(path: name))
    folder = place.path
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// A Python estimator: the body of `estimate(task, choices)`.
  static func python(_ body: String, before: String = "") throws -> Submission {
    let lines = body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    return try Submission(
      "estimate.py",
      """
      import math, tightbound
      \(before)
      def draw(task, choices):
          z = [choices.flip(p) for p in task.q]
          log_q = sum(math.log(p if b else 1 - p) for b, p in zip(z, task.q))
          f = task.logJoint[sum(b << d for d, b in enumerate(z))] - log_q
          return f, [b - p for b, p in zip(z, task.q)]

      def estimate(task, choices):
      \(lines)

      tightbound.run(estimate)
      """)
  }

  /// The verdict on it, for S draws.
  func judged(
    on problem: (any GradientProblem)? = nil, samples: Int = 2,
    command: [String] = [python, "estimate.py"], limits: ChildLimits = .short
  ) throws -> JudgeReport {
    defer { remove() }
    let bits = GradientTask(
      .init(
        document: .twoFactors, q: .init([0.6, 0.33]), constantBaseline: -4), samples: samples)
    let task = problem ?? bits
    return try withPlan(command, limits) { plan in
      try task.judge(
        plan, limits: InterviewLimits(outcomes: 20_000, choices: 1000, replays: 16),
        knowing: KnownMistake.all(of: .real))
    }
  }

  /// Starts it and asks it for its parts.
  func asked<Value>(
    command: [String] = [python, "estimate.py"],
    _ body: (inout Interview<ChildProcess>) throws -> Value
  ) throws -> Value {
    defer { remove() }
    return try withPlan(command, .short) { plan in
      let child = try ChildProcess(plan)
      defer { child.close() }
      var interview = Interview(child)
      defer { interview.dismissWitness() }
      return try body(&interview)
    }
  }

  private func withPlan<Value>(
    _ command: [String], _ limits: ChildLimits, _ body: (ChildProcess.Plan) throws -> Value
  ) throws -> Value {
    let program = try #require(ProgramPath(command, in: folder, path: "/usr/bin:/bin"))
    let workplace = try Workplace()
    defer { workplace.clear() }
    return try body(
      .init(
        command: program.command, folder: workplace.folder, readable: program.folders,
        limits: limits))
  }

  /// Runs a compiler in its folder: whether that went well.
  func builds(_ command: String) throws -> Bool {
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/bin/sh")
    compiler.arguments = ["-c", "cd \(folder) && \(command) >/dev/null 2>&1"]
    try compiler.run()
    compiler.waitUntilExit()
    return compiler.terminationStatus == 0
  }
}

extension ChildLimits {
  /// What a test waits for.
  static let short: ChildLimits = {
    var limits = ChildLimits()
    (limits.seconds, limits.answerMilliseconds) = (20, 5000)
    return limits
  }()

  /// What a test waits for where it knows that the end never comes.
  static let shortest: ChildLimits = {
    var limits = short
    limits.answerMilliseconds = 700
    return limits
  }()
}
