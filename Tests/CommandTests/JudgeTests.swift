import Foundation
import Judge
import Testing

@testable import LessonRunner

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
      ("f, s = draw(task, choices)\nreturn [f * g + 1e-8 for g in s]", "biased"),
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
      guard try submission.builds(build) else {
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
  @Test("Clients come with the command, byte for byte; if not, run Reference/embed.sh")
  func clients() throws {
    for (command, clients) in [("judge", Client.all), ("oracle", Client.oracles)] {
      for client in clients {
        let file = Submission.clients.appending(path: client.file)
        #expect(try String(contentsOf: file, encoding: .utf8) == client.text)
        #expect(call(command, "--client", client.language).output == client.text)
      }
    }
    #expect(call("judge", "--client", "cobol").complaints.contains("python, swift, c++"))
  }

  @Test("What is missing is said")
  func missing() {
    #expect(call("judge").complaints.contains("which program? Its command stands behind --"))
    #expect(call("judge", "--", "true").complaints.contains("unknown exercise"))
    #expect(call("judge", "--model", "no.json", "--", "true").complaints.contains("no.json"))
    #expect(call("judge", "--model", "no.json", "--", "true").status == .unusable)
  }
}
