import Foundation
import JSONText
import Testing

@testable import LessonRunner

/// Samples of an exercise's random function, drawn elsewhere.
@Suite struct ExerciseSampleTests {
  /// What `--task` prints, drawn by hand: an estimate of ∇ELBO for each line.
  private struct Drawn {
    let q, baselines, logJoint: [Double]

    init(_ arguments: [String] = []) throws {
      let answer = Lessons.run(["judge", "04/score-function", "--task"] + arguments)
      let task = try JSON(parsing: answer.output)
      let given = try #require(task["given"])
      func list(_ key: String) throws -> [Double] {
        guard case .array(let list)? = given[key] else { return [] }
        return list.map { if case .number(let number) = $0 { number } else { .nan } }
      }
      (q, baselines, logJoint) = (
        try list("q"), try list("baselines"), try list("log_joint")
      )
      #expect(given["samples"]?.text() == "1")
    }

    /// Lines of draws: right ones, or with the signal multiplied and the entropy left out.
    func lines(_ count: Int, sign: Double = 1, entropy: Double = 1) -> String {
      // Knuth's linear congruential generator, its upper bits.
      var state: UInt64 = 5
      func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-53
      }
      return (0..<count).map { _ in
        let z = q.map { uniform() < $0 ? 1.0 : 0 }
        let place = z.indices.reduce(0) { $0 + (z[$1] == 1 ? 1 << $1 : 0) }
        let logQ = zip(z, q).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
        let signal = logJoint[place] - entropy * logQ
        return q.indices.map { "\(sign * (signal - baselines[$0]) * (z[$0] - q[$0]))" }
          .joined(separator: ",") + "\n"
      }.joined()
    }
  }

  private func judged(
    _ text: String, _ arguments: [String] = ["04/score-function"]
  ) -> (status: Int32, output: String, complaints: String) {
    let place = FileManager.default.temporaryDirectory.appending(path: "draws-\(UUID()).csv")
    defer { try? FileManager.default.removeItem(at: place) }
    try? Data(text.utf8).write(to: place)
    let answer = Lessons.run(["judge"] + arguments + ["--samples", place.path])
    // As one line, wherever the page breaks it.
    let words = answer.output.split { $0.isWhitespace }.joined(separator: " ")
    return (answer.status, words, answer.complaints)
  }

  @Test("Right samples are held to be right, and mistakes are excluded one after the other")
  func right() throws {
    let (status, output, _) = judged(try Drawn().lines(4000))
    #expect(status == 0)
    #expect(output.contains("✓ no bias seen in 4000 draws"))
    #expect(output.contains("The function estimate of 04-nvil/score-function"))
    #expect(output.contains("excluded by now: wrong-sign"))
    #expect(output.contains("no mean can show: "))
  }

  @Test("Samples of a mistake are told its name")
  func mistakes() throws {
    let drawn = try Drawn()
    let turned = judged(drawn.lines(2000, sign: -1))
    #expect(turned.status == 1)
    #expect(turned.output.contains("its mean is that of wrong-sign"), "\(turned.output)")
    let half = judged(drawn.lines(4000, entropy: 0))
    #expect(half.output.contains("its mean is that of without-the-entropy"), "\(half.output)")
    let other = judged(drawn.lines(4000, sign: 3))
    #expect(other.output.contains("No known mistake of this exercise has this mean."))
  }

  @Test("A problem of a seed is another problem, for task and samples alike")
  func seeds() throws {
    let drawn = try Drawn(["--seed", "9"])
    #expect(drawn.q != (try Drawn().q))
    let text = drawn.lines(2000)
    #expect(judged(text, ["04/score-function", "--seed", "9"]).status == 0)
    #expect(judged(text).status == 1)
  }

  // Catches: a range that excludes everything, one of which a word is passed over, and one without end.
  @Test(
    "A range has two ends, the lower one first", arguments: ["1,1", "2,1", "-9,x,9", "9", "-9,inf"])
  func ranges(typed: String) throws {
    let text = try Drawn().lines(10)
    let refused = judged(text, ["04/score-function", "--range", typed])
    #expect(refused.status == 2 && refused.output.isEmpty)
    #expect(refused.complaints.contains("--range: expected two numbers, as in -10,10"))
    #expect(judged(text, ["04/score-function", "--range", "-90,90"]).status == 0)
  }

  @Test("What is picked is counted, in any order")
  func picks() {
    let text = String(repeating: "0 1\n4 3\n2 0\n3 1\n2 4\n", count: 200)
    let right = judged(text, ["07/natural-step"])
    #expect(right.status == 0, "\(right.output)")
    #expect(right.output.contains("item 4"))
    let first = judged(String(repeating: "0 1\n1 0\n", count: 200), ["07/natural-step"])
    #expect(first.output.contains("its mean is that of always-the-first"), "\(first.output)")
    #expect(judged("0 7\n", ["07/natural-step"]).complaints.contains("number 2 of the result is 7"))
  }

  @Test("What cannot be drawn, or not be read, is said")
  func refusals() {
    func complaints(_ words: String...) -> String { Lessons.run(["judge"] + words).complaints }
    #expect(complaints("00/one-sample", "--task").contains("--function estimate or weighted"))
    #expect(complaints("04/leave-one-out", "--task").contains("nothing of it is random"))
    #expect(
      complaints("00/one-sample", "--task", "--function", "x").contains("unknown random function"))
    #expect(complaints("--task").contains("EXERCISE or --model FILE"))
    #expect(judged("1,2,3\n").complaints.contains("draw 1 has 3 components, 2 belong there"))
    #expect(judged("# nothing\n").complaints.contains("there are no draws in it"))
  }
}
