import Foundation
import Judge
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
    samples: Int = 2, command: [String] = [python, "estimate.py"], seconds: Int = 20,
    answer: Int = 5000
  ) throws -> JudgeReport {
    defer { remove() }
    let case_ = try GradientTask(
      .init(
        document: .twoFactors, q: .init([0.6, 0.33]), constantBaseline: -4), samples: samples)
    var limits = ChildLimits()
    (limits.seconds, limits.answerMilliseconds) = (seconds, answer)
    let resolved = try #require(
      Workplace.resolved(command, in: folder, path: "/usr/bin:/bin"))
    let workplace = try Workplace()
    defer { workplace.clear() }
    return try case_.judge(
      .init(
        command: resolved, folder: workplace.folder, readable: Workplace.folders(of: resolved),
        limits: limits),
      limits: InterviewLimits(outcomes: 20_000, choices: 1000, replays: 16))
  }
}

@Suite("Programs under judgement", .enabled(if: Submission.hasPython))
struct JudgedProgramTests {
  @Test("Right estimators that are written differently pass")
  func right() throws {
    let plain = """
      total = [0.0] * len(task.q)
      for s in range(task.samples):
          f, score = draw(task, choices)
          total = [t + f * g / task.samples for t, g in zip(total, score)]
      return total
      """
    let leaveOneOut = """
      draws = [draw(task, choices) for s in range(task.samples)]
      total = [0.0] * len(task.q)
      for s, (f, score) in enumerate(draws):
          others = [g for t, (g, _) in enumerate(draws) if t != s]
          c = sum(others) / len(others)
          total = [t + (f - c) * g / len(draws) for t, g in zip(total, score)]
      return tuple(total)
      """
    let thresholds = """
      print("this goes to standard error")
      us = [choices.uniform() for p in task.q]
      z = [int(u < p) for u, p in zip(us, task.q)]
      log_q = sum(math.log(p if b else 1 - p) for b, p in zip(z, task.q))
      f = task.logJoint[sum(b << d for d, b in enumerate(z))] - log_q
      return [(f + 3) * (b - p) for b, p in zip(z, task.q)]
      """
    let twoStages = """
      z = []
      for p in task.q:
          half = choices.flip(.5)
          z.append(choices.flip(max(0, 2 * p - 1) if half == 0 else min(1, 2 * p)))
      log_q = sum(math.log(p if b else 1 - p) for b, p in zip(z, task.q))
      f = task.logJoint[sum(b << d for d, b in enumerate(z))] - log_q
      return [f * (b - p) for b, p in zip(z, task.q)]
      """
    for body in [plain, leaveOneOut, thresholds, twoStages] {
      let report = try Submission.python(body).judged()
      #expect(report.holds, "\(body)\n\(report.words)\n\(report.complaints)")
    }
  }

  @Test(
    "Wrong ones are told what is wrong",
    arguments: [
      ("f, s = draw(task, choices)\nreturn [-f * g for g in s]", "wrong sign"),
      ("f, s = draw(task, choices)\nreturn [f * g / 2 for g in s]", "rescaled"),
      ("f, s = draw(task, choices)\nreturn [(f + 1) * g + .1 for g in s]", "biased"),
      ("return [0.0, 0.0]", "makes no choice at all"),
      ("f, s = draw(task, choices)\nreturn [f * g for g in s][:1]", "expected a list of 2 numbers"),
      ("f, s = draw(task, choices)\nreturn [f * g / 0.0 for g in s]", "ZeroDivisionError"),
      ("f, s = draw(task, choices)\nreturn [f, math.nan]", "number 2 of the result is nan"),
      ("import random\nf, s = draw(task, choices)\nreturn [random.random()] * 2", "second time"),
      ("while choices.flip(.5) or True: pass", "does it end?"),
      ("import os\nos._exit(0)", "ended before it had answered"),
      (
        "import tightbound\ntightbound.sys.stdout.write('passed')\nreturn [choices.flip(2)] * 2",
        "ValueError"
      ),
    ])
  func wrong(body: String, words: String) throws {
    let report = try Submission.python(body).judged()
    #expect(!report.holds)
    #expect(report.words.contains(words), "\(report.words)\n\(report.complaints)")
  }

