import Curriculum
import Testing
import Verification

@testable import LessonKit
@testable import LessonRunner

@Suite("The page: colours, pager, width")
struct PageTests {
  private static let escape = "\u{1B}["

  // Catches: a switch that loses to a variable, and FORCE_COLOR=0 taken for a wish for colours.
  @Test(
    "--color first, then NO_COLOR, then what forces colours, then the terminal",
    arguments: [
      (["--color", "always"], nil, ["NO_COLOR": "1"], true),
      (["--color=never"], 80, ["FORCE_COLOR": "1"], false),
      (["--color=auto"], 80, [:], true),
      ([], nil, ["FORCE_COLOR": "1"], true),
      ([], nil, ["CLICOLOR_FORCE": "1"], true),
      ([], nil, ["CLICOLOR_FORCE": "0", "FORCE_COLOR": "0"], false),
      ([], 80, ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
      ([], nil, [:], false),
    ] as [([String], Int?, [String: String], Bool)])
  func colours(options: [String], columns: Int?, variables: [String: String], isColoured: Bool) {
    for command in [["claims", "1"], ["run", "3"], ["mistakes", "3"]] {
      var written = Collected()
      let environment = CommandEnvironment(
        columns: columns, variables: variables, course: Fixture.course, files: Files(contents: [:]))
      for arguments in [command + options, options + command] {
        _ = run(arguments: arguments, environment: environment, output: &written)
        #expect(written.output.contains(Self.escape) == isColoured, "\(arguments) \(variables)")
      }
    }
  }

  @Test("Long pages go through the pager on a terminal, as git does it")
  func pager() {
    #expect(call("run", "3", columns: 80).pager == "less")
    #expect(call("run", "3", columns: 80, variables: ["PAGER": "more -s"]).pager == "more -s")
    for command in ["claims", "errata", "mistakes", "list", "help", "--help"] {
      #expect(call(command, columns: 80).pager == "less", "\(command)")
      #expect(call(command, "--no-pager", columns: 80).pager == nil, "\(command)")
      #expect(call("--no-pager", command, columns: 80).pager == nil, "\(command)")
      #expect(call(command).pager == nil, "\(command) in a pipe")
    }
    for none in ["", "cat", " cat "] {
      #expect(call("run", "3", columns: 80, variables: ["PAGER": none]).pager == nil)
    }
    #expect(call("run", "3", columns: 80, variables: ["TERM": "dumb"]).pager == nil)
  }

  // Catches: a table, a picture, a formula or a name that sticks out of a narrow window.
  @Test("No line of any lesson is wider than the page", arguments: Catalogue.lessons.map(\.id))
  func lessons(id: String) throws {
    let lesson = try #require(Catalogue.lessons.first { $0.id == id })
    var request = RunRequest(width: 40)
    request.plan.problems = 1
    for width in [40, 60, 80, 100, 120] {
      request.width = width
      let style = TerminalStyle(width: width, isColoured: true)
      let lines = TerminalRendering(style).lines(lesson.run(request))
      for line in lines { #expect(Fitting.width(of: line) <= width, "\(width): \(line)") }
      #expect(lines.count > 100)
    }
  }

  @Test("No line of a list is wider than the page", arguments: [40, 60, 80, 100, 120])
  func lists(columns: Int) {
    for words in [
      ["claims", "--models", "2"], ["claims", "63", "--models", "2"], ["errata"], ["errata", "52"],
      ["mistakes", "1"],
      ["list"],
      ["list", "4"], ["list", "04/leave-one-out"], ["help", "oracle"],
    ] {
      var written = Collected()
      let environment = CommandEnvironment(
        columns: columns, variables: ["NO_COLOR": "1"], course: .real, files: Files(contents: [:]))
      let status = run(arguments: words, environment: environment, output: &written)
      #expect(status == .held)
      for line in written.output.split(separator: "\n") {
        #expect(line.count <= columns, "\(words): \(line)")
      }
    }
  }
}

@Suite("Fitting lines to the page")
struct FittingTests {
  @Test("What is too wide goes on below at a blank, indented, in its colour")
  func folds() {
    #expect(
      Fitting.folded(["  one two three", "short"], width: 10) == ["  one two", "   three", "short"])
    #expect(Fitting.folded(["abcdefghijkl"], width: 10) == ["abcdefghij", "  kl"])
    let red = "\u{1B}[31m"
    let off = "\u{1B}[0m"
    #expect(
      Fitting.folded(["\(red)one two\(off) three"], width: 8)
        == ["\(red)one two\(off)", "  three"])
    #expect(
      Fitting.folded(["\(red)one two\(off)"], width: 4) == ["\(red)one\(off)", " \(red)two\(off)"])
    #expect(Fitting.folded(["\(red)one two\(off)"], width: 7) == ["\(red)one two\(off)"])
  }

  @Test("A picture loses its end, and says so")
  func cuts() {
    #expect(Fitting.cut(["abcdef", "abc"], width: 4) == ["abc…", "abc"])
    #expect(Fitting.width(of: "\u{1B}[1mab\u{1B}[0mc") == 3)
  }
}
