/// An option that a command understands.
struct Option: Sendable, Equatable {
  /// The name with its hyphens: "--seed".
  let name: String
  /// What its value stands for in the help, as in "N"; nil for a switch.
  let value: String?
  /// What it does.
  let help: String

  static let seed = Option(
    name: "--seed", value: "N", help: "seed of everything random (default 1)")
  static let models = Option(
    name: "--models", value: "N", help: "random models for each line (default 200, at least 1)")
  static let bookModels = Option(
    name: "--models", value: "N", help: "random models for each line (default 50, at least 1)")
  static let fewModels = Option(
    name: "--models", value: "N", help: "random models for each line (default 10, at least 1)")
  static let only = Option(
    name: "--only", value: "CHECK",
    help: "only this line or exercise, as in bound/below-the-evidence")
  static let mistake = Option(
    name: "--mistake", value: "NAME",
    help: "judge a wrong implementation in place of the answer (exit status 1)")
  static let replay = Option(
    name: "--case", value: "TOKEN",
    help: "replay one case; needs --only or --mistake to say which exercise it belongs to")
  static let perturb = Option(
    name: "--perturb", value: "FRACTION",
    help: "move every left side by this fraction of itself: every line must then refuse")
  static let all = Option(
    name: "--all", value: nil, help: "every check in full, special cases and asides too")
  static let claims = Option(
    name: "--claims", value: nil, help: "names of checks and claims at the edge of the page")
  static let timings = Option(
    name: "--timings", value: nil, help: "say how long each part took (not reproducible)")
  static let json = Option(name: "--json", value: nil, help: "one JSON object in place of text")
  static let color = Option(
    name: "--color", value: "WHEN", help: "auto (on a terminal), always or never")
  static let noPager = Option(
    name: "--no-pager", value: nil, help: "write to the terminal, not through $PAGER")
  static let help = Option(name: "--help", value: nil, help: "this help")
  static let version = Option(name: "--version", value: nil, help: "the version")

  /// What every command understands.
  static let everywhere: [Option] = [.color, .noPager, .help, .version]
}
