extension JSON {
  /// How a value is laid out as text.
  public enum Layout: Sendable {
    /// On one line, without spaces.
    case compact
    /// A key a line, two spaces a level; arrays without inner structure stay on one line.
    case pretty
  }

  /// The value as JSON text, keys in their order.
  ///
  /// A number is the shortest text that reads back to the same double; one that is whole and
  /// below 2^53 has no fraction. JSON has no infinities: minus infinity (a log of zero) is the
  /// string "-inf"; NaN and plus infinity, which no answer may be, are null.
  public func text(_ layout: Layout = .compact) -> String {
    var output = ""
    write(to: &output, layout, level: 0)
    return output
  }

  private func write(to output: inout String, _ layout: Layout, level: Int) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .number(let value): output += numberText(value)
    case .string(let value): writeString(value, to: &output)
    case .array(let elements):
      let inner = elements.contains(where: \.hasMembers) ? layout : .compact
      let separator = layout == .pretty && inner == .compact ? ", " : ","
      writeList(
        elements, "[", "]", to: &output, inner, level: level, separator: separator
      ) { element, output in
        element.write(to: &output, layout, level: level + 1)
      }
    case .object(let members):
      writeList(
        members, "{", "}", to: &output, layout, level: level, separator: ","
      ) { member, output in
        writeString(member.key, to: &output)
        output += layout == .pretty ? ": " : ":"
        member.value.write(to: &output, layout, level: level + 1)
      }
    }
  }

  /// True of what takes more than one line in the pretty layout.
  private var hasMembers: Bool {
    switch self {
    case .array(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    default: false
    }
  }
}

private func writeList<Element>(
  _ elements: [Element], _ open: String, _ close: String, to output: inout String,
  _ layout: JSON.Layout, level: Int, separator: String,
  writeElement: (Element, inout String) -> Void
) {
  output += open
  for (index, element) in elements.enumerated() {
    if index > 0 { output += separator }
    if layout == .pretty { writeNewLine(to: &output, level: level + 1) }
    writeElement(element, &output)
  }
  if layout == .pretty, !elements.isEmpty { writeNewLine(to: &output, level: level) }
  output += close
}

private func writeNewLine(to output: inout String, level: Int) {
  output += "\n"
  for _ in 0..<level { output += "  " }
}

private func numberText(_ value: Double) -> String {
  if value == -.infinity { return "\"-inf\"" }
  guard value.isFinite else { return "null" }
  // Minus zero keeps its sign: "-0" reads back as it.
  if value == 0 { return value.sign == .minus ? "-0" : "0" }
  if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return "\(whole)" }
  return value.description
}

private func writeString(_ value: String, to output: inout String) {
  output += "\""
  for scalar in value.unicodeScalars { output += escaped(scalar) }
  output += "\""
}
