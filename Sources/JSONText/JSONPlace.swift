/// A value in a JSON file together with its path, so that a refusal can say where.
///
/// ```
/// let spec = try JSONPlace(json).object(requiring: ["prior", "weights"], allowing: ["name"])
/// let prior = try spec.member("prior").probabilities()
/// let weights = try spec.member("weights").matrix(rows: prior.count)
/// ```
public struct JSONPlace: Sendable {
  /// What stands there.
  public let value: JSON
  private let trail: Trail

  /// The top of a file; a name given to it begins every path.
  public init(_ value: JSON, named name: String = "") {
    self.value = value
    self.trail = .top(name)
  }

  fileprivate init(value: JSON, trail: Trail) {
    self.value = value
    self.trail = trail
  }

  /// The way to the value from the top of the file, such as `weights[2][5]`.
  public var path: String {
    let text = trail.text
    return text.isEmpty ? "top level" : text
  }

  /// The same place with another value, as after a rewriting; refusals still name the place.
  public func replaced(by value: JSON) -> JSONPlace { JSONPlace(value: value, trail: trail) }

  /// The element of an array; `value` is what stands there.
  func element(_ index: Int, _ value: JSON) -> JSONPlace {
    JSONPlace(value: value, trail: .index(trail, index))
  }

  /// The member of an object; `value` is what stands there.
  func member(_ key: String, _ value: JSON) -> JSONPlace {
    JSONPlace(value: value, trail: .key(trail, key))
  }
}

// MARK: Refusals

extension JSONPlace {
  /// A refusal of the value in words of the caller's.
  public func error(_ complaint: String) -> PlaceError {
    PlaceError(path: path, complaint: complaint)
  }

  /// A refusal that says what was expected and repeats the value in short.
  public func error(expected: String) -> PlaceError {
    error("expected \(expected), found \(value.excerpt)")
  }
}

/// A path, kept as its steps: text is made only when a refusal needs it.
private indirect enum Trail: Sendable {
  case top(String)
  case key(Trail, String)
  case index(Trail, Int)

  var text: String {
    switch self {
    case .top(let name): return name
    case .index(let trail, let index): return "\(trail.text)[\(index)]"
    case .key(let trail, let key):
      let before = trail.text
      guard isPlainName(key) else { return "\(before)[\(excerpt(of: key))]" }
      return before.isEmpty ? key : "\(before).\(key)"
    }
  }
}

private func isPlainName(_ key: String) -> Bool {
  let isShort = (1...40).contains(key.utf8.count)
  return isShort && key.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x5F || $0 == 0x2D }
}
