import LessonKit

/// The help, as lines of a page.
enum HelpText {
  /// The help of the whole.
  static func whole(width: Int) -> [String] {
    var lines = Wrapping.paragraph(
      "lessons: variational inference you can check. Every line of a derivation is evaluated on "
        + "random models and compared with the exact answer.", width: width)
    lines += ["", "Usage: lessons COMMAND [ARGUMENT...] [OPTION...]", "", "Commands:"]
    lines += table(Command.all.map { ($0.usage, $0.summary) }, width: width)
    lines += ["", "Begin with:"]
    lines += table(
      [
        ("lessons read 00", "read a lesson, a section a page; go on with lessons read"),
        ("lessons run 04-nvil", "all of it at once, checked; 4, 04 and nvil name it too"),
        ("lessons run 04-nvil --json | jq .holds", "the same for a machine"),
        ("lessons COMMAND --help", "what a command takes"),
      ], width: width)
    return Fitting.folded(lines + [""] + conventions(width), width: width)
  }

  /// The help of a command.
  static func of(_ command: Command, width: Int) -> [String] {
    var lines = ["Usage: lessons \(command.usage)", ""]
    lines += Wrapping.page(command.details, width: width)
    lines += ["", "Options:"]
    let options = command.options + [.color, .noPager, .help]
    lines += table(
      options.map { option in
        (option.name + (option.value.map { " " + $0 } ?? ""), option.help)
      }, width: width)
    return Fitting.folded(lines + [""] + conventions(width), width: width)
  }

  private static func conventions(_ width: Int) -> [String] {
    Wrapping.paragraph(
      "Exit status: 0 all held, 1 a check failed (also under --mistake and --perturb), 2 the call "
        + "or its input was unusable; then there are one or two lines on standard error and nothing "
        + "on standard output. One seed gives the same bytes every time. On a terminal there are "
        + "colours unless NO_COLOR is set, and long pages go through $PAGER.", width: width)
  }

  /// Names with their explanations in a second column.
  private static func table(_ rows: [(String, String)], width: Int) -> [String] {
    let column = min(28, (rows.map(\.0.count).max() ?? 0) + 4)
    let margin = String(repeating: " ", count: column)
    return rows.flatMap { name, text -> [String] in
      let head = "  " + name
      guard head.count + 2 <= column else {
        return [head] + Wrapping.paragraph(text, width: width, first: margin, rest: margin)
      }
      return Wrapping.paragraph(
        text, width: width, first: head + margin.dropFirst(head.count), rest: margin)
    }
  }
}
