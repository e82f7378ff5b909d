import LessonKit

/// The version of the command.
let version = "0.1.0"

/// Answers a call: results and complaints go to `output`, the verdict is the exit status.
///
/// Nothing is written to standard output where the call or its input is unusable.
func run(
  arguments: [String], environment: CommandEnvironment, output: inout some CommandOutput
) -> ExitStatus {
  do {
    return try answer(arguments, environment, &output)
  } catch {
    output.complain(error.description + "\n")
    return .unusable
  }
}

private func answer<Output: CommandOutput>(
  _ arguments: [String], _ environment: CommandEnvironment, _ output: inout Output
) throws(CommandError) -> ExitStatus {
  let call = try Call(arguments)
  if call.word == nil, call.rest.isEmpty, environment.columns != nil {
    // Whoever is in the middle of a lesson goes on with it; the others see what there is.
    if environment.screen != nil, environment.isInALesson {
      return try answer(["read"], environment, &output)
    }
    output.write(environment.welcome.map { $0 + "\n" }.joined())
    return .held
  }
  let word = call.word ?? "--help"
  if word == "--version" { return showVersion(&output) }
  if ["--help", "help"].contains(word) {
    let parsed = try ParsedArguments(call.rest, options: Option.everywhere)
    return try help(parsed.words.first.map(namedCommand), parsed, environment, &output)
  }
  let command = try namedCommand(word)
  let parsed: ParsedArguments
  do {
    parsed = try ParsedArguments(
      call.rest, options: command.options + Option.everywhere, of: command.name)
    if parsed.has(.version) { return showVersion(&output) }
    if parsed.has(.help) { return try help(command, parsed, environment, &output) }
  } catch {
    throw error.with(usage: command.usage)
  }
  let settled = try environment.settled(by: parsed)
  if command.isPaged, let pager = settled.pager { output.page(through: pager) }
  var invocation = Invocation(
    command: command, arguments: parsed, environment: settled, output: output)
  // Tests collect what is written in a value, so it has to come back from the copy.
  defer { if let written = invocation.output as? Output { output = written } }
  return try command.body(&invocation)
}

/// What was typed, with the name of the command apart.
///
/// What every command understands may stand before the name too, as in `lessons --no-pager claims`.
private struct Call {
  private(set) var word: String?
  private(set) var rest: [String] = []

  init(_ arguments: [String]) throws(CommandError) {
    var arguments = arguments[...]
    while let argument = arguments.first {
      let name = argument.prefix { $0 != "=" }
      guard let option = [Option.color, .noPager].first(where: { $0.name == name }) else { break }
      arguments.removeFirst()
      rest.append(argument)
      guard option.value != nil, name == argument, let value = arguments.popFirst() else {
        continue
      }
      rest.append(value)
    }
    word = arguments.popFirst().map { $0 == "-h" ? "--help" : $0 }
    rest += arguments
  }
}

private func help(
  _ command: Command?, _ parsed: ParsedArguments, _ environment: CommandEnvironment,
  _ output: inout some CommandOutput
) throws(CommandError) -> ExitStatus {
  let environment = try environment.settled(by: parsed)
  if let pager = environment.pager { output.page(through: pager) }
  let width = environment.page.width
  let lines = command.map { HelpText.of($0, width: width) } ?? HelpText.whole(width: width)
  output.write(lines.joined(separator: "\n") + "\n")
  return .held
}

extension CommandEnvironment {
  /// With what the call says about the page.
  fileprivate func settled(by arguments: ParsedArguments) throws(CommandError) -> Self {
    var environment = self
    if let word = arguments.text(.color) {
      guard let colouring = Colouring(rawValue: word) else {
        throw CommandError(
          Option.color.name, "expected auto, always or never, found \(quoted(word))")
      }
      environment.colouring = colouring
    }
    environment.mayPage = mayPage && !arguments.has(.noPager)
    return environment
  }
}

private func showVersion(_ output: inout some CommandOutput) -> ExitStatus {
  output.write("lessons \(version)\n")
  return .held
}

private func namedCommand(_ word: String) throws(CommandError) -> Command {
  guard let command = Command.all.first(where: { $0.name == word }) else {
    throw unknown(
      word, word.hasPrefix("-") ? "option before the command" : "command",
      among: Command.all.map(\.name))
  }
  return command
}
