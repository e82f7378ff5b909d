public import Probability

/// The numbers that a lesson's prose names: "{gap}" in the text is computed when the page is shown.
public struct PageNumbers: Sendable, ExpressibleByDictionaryLiteral {
  /// Computes a number of the page.
  public typealias Source = @Sendable (RunContext) throws -> any LabelledNumber

  let sources: [String: Source]

  /// Numbers by name; of two of the same name the last one counts.
  public init(dictionaryLiteral elements: (String, Source)...) {
    sources = Dictionary(elements, uniquingKeysWith: { _, last in last })
  }

  /// The names.
  public var names: Set<String> { Set(sources.keys) }

  /// The name that every page knows: on how many random models each line was judged.
  public static let models = "models"

  /// The text with its placeholders replaced by numbers.
  ///
  /// A placeholder is a name of small letters, digits and hyphens in braces, with the number of
  /// significant digits behind a colon, or of decimals behind a colon and a point; a plus sign
  /// asks for the sign: "{gap}", "{gap:3}", "{elbo:+.3}". Four digits where nothing is said.
  public func fill(_ text: String, _ context: RunContext) throws -> String {
    var filled = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      filled += rest[..<open]
      let after = rest[rest.index(after: open)...]
      guard let close = after.firstIndex(of: "}"), let placeholder = Placeholder(after[..<close])
      else {
        filled += "{"
        rest = after
        continue
      }
      if placeholder.name == PageNumbers.models {
        filled += "\(context.models)"
      } else if let source = sources[placeholder.name] {
        filled += placeholder.text(try source(context).value)
      } else {
        throw PageNumberError(name: placeholder.name)
      }
      rest = after[after.index(after: close)...]
    }
    return filled + rest
  }

  /// The names of the placeholders of a text.
  public static func placeholders(in text: String) -> [String] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
      part.firstIndex(of: "}").flatMap { Placeholder(part[..<$0])?.name }
    }
  }
}

/// A name in a text that no number has.
struct PageNumberError: Error, CustomStringConvertible {
  let name: String
  var description: String { "{\(name)}: the page has no number of this name" }
}

/// "elbo:+.3", taken apart.
private struct Placeholder {
  let name: String
  var signed = false
  var decimals: Int?
  var digits = 4

  init?(_ text: Substring) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, first.first?.isLowercase == true,
      first.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
    else { return nil }
    name = String(first)
    guard parts.count == 2 else { return }
    var format = parts[1]
    if format.first == "+" {
      signed = true
      format = format.dropFirst()
    }
    if format.first == "." {
      guard let count = Int(format.dropFirst()) else { return nil }
      decimals = count
    } else if !format.isEmpty {
      guard let count = Int(format) else { return nil }
      digits = count
    }
  }

  func text(_ value: Double) -> String {
    let number =
      decimals.map { Format.fixed(value, decimals: $0) } ?? Format.short(value, digits: digits)
    return (signed && value > 0 ? "+" : "") + number.replacing("-", with: "−")
  }
}
