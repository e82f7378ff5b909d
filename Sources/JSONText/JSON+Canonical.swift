extension JSON {
  /// The same value with the keys of its objects in alphabetical order: how it was spelt does not show.
  public var canonical: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.canonical))
    case .object(let members):
      .object(
        members.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value.canonical) })
    default: self
    }
  }

  /// A number for the value, however it was spelt.
  public var fingerprint: String { JSONText.fingerprint(of: canonical.text().utf8) }
}
