import JSONText

/// What was typed after the name of a command: words, and options with their values.
///
/// `--option=value` and `--option value` are the same; `--` ends the options; a repeated option
/// is refused, since one of the two would be ignored.
struct ParsedArguments: Sendable, Equatable {
  private(set) var words: [String] = []
  private var values: [String: String] = [:]
  /// What lists the options.
  private let help: String

  /// Sorts arguments into words and the options that are understood here, of a command if one is
  /// named.
  init(
    _ arguments: some Sequence<String>, options: [Option], of command: String? = nil
  ) throws(CommandError) {
    help = (command.map { $0 + " " } ?? "") + "--help"
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        words.append(argument)
        continue
      }
      try take(argument == "-h" ? "--help" : argument, from: &rest, options)
    }
  }

  private mutating func take(
    _ argument: String, from rest: inout ArraySlice<String>, _ options: [Option]
  ) throws(CommandError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = options.first(where: { $0.name == name }) else {
      throw unknown(name, "option", among: options.map(\.name), listedBy: help)
    }
    guard values[name] == nil else { throw CommandError(name, "given twice") }
    if let what = option.value {
      guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst(), !value.isEmpty else {
        throw CommandError(name, "expected a value, \(name) \(what)")
      }
      values[name] = value
    } else {
      guard parts.count == 1 else { throw CommandError(name, "takes no value") }
      values[name] = ""
    }
  }

  func has(_ option: Option) -> Bool { values[option.name] != nil }

  func text(_ option: Option) -> String? { values[option.name] }

  /// A whole number in a range.
  func integer<Number: FixedWidthInteger>(
    _ option: Option, in range: ClosedRange<Number>, default missing: Number
  ) throws(CommandError) -> Number {
    guard let text = values[option.name] else { return missing }
    guard let number = Number(text), range.contains(number) else {
      let limits =
        range.upperBound == .max
        ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      throw CommandError(option.name, "expected a whole number \(limits), found \(quoted(text))")
    }
    return number
  }

  /// A number that is finite and not zero.
  func fraction(_ option: Option) throws(CommandError) -> Double? {
    guard let text = values[option.name] else { return nil }
    guard let number = Double(text), number.isFinite, number != 0 else {
      throw CommandError(option.name, "expected a number other than 0, found \(quoted(text))")
    }
    return number
  }
}

/// What was typed, in quotation marks and not too long.
func quoted(_ text: String) -> String {
  "'" + (text.count <= 60 ? text : text.prefix(60) + "…") + "'"
}

/// "unknown option '--sed'; nearest: --seed"; where none is near, all names if they are few, or who lists them.
func unknown(
  _ typed: String, _ kind: String, among names: some Collection<String>, place: String? = nil,
  listedBy list: String = "--help"
) -> CommandError {
  let near = nearest(3, to: typed, among: names)
  var reason = "unknown \(kind)"
  if !near.isEmpty {
    reason += "; nearest: " + near.joined(separator: ", ")
  } else if !names.isEmpty, names.count <= (list == "--help" ? 20 : 12) {
    reason += "; there are " + names.joined(separator: ", ")
  } else {
    reason += "; lessons \(list) lists them"
  }
  return CommandError(place ?? quoted(typed), reason)
}
