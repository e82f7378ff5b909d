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
  let width = environment.page.width
  let word = arguments.first ?? "--help"
  if ["--help", "-h", "help"].contains(word) {
    let about = arguments.dropFirst().first
    let lines = try about.map { (name) throws(CommandError) in
      HelpText.of(try namedCommand(name), width: width)
    }
    output.write((lines ?? HelpText.whole(width: width)).joined(separator: "\n") + "\n")
    return .held
  }
  if word == "--version" { return showVersion(&output) }
  let command = try namedCommand(word)
  let parsed = try ParsedArguments(
    arguments.dropFirst(), options: command.options + [.help, .version])
  if parsed.has(.version) { return showVersion(&output) }
  if parsed.has(.help) {
    output.write(HelpText.of(command, width: width).joined(separator: "\n") + "\n")
    return .held
  }
  var invocation = Invocation(arguments: parsed, environment: environment, output: output)
  // Tests collect what is written in a value, so it has to come back from the copy.
  defer { if let written = invocation.output as? Output { output = written } }
  return try command.body(&invocation)
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
