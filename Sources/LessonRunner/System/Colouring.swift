/// When colours are used.
enum Colouring: String, Sendable, CaseIterable {
  /// On a terminal, unless a variable says otherwise.
  case auto
  case always
  case never
}

extension CommandEnvironment {
  /// What --color says comes first, then NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then the
  /// terminal.
  var isColoured: Bool {
    switch colouring {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    guard (variables["NO_COLOR"] ?? "").isEmpty else { return false }
    if ["FORCE_COLOR", "CLICOLOR_FORCE"].contains(where: isSwitchedOn) { return true }
    return columns != nil && variables["TERM"] != "dumb"
  }

  private func isSwitchedOn(_ variable: String) -> Bool {
    !["", "0", "false"].contains(variables[variable] ?? "")
  }
}
