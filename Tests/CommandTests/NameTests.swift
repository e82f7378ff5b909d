import JSONText
import Testing

@testable import LessonKit
@testable import LessonRunner

@Suite("Names as people type them")
struct NameTests {
  @Test("The name itself before its beginning, the beginning before a part of it")
  func meanings() {
    let names = ["bound", "bound-below", "lower-bound", "gap/above", "gap/about"]
    #expect(Meaning(of: "BOUND", among: names) == .one("bound"))
    #expect(Meaning(of: "bou", among: names) == .several(["bound", "bound-below"]))
    #expect(Meaning(of: "bound-", among: names) == .one("bound-below"))
    #expect(Meaning(of: "r-b", among: names) == .one("lower-bound"))
    #expect(Meaning(of: "g/abov", among: names) == .one("gap/above"))
    #expect(Meaning(of: "gap/ab", among: names) == .several(["gap/above", "gap/about"]))
    #expect(Meaning(of: "", among: names) == .nobody)
    #expect(Meaning(of: "gap/", among: names) == .nobody)
    #expect(Meaning(of: "x", among: names) == .nobody)
    #expect(Meaning(of: "ga", amongKinds: [["gap"], ["gab", "ga"]]) == .one("ga"))
    #expect(Meaning(of: "g", amongKinds: [[], ["gap"], ["gab"]]) == .one("gap"))
  }

  @Test("A claim by its number, with its letter, or all of a lesson")
  func claims() throws {
    let whole = call("claims", "A-063").output
    for name in ["63", "a63", "A63", "063", "a-63", "a-063"] {
      #expect(call("claims", name).output == whole, "\(name)")
    }
    let lesson = call("claims", "04")
    #expect(lesson.status == .held)
    #expect(lesson.lines.count { $0.dropFirst(2).hasPrefix("A-") } > 20)
    #expect(lesson.output == call("claims", "nvil").output)
    #expect(call("claims", "4").output == call("claims", "A-004").output)
    #expect(call("errata", "52").output == call("errata", "E-052").output)
    #expect(call("errata", "e52").output == call("errata", "E-052").output)
    #expect(call("errata", "04").lines.count { $0.dropFirst(2).hasPrefix("E-") } > 3)
    #expect(call("claims", "999").status == .unusable)
    #expect(call("claims", "-1").status == .unusable)
  }

  @Test(
    "A part of a lesson behind a stroke, as a word, or as an option, by its beginning",
    arguments: [
      ["3/twice"], ["3", "twice"], ["3/half/twice"], ["3/h/tw"], ["3", "tw"],
      ["3", "--only", "tw"],
      ["3", "--only", "half/tw"], ["3", "--only", "03-halves/half/tw"],
    ])
  func parts(words: [String]) {
    var written = Collected()
    let environment = CommandEnvironment(
      columns: nil, variables: [:], course: Fixture.course, files: Files(contents: [:]))
    let status = run(arguments: ["run"] + words, environment: environment, output: &written)
    #expect(status == .held, "\(written.complaints)")
    #expect(written.output.contains("✓ 03-halves: 1 check holds"))
  }

  @Test("A mistake by its beginning, or as a part of its lesson")
  func mistakes() {
    let whole = call("run", "3", "--mistake", "minus-one").output
    #expect(call("run", "3", "--mistake", "min").output == whole)
    #expect(call("run", "3/minus").output == whole)
    #expect(call("run", "3/minus").status == .failed)
    let entry = call("mistakes", "minus-one")
    #expect(entry.output.contains("minus-one"))
    #expect(!entry.output.contains("shared"))
    #expect(entry.output.contains("1 mistake, 1 of them caught."))
    #expect(call("mistakes", "3/half").output.contains("2 mistakes, 2 of them caught."))
  }

  @Test("A word that fits several is answered by a line that lists them")
  func ambiguous() {
    let leaks = call("run", "04/leaks", course: .real)
    #expect(leaks.status == .unusable)
    #expect(leaks.complaints.hasPrefix("lessons: 'leaks': which part? leaks-"))
    #expect(leaks.complaints.contains("leaks-its-sample"))
    #expect(leaks.complaints.count { $0 == "\n" } == 1)
    let many = call("run", "02", "--mistake", "a", course: .real)
    #expect(many.complaints.contains(", … and "))
  }

  @Test("A lesson is listed with its exercises, an exercise with its checks and mistakes")
  func lists() {
    #expect(
      call("list", "3").output == """
        ── Halves ──────────────────────────────────────────────────────────── 03-halves
          what half is

          half  Half of it
                exercise, 2 checks, 2 mistakes

        """)
    #expect(
      call("list", "3/half").output == """
        ── Half of it ───────────────────────────────────────────────────────────── half
         1  twice
            2 h(x) = x
         2  of-two
            h(2) = 1

        Mistakes: minus-one, shared

        """)
  }

  @Test("One model is one model")
  func plural() {
    #expect(call("run", "3", "--models", "1").output.contains("(1 model a line, seed 1)"))
  }
}
