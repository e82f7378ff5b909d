import JSONText
import Testing

@testable import LessonKit
@testable import LessonRunner

@Suite("Calls that are answered")
struct CallTests {
  @Test(
    "A lesson answers to its id, its number and a part of its name",
    arguments: [
      "04-whole-halves", "4", "04", "004", "whole", "WHOLE", "whole-halves",
    ])
  func names(name: String) {
    let answer = call("run", name, "--only", "twice")
    #expect(answer.status == .held)
    #expect(answer.complaints == "")
    #expect(answer.output.contains("✓ 04-whole-halves: 1 check holds"))
  }

  @Test("An id that is part of another is still itself")
  func exact() {
    #expect(call("run", "03-halves").status == .held)
  }

  @Test("All lessons once, each with its verdict, and the verdicts again at the end")
  func all() {
    let answer = call("run", "all", "3")
    #expect(answer.status == .held)
    #expect(
      Array(answer.lines.suffix(3)) == [
        "✓ 03-halves: all 2 checks hold (200 models a line, seed 1)",
        "✓ 04-whole-halves: all 2 checks hold (200 models a line, seed 1)", "",
      ])
    #expect(answer.lines.count { $0.hasPrefix("✓ 03-halves") } == 2)
  }

  @Test("One seed gives the same bytes, another seed other models and the same verdict")
  func seeds() {
    #expect(call("run", "3").output == call("run", "3", "--seed", "1").output)
    #expect(call("run", "3", "--seed=2", "--json").output != call("run", "3", "--json").output)
    #expect(call("run", "3", "--seed", "\(UInt64.max)").status == .held)
  }

  @Test("A mistake is refused with exit status 1, only its exercise is shown")
  func mistake() {
    let answer = call("run", "all", "--mistake", "minus-one")
    #expect(answer.status == .failed)
    #expect(answer.complaints == "")
    #expect(!answer.output.contains("Half is not whole."))
    #expect(answer.output.contains("minus-one is refused by 1 of 2 lines, and passes 1."))
    #expect(
      answer.output.hasSuffix("✗ 03-halves: 1 of 2 checks refused (200 models a line, seed 1)\n"))
  }

  @Test("What a refusal says to type refuses again, on that one case")
  func replay() throws {
    let answer = call("run", "3", "--mistake", "minus-one")
    let line = try #require(answer.lines.first { $0.hasPrefix("Again") })
    let words = line.split(separator: " ").map(String.init)
    let token = try #require(words.last)
    let command = words.dropFirst().joined(separator: " ")
    #expect(
      command == "lessons run 03-halves --mistake minus-one --only twice --case \(token)")
    let again = call("run", "3", "--mistake", "minus-one", "--only", "twice", "--case", token)
    #expect(again.status == .failed)
    #expect(again.output.contains("case \(token):"))
    #expect(again.output.contains("✗ 03-halves: 1 of 1 checks refused (case \(token))"))
    #expect(call("run", "3", "--only", "twice", "--case", token).status == .held)
  }

  @Test("Moved left sides are refused by every line")
  func perturbed() {
    let answer = call("run", "3", "--perturb", "1e-6")
    #expect(answer.status == .failed)
    #expect(
      answer.output.contains(
        "✗ 03-halves: 2 of 2 checks refused (200 models a line, seed 1, left sides moved"
      ))
    #expect(!answer.output.contains("Again"))
  }

  // Catches: a search that goes on to the last model, though nothing is left to be refused.
  @Test("Moved left sides are refused by the first model already")
  func perturbedOnce() throws {
    func models(_ answer: Answer) throws -> [JSON?] {
      let lessons = try JSON(parsing: answer.output)["lessons"]
      guard case .array(let all)? = lessons, case .array(let checks)? = all[0]["checks"] else {
        throw JSONMissing()
      }
      return checks.map { $0["models"] }
    }
    #expect(try models(call("run", "3", "--json", "--perturb", "1e-6")) == [1, 1])
    #expect(try models(call("run", "3", "--json")) == [200, 200])
  }

  @Test("--json is one object and nothing else")
  func json() throws {
    let json = try JSON(parsing: call("run", "3", "4", "--json").output)
    #expect(json["holds"] == true)
    guard case .array(let lessons)? = json["lessons"] else { throw JSONMissing() }
    #expect(lessons.map { $0["id"] } == ["03-halves", "04-whole-halves"])
    let mistakes = try JSON(parsing: call("mistakes", "3", "--json").output)
    guard case .array(let entries)? = mistakes["mistakes"] else { throw JSONMissing() }
    #expect(entries.map { $0["name"] } == ["minus-one", "shared"])
    let first: JSON = [
      "lesson": "03-halves", "exercise": "half", "name": "minus-one", "summary": "is wrong",
      "source": nil, "caughtBy": ["03-halves/half/twice"],
    ]
    #expect(entries[0] == first)
    #expect(entries[1]["caughtBy"] == ["03-halves/half/twice", "03-halves/half/of-two"])
    #expect(try JSON(parsing: call("list", "--json").output)["lessons"] != nil)
  }

  @Test("Fewer models are said to be fewer; timings are shown only when asked for")
  func options() {
    let answer = call("run", "3", "--models", "7", "--timings")
    #expect(answer.output.contains("(7 models a line, seed 1)"))
    #expect(answer.output.contains(" ms: 03-halves\n"))
    #expect(!call("run", "3").output.contains("  took "))
  }

  @Test("Colours on a terminal only, and not where they are unwanted")
  func colours() {
    let escape = "\u{1B}["
    #expect(!call("run", "3").output.contains(escape))
    #expect(call("run", "3", columns: 80).output.contains(escape))
    #expect(!call("run", "3", columns: 80, variables: ["NO_COLOR": "1"]).output.contains(escape))
    #expect(call("run", "3", columns: 80, variables: ["NO_COLOR": ""]).output.contains(escape))
    #expect(!call("run", "3", columns: 80, variables: ["TERM": "dumb"]).output.contains(escape))
  }

  @Test("The page is as wide as the terminal, within limits")
  func widths() {
    func rule(_ columns: Int?) -> Int {
      call("run", "3", columns: columns, variables: ["NO_COLOR": "1"]).lines[0].count
    }
    #expect([nil, 0, 20, 40, 90, 300].map(rule) == [80, 80, 40, 40, 90, 120])
  }

  @Test("The list says what each lesson has")
  func list() {
    #expect(
      call("list").output == """
        03-halves        Halves
                         what half is
                         1 exercise, 2 checks, 2 mistakes
        04-whole-halves  Halves
                         what half is
                         1 exercise, 2 checks, 1 mistake

        """)
  }
}

struct JSONMissing: Error {}