  @Test("A loop without end is ended, and what a program leaves running is ended with it")
  func endless() throws {
    let report = try Submission.python(
      "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(1000)\nwhile True: pass"
    ).judged(answer: 700)
    #expect(report.words.contains("no answer for"))
    let left = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
      guard Int(name) != nil,
        let line = try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8)
      else { return false }
      return line.contains("estimate.py") && line.contains("judged-")
    }
    #expect(left.isEmpty)
  }

  @Test("A line that nobody asked for, and one that is no answer, are told apart from errors")
  func lines() throws {
    let chatty = try Submission(
      "estimate.py",
      "import sys\nfor line in sys.stdin:\n    print('{\"ready\":1}\\n{\"ready\":1}', flush=True)\n"
    )
    #expect(try chatty.judged().words.contains("nobody had asked for"))
    let rude = try Submission("estimate.py", "print('✓ unbiased')\n")
    #expect(try rude.judged().words.contains("expected one line of JSON"))
  }

  @Test("Where the system offers it, files of others, sockets and the judge are out of reach")
  func caged() throws {
    let body = """
      import os, socket, sys
      def can(what):
          try:
              what()
              return 'yes'
          except Exception:
              return 'no'
      sys.stderr.write('password ' + can(lambda: open('/etc/passwd').read()))
      sys.stderr.write(' socket ' + can(lambda: socket.socket()))
      sys.stderr.write(' outside ' + can(lambda: open('/tmp/outside', 'w')))
      sys.stderr.write(' inside ' + can(lambda: open('inside', 'w')))
      sys.stderr.write(' judge ' + can(lambda: os.kill(os.getppid(), 0)) + '\\n')
      return [0.0, 0.0]
      """
    let report = try Submission.python(body).judged()
    #expect(report.complaints.contains("inside yes"))
    if report.cages.contains("no files but its own") {
      #expect(report.complaints.contains("password no"))
      #expect(report.complaints.contains("outside no"))
    }
    if report.cages.contains("no sockets") { #expect(report.complaints.contains("socket no")) }
    if report.cages.contains("no signals") { #expect(report.complaints.contains("judge no")) }
  }

  @Test("Clients in Swift and C++ are judged like Python's")
  func otherLanguages() throws {
    let swift = """
      #if canImport(Glibc)
        import Glibc
      #endif
      runEstimator { task, choices in
        let (q, table) = (try task.numbers("q"), try task.numbers("logJoint"))
        let z = try q.map { try choices.flip($0) }
        var (place, logQ) = (0, 0.0)
        for d in q.indices {
          place += z[d] << d
          logQ += log(z[d] == 1 ? q[d] : 1 - q[d])
        }
        return q.indices.map { (table[place] - logQ) * (Double(z[$0]) - q[$0]) }
      }
      """
    let plus = """
      #include "tightbound.hpp"
      int main() {
        return tightbound::run([](const tightbound::Task& task, tightbound::Choices& choices) {
          auto q = task.numbers("q"), table = task.numbers("logJoint");
          size_t place = 0;
          double log_q = 0;
          std::vector<double> score;
          for (size_t d = 0; d < q.size(); d++) {
            int z = choices.flip(q[d]);
            place += static_cast<size_t>(z) << d;
            log_q += std::log(z ? q[d] : 1 - q[d]);
            score.push_back(z - q[d]);
          }
          for (double& s : score) s *= table[place] - log_q;
          return score;
        });
      }
      """
    let programs = [
      ("main.swift", swift, "swiftc main.swift Tightbound.swift -o estimate"),
      ("estimate.cpp", plus, "c++ -std=c++17 -O1 estimate.cpp -o estimate"),
      ("estimate.cpp", plus, "clang++ -std=c++17 -O1 estimate.cpp -o estimate"),
    ]
    var judged = 0
    for (name, text, build) in programs {
      let submission = try Submission(name, text)
      let compiler = Process()
      compiler.executableURL = URL(filePath: "/bin/sh")
      compiler.arguments = ["-c", "cd \(submission.folder) && \(build) >/dev/null 2>&1"]
      try compiler.run()
      compiler.waitUntilExit()
      guard compiler.terminationStatus == 0 else {
        submission.remove()
        continue
      }
      let report = try submission.judged(command: ["./estimate"])
      #expect(report.holds, "\(build): \(report.words)\n\(report.complaints)")
      judged += 1
    }
    #expect(judged > 0)
  }
}

@Suite("The command judge")
struct JudgeCommandTests {
  @Test("What is missing is said")
  func missing() {
    #expect(call("judge").complaints.contains("which program? Its command stands behind --"))
    #expect(call("judge", "--", "true").complaints.contains("on which case? --model FILE"))
    #expect(call("judge", "--model", "no.json", "--", "true").complaints.contains("no.json"))
    #expect(call("judge", "--model", "no.json", "--", "true").status == .unusable)
  }
}
