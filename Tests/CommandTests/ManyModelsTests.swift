import Interchange
import JSONText
import Testing

@testable import LessonRunner

@Suite("lessons oracle --jsonl")
struct ManyModelsTests {
  private static let tree =
    #"{"model": "spanning-tree", "scores": [[0, 1], [0, 0]], "singleRoot": true}"#
  private static let mixture =
    #"{"model": "mixture", "weights": [1], "components": [{"family": "poisson", "rate": 2}], "#
    + #""observations": [0], "ask": ["entropy"]}"#

  private func lines(_ text: String, _ options: String...) -> (
    status: LessonRunner.ExitStatus, answers: [JSON], complaints: String
  ) {
    let (status, written) = call("oracle", on: text, ["--jsonl"] + options)
    let answers = written.output.split(separator: "\n").compactMap {
      try? JSON(parsing: String($0))
    }
    return (status, answers, written.complaints)
  }

  // Catches: answers out of order, an answer that is not the one of the model alone.
  @Test("Each line is answered as the model alone") func each() throws {
    let (status, answers, complaints) = lines([Self.tree, Self.tree].joined(separator: "\n\n"))
    #expect(status == .held && complaints == "")
    let alone = try JSON(parsing: call("oracle", on: Self.tree, ["--json"]).written.output)
    #expect(answers == [alone, alone])
  }

  // Catches: a refusal that ends the process, that is counted as an answer, or that names another line.
  @Test("A refused line has its refusal, and the next ones their answers") func refused() throws {
    let (status, answers, complaints) = lines(
      [Self.tree, #"{"model": "hm"}"#, "", "{", Self.tree].joined(separator: "\n"))
    #expect(status == .unusable)
    #expect(answers.count == 4)
    #expect(answers[1] == ["refused": #"model: unknown name "hm" (did you mean "hmm"?)"#])
    #expect(answers[0] == answers[3] && answers[2]["refused"] != nil)
    #expect(complaints.contains("2 of 4 models refused, the first in line 2: model: unknown name"))
  }

  // Catches: an option that is not heard.
  @Test(
    "What is about one model does not go with many",
    arguments: ["--part=1/2", "--output=x", "--evidence=a=b"])
  func alone(option: String) {
    let (status, answers, complaints) = lines(Self.tree, option)
    #expect(status == .unusable && answers.isEmpty)
    #expect(complaints.hasPrefix("lessons: --jsonl: goes without --"))
  }

  // Catches: a line that is cut where the bytes happen to be handed over.
  @Test("Lines may come in any pieces") func pieces() throws {
    let text = Array((Self.tree + "\n" + Self.tree + "\n").utf8)
    func answers(_ size: Int) -> String {
      var models = ManyModels { $0 }
      var written = ""
      for start in stride(from: 0, to: text.count, by: size) {
        written += models.take(Array(text[start..<min(text.count, start + size)]))
      }
      return written + models.finish()
    }
    let whole = answers(text.count)
    #expect(whole.split(separator: "\n").count == 2)
    for size in [1, 7, 64] { #expect(answers(size) == whole) }
  }

  // Catches: a line without an end that fills the memory.
  @Test("A line that is too long is refused, and the next is answered") func long() throws {
    var models = ManyModels { $0 }
    let piece = [UInt8](repeating: UInt8(ascii: "1"), count: 1 << 20)
    for _ in 0..<70 { _ = models.take(piece) }
    let answers = models.take(Array("\n[1]\n".utf8)).split(separator: "\n")
    #expect(answers.count == 2)
    #expect(answers.first?.contains("refused") == true && answers.last == "[1]")
  }
}
