import Testing

@testable import LessonRunner

@Suite("Help")
struct HelpTests {
  @Test("The whole help names every command and fits the page, at every width")
  func whole() {
    for columns in [40, 60, 80, 100, 120] {
      let answer = call("--help", columns: columns, variables: ["NO_COLOR": "1"])
      #expect(answer.status == .held)
      #expect(answer.complaints == "")
      // A usage that is wider than the page goes on in a second line.
      for command in Command.all where columns >= 60 {
        #expect(answer.output.contains("  " + command.usage))
      }
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
      for option in command.options + [.color, .noPager, .help] {
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
        Usage: lessons list [LESSON[/EXERCISE]...]

        Lists the lessons with their titles, and how many exercises, checks and mistakes
        each has; or the exercises and derivations of a lesson; or the checks and
        mistakes of one of them.

            lessons list 04
            lessons list 04/leave-one-out

        Options:
          --json        one JSON object in place of text
          --color WHEN  auto (on a terminal), always or never
          --no-pager    write to the terminal, not through $PAGER
          --help        this help

        Exit status: 0 all held, 1 a check failed (also under --mistake and --perturb),
        2 the call or its input was unusable; then there are one or two lines on
        standard error and nothing on standard output. One seed gives the same bytes
        every time. On a terminal there are colours unless NO_COLOR is set, and long
        pages go through $PAGER.

        """)
  }

  @Test("The version is one line")
  func version() {
    #expect(call("--version").output == "lessons \(LessonRunner.version)\n")
    #expect(call("run", "--version").output == call("--version").output)
  }
}
