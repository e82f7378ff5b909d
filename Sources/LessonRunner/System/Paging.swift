extension CommandEnvironment {
  /// The command through which long pages go, as git chooses it: $PAGER, or less.
  ///
  /// None where there is no terminal, where the terminal can do nothing, and where PAGER is empty
  /// or "cat".
  var pager: String? {
    guard columns != nil, mayPage, variables["TERM"] != "dumb" else { return nil }
    let command = variables["PAGER"] ?? "less"
    let words = command.split(separator: " ")
    return words.isEmpty || words == ["cat"] ? nil : command
  }
}
