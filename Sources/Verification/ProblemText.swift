import Probability

/// Any value as a few lines of text: its own description where it has one, else its parts by name.
enum ProblemText {
  private static let width = 90
  private static let mostLines = 40

  static func lines(_ value: Any) -> [String] {
    let lines = described(value, name: nil, indent: "", depth: 0)
    let left = lines.count - mostLines
    return left <= 0 ? lines : lines.prefix(mostLines) + ["… and \(left) lines more"]
  }

  private static func described(
    _ value: Any, name: String?, indent: String, depth: Int
  ) -> [String] {
    let head = indent + (name.map { $0 + ": " } ?? "")
    if let short = short(value), head.count + short.count <= width || depth > 4 {
      return [head + short]
    }
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty, depth <= 4 else { return [head + "\(value)"] }
    let isList = mirror.displayStyle == .collection || mirror.displayStyle == .set
    let parts = mirror.children.enumerated().flatMap { index, child in
      described(
        child.value, name: child.label ?? (isList ? "[\(index)]" : nil), indent: indent + "  ",
        depth: depth + 1)
    }
    return [head + (isList ? "\(mirror.children.count) of them" : "\(type(of: value))")] + parts
  }

  /// On one line: what describes itself, numbers, and lists of such.
  private static func short(_ value: Any) -> String? {
    if let number = value as? Double { return Format.short(number, digits: 17) }
    if let numbers = value as? [Double] {
      return "[" + numbers.map { Format.short($0, digits: 17) }.joined(separator: ", ") + "]"
    }
    if let text = value as? any CustomStringConvertible, !(value is any Collection) {
      return text.description.contains("\n") ? nil : text.description
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection, .set, .tuple:
      let parts = mirror.children.map { short($0.value) }
      guard !parts.contains(nil) else { return nil }
      return "[" + parts.compactMap { $0 }.joined(separator: ", ") + "]"
    case .optional:
      guard let some = mirror.children.first else { return "nil" }
      return short(some.value)
    case .enum where mirror.children.isEmpty: return "\(value)"
    default: return nil
    }
  }
}
