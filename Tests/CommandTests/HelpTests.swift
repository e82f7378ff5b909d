import Testing

@testable import LessonRunner

@Suite("Help")
struct HelpTests {
  @Test("The whole help names every command and fits the page, at every width")
  func whole() {
    for columns in [60, 80, 100] {
      let answer = call("--help", columns: columns, variables: ["NO_COLOR": "1"])
      #expect(answer.status == .held)
      #expect(answer.complaints == "")
      for command in Command.all { #expect(answer.output.contains("  " + command.usage)) }
      for line in answer.lines { #expect(line.count <= columns, "\(line)") }
    }
    #expect(call().output == call("--help").output)
    #expect(call("-h").output == call("help").output)
  }

  @Test("The help of a command says how it is called and what each option does")
  func commands() {
    for command in Command.all {
      let answer = call(command.name, "--help")
      #expect(answer.status == .held)
      #expect(answer.output.hasPrefix("Usage: lessons \(command.usage)\n"))
      for option in command.options + [.help] {
        #expect(answer.output.contains("  " + option.name), "\(command.name) \(option.name)")
      }
      for line in answer.lines { #expect(line.count <= 80, "\(line)") }
      #expect(answer.output == call("help", command.name).output)
    }
  }

  @Test("The help of list, word for word")
  func golden() {
    #expect(
      call("list", "--help").output == """
        Usage: lessons list

        Lists the lessons with their titles, and how many exercises, checks and mistakes
        each has.

        Options:
          --json  one JSON object in place of text
          --help  this help

        Exit status: 0 all held, 1 a check failed (also under --mistake and --perturb),
        2 the call or its input was unusable; then there is one line on standard error
        and nothing on standard output. One seed gives the same bytes every time.
        Colours appear on a terminal only, and not where NO_COLOR is set.

        """)
  }

  @Test("The version is one line")
  func version() {
    #expect(call("--version").output == "lessons \(LessonRunner.version)\n")
    #expect(call("run", "--version").output == call("--version").output)
  }
}
