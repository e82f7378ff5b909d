import Testing

/// A rule that finds nothing proves nothing until it has found something: each is shown a bad
/// text and must say so in the right words, and a good one that looks alike.
@Suite("The house: each rule refuses what it should")
struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: Rule
    let path: String
    let text: String
    let findings: [String]

    init(_ rule: Rule, _ path: String, _ text: String, _ findings: String...) {
      (self.rule, self.path, self.text, self.findings) = (rule, path, text, findings)
    }

    var testDescription: String { "\(rule.name): \(text.prefix(40))" }
  }

  static let arrows: [Case] = [
    Case(
      .arrows, "Sources/Exact/A.swift", "import GSL\nimport Approximate",
      "Sources/Exact/A.swift:2: Exact must not import Approximate"),
    Case(
      .arrows, "Sources/Approximate/A.swift", "@testable import Exact",
      "Sources/Approximate/A.swift:1: Approximate must not import Exact"),
    Case(
      .arrows, "Sources/Models/A.swift", "public import struct Verification.Relation",
      "Sources/Models/A.swift:1: Models must not import Verification"),
    Case(
      .arrows, "Sources/Probability/A.swift", "/* why */ internal import CGSL",
      "Sources/Probability/A.swift:1: Probability must not import CGSL"),
    Case(
      .arrows, "Sources/LessonKit/A.swift", "import Foundation",
      "Sources/LessonKit/A.swift:1: LessonKit must not import Foundation"),
    Case(
      .arrows, "Sources/LessonRunner/A.swift", "import Foundation",
      "Sources/LessonRunner/A.swift:1: LessonRunner must not import Foundation"),
    Case(
      .arrows, "Sources/Networks/A.swift", "import CTerminal",
      "Sources/Networks/A.swift:1: Networks must not import CTerminal"),
    Case(
      .arrows, "Sources/JSONText/A.swift", "import GSL",
      "Sources/JSONText/A.swift:1: JSONText must not import GSL"),
    Case(
      .arrows, "Sources/Cellar/A.swift", "let a = 1",
      "Sources/Cellar/A.swift:1: Cellar is no room of the table"),
    Case(
      .arrows, "Sources/Exact/A.swift",
      "// import Approximate\nlet a = \"import Approximate\"\npublic import Models"),
    Case(
      .arrows, "Sources/LessonRunner/A.swift", "import FoundationEssentials\nimport Interchange"),
    Case(
      .testsStayInSwift, "Tests/CommandTests/A.swift", "import GSL\nimport CGSL",
      "Tests/CommandTests/A.swift:2: tests must not import CGSL: import GSL"),
    Case(.testsStayInSwift, "Tests/ApproximateTests/A.swift", "import Exact\nimport GSL"),
    Case(
      .unsafety, "Sources/Exact/A.swift", "let a = unsafe b",
      "Sources/Exact/A.swift:1: the word unsafe belongs to Sources/GSL and Kernels"),
    Case(
      .unsafety, "Lessons/A.swift", "nonisolated(unsafe) var a = 1",
      "Lessons/A.swift:1: the word unsafe belongs to Sources/GSL and Kernels"),
    Case(.unsafety, "Sources/Exact/A.swift", "// unsafe\nlet unsafely = \"unsafe\""),
    Case(.unsafety, "Sources/GSL/A.swift", "let a = unsafe b"),
    Case(
      .arrows, "Lessons/04-nvil/A.swift", "import Lesson03\nimport LessonKit",
      "Lessons/04-nvil/A.swift:1: Lesson must not import Lesson03"),
    Case(.arrows, "Lessons/Catalogue.swift", "import Lesson03\nimport Lesson04"),
  ]

  static let lessons: [Case] = [
    Case(
      .oneHome, "Lessons/04-nvil/Exercises/LeaveOneOut.swift", "let a = 1",
      "Lessons/04-nvil/Exercises/LeaveOneOut.swift:1: Exercises holds a folder an inquiry, and files in each"
    ),
    Case(
      .oneHome, "Lessons/04-nvil/Derivations/Draws/DrawRules.swift", "let a = 1",
      "Lessons/04-nvil/Derivations/Draws/DrawRules.swift:1: "
        + "DrawRules is none of Draws, DrawsChecks, DrawsProblem, DrawsMistakes, DrawsHandin"),
    Case(.oneHome, "Lessons/04-nvil/Derivations/Draws/DrawsMistakes.swift", "let a = 1"),
    Case(.oneHome, "Lessons/04-nvil/Views/Leak.swift", "let a = 1"),
    Case(
      .checksApart, "Lessons/04-nvil/Exercises/A/AChecks.swift", "import Exact\nimport Approximate",
      "Lessons/04-nvil/Exercises/A/AChecks.swift:2: checks and problems must not import Approximate"
    ),
    Case(
      .checksApart, "Lessons/04-nvil/Problems/B.swift", "import Approximate",
      "Lessons/04-nvil/Problems/B.swift:1: checks and problems must not import Approximate"),
    Case(.checksApart, "Lessons/04-nvil/Exercises/A/A.swift", "import Approximate"),
    Case(
      .answersDoNotJudge, "Lessons/04-nvil/Exercises/A/A.swift", "static let a = Check(\"a\")",
      "Lessons/04-nvil/Exercises/A/A.swift:1: a check stands in XChecks.swift, apart from the answer"
    ),
    Case(.answersDoNotJudge, "Lessons/04-nvil/Exercises/A/AChecks.swift", "Check(\"a\")"),
    Case(
      .oneSpelling, "Lessons/04-nvil/Exercises/A/A.swift",
      "private protocol RightRule {}\nfunc changing(_ a: Int) {}",
      "Lessons/04-nvil/Exercises/A/A.swift:1: "
        + "a lesson declares no protocol: the subject is a struct of parts",
      "Lessons/04-nvil/Exercises/A/A.swift:2: "
        + "changing: write Mistake(name, summary, \\.part) { … }"),
    Case(
      .oneSpelling, "Lessons/04-nvil/Problems/B.swift", "func with(_ q: [Double]) -> B { self }"),
    Case(
      .drawnNumbersSayWhatTheyAre, "Lessons/04-nvil/Views/V.swift",
      "Drawing.bars(\"a\", [])\nDrawing.curve(\"b\", [], kind: .exact)",
      "Lessons/04-nvil/Views/V.swift:1: Drawing.bars without kind:"),
  ]

  static let habits: [Case] = [
    Case(
      .noTraps, "Sources/Exact/A.swift", "fatalError(\"x\")\nlet a = try! b()\nlet c = d as! E",
      "Sources/Exact/A.swift:1: fatalError traps: throw a typed error",
      "Sources/Exact/A.swift:2: try! traps: throw a typed error",
      "Sources/Exact/A.swift:3: as! traps: throw a typed error"),
    Case(
      .noTraps, "Sources/Kernels/A.swift",
      "precondition(a > 0, \"a\")\npreconditionFailure()\nassert(b)\nassertionFailure(\"c\")",
      "Sources/Kernels/A.swift:1: precondition traps: throw a typed error",
      "Sources/Kernels/A.swift:2: preconditionFailure traps: throw a typed error",
      "Sources/Kernels/A.swift:3: assert traps: throw a typed error",
      "Sources/Kernels/A.swift:4: assertionFailure traps: throw a typed error"),
    Case(
      .noTraps, "Lessons/A.swift", "// precondition(a)\nlet preconditioner = assertion(b)"),
    Case(
      .noTraps, "Sources/Exact/A.swift", "let a = \"\\(try! b())\"",
      "Sources/Exact/A.swift:1: try! traps: throw a typed error"),
    Case(
      .noTraps, "Lessons/A.swift",
      "let template = \"\"\"\n  fatalError(\"to do\")\n  \"\"\"\nlet a = try? b() as? C"),
    Case(
      .noUncheckedSendable, "Sources/GSL/A.swift", "struct A: @unchecked Sendable {}",
      "Sources/GSL/A.swift:1: @unchecked: let the compiler see that it is Sendable"),
    Case(
      .noPrinting, "Lessons/A.swift", "print(1)",
      "Lessons/A.swift:1: print belongs to LessonRunner: return the text"),
    Case(.noPrinting, "Sources/LessonRunner/A.swift", "print(1)"),
    Case(.noPrinting, "Sources/LessonKit/A.swift", "sprint(1); let print = 2; \"print(1)\""),
    Case(
      .noHiddenChance, "Tests/ATests/A.swift",
      "let a = Int.random(in: 0..<(1 + 2))\nlet b = c.shuffled()",
      "Tests/ATests/A.swift:1: .random without using: hides its generator",
      "Tests/ATests/A.swift:2: .shuffled without using: hides its generator"),
    Case(
      .noHiddenChance, "Sources/Models/A.swift",
      "var g = SystemRandomNumberGenerator()\nlet seed = Date().seconds",
      "Sources/Models/A.swift:1: SystemRandomNumberGenerator cannot be replayed",
      "Sources/Models/A.swift:2: Date() is another at every run"),
    Case(
      .noHiddenChance, "Tests/ATests/A.swift",
      "Double.random(\n  in: f(0)...1, using: &generator)\nlet joint = FiniteJoint.random(&choices)"
    ),
    Case(
      .noClasses, "Sources/Exact/A.swift", "public final class Cache {}",
      "Sources/Exact/A.swift:1: class Cache: use a struct"),
    Case(.noClasses, "Sources/Exact/A.swift", "struct A { static let b = 1 }  // class B"),
    Case(
      .words, "Sources/Exact/A.swift", "func kl(_ p: P) {}\nlet nelbo = 1",
      "Sources/Exact/A.swift:1: kl: the glossary says kullbackLeibler(of:from:)",
      "Sources/Exact/A.swift:2: nelbo: the glossary says negativeELBO"),
    Case(.words, "Sources/Exact/A.swift", "let negativeELBO = -elbo  // kl"),
    Case(
      .size, "Tests/ATests/A.swift", String(repeating: "\n", count: 400),
      "Tests/ATests/A.swift:400: 400 lines: split it, one idea each"),
    Case(.size, "Tests/ATests/A.swift", String(repeating: "\n", count: 399)),
    Case(
      .manifestSize, "Package.swift", String(repeating: "\n", count: 120),
      "Package.swift:120: 120 lines in the manifest"),
    Case(
      .noMachinePaths, "README.md", "see\n`\("/" + "work")/main` and \("/" + "tmp")/x",
      "README.md:2: \("/" + "work") is a path of one machine",
      "README.md:2: \("/" + "tmp") is a path of one machine"),
    Case(
      .noMachinePaths, "README.md", "net\("/" + "work"), \("/" + "works"), a single\("/" + "root")"),
  ]

  @Test("the table of refusals", arguments: arrows + lessons + habits)
  func refusal(example: Case) {
    let file = SourceFile(path: example.path, text: example.text)
    #expect(example.rule.findings(in: file).map(\.description) == example.findings)
  }

  @Test("every rule has a text that it refuses and, where it can be misled, one that it accepts")
  func everyRule() {
    let cases = Self.arrows + Self.lessons + Self.habits
    for rule in Rule.all {
      #expect(cases.contains { $0.rule.name == rule.name && !$0.findings.isEmpty }, "\(rule.name)")
    }
  }

  @Test("the reader of manifests follows lists and sums, and sees a wrong arrow")
  func manifest() {
    let text = """
      let low: [Target.Dependency] = ["A", "B"]
      let settings: [SwiftSetting] = [.enable("Strict")]
      let high: [Target.Dependency] = low + ["C"]
      // room("Z", sees: [])
          room("C", sees: low),
          room("D", path: "Elsewhere", sees: high + ["E"]
            + ["F"]),
          .executableTarget(
            name: "Run", dependencies: high + ["D"],
            swiftSettings: settings),
      """
    let expected: [String: Set<String>] = [
      "C": ["A", "B"], "D": ["A", "B", "C", "E", "F"], "Run": ["A", "B", "C", "D"],
    ]
    #expect(Manifest(text).rooms == expected)
    #expect(Manifest(text.replacing("sees: low)", with: "sees: high)")).rooms != expected)
  }

  @Test("the reader of the page sees the rows of its table")
  func page() {
    let text = "text\n| room | sees |\n|---|---|\n| `A` | nothing | x |\n| `B` | `A`, `C` | `x` |\n"
    #expect(roomsOfPage(text) == ["A": [], "B": ["A", "C"]])
  }

  @Test("the reader of pages sees the files that they show")
  func shown() {
    let text = "a\n<!-- Lessons/x.swift -->\n```swift\nlet a = 1\n\nb\n```\n```swift\nno\n```\n"
    #expect(shownFiles(of: text) == ["Lessons/x.swift": "let a = 1\n\nb\n"])
  }

  @Test("code is told from comments and strings, interpolation from text")
  func lexer() {
    let text = ##"""
      a /* b /* c */ d */ e // f
      "g \(h("i \(j) k")) l" #"m \(n) \#(o)"# """
        p " q \""" r
        """ s
      """##
    #expect(
      tokens(of: text).map(\.text).filter { $0.first?.isLetter ?? false } == [
        "a", "e", "h", "j", "o", "s",
      ])
    #expect(tokens(of: text).last == Token(text: "s", line: 4))
  }
}
