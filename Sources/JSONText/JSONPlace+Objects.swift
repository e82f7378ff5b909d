extension JSONPlace {
  /// This place, once an object with these keys and no others stands here.
  ///
  /// An unknown key is refused rather than ignored: a misspelt option that is silently left
  /// out would change the answer.
  @discardableResult
  public func object(
    requiring required: [String] = [], allowing allowed: [String] = []
  ) throws(PlaceError) -> JSONPlace {
    let members = try members()
    let known = required + allowed
    for member in members where !known.contains(member.key) {
      let meant = nearest(to: member.key, among: known).map { " (did you mean \"\($0)\"?)" }
      throw error("unknown key \(excerpt(of: member.key))\(meant ?? "")\(allowedText(known))")
    }
    for key in required where !members.contains(where: { $0.key == key }) {
      throw error("missing key \"\(key)\"")
    }
    return self
  }

  /// The value of a key of the object that stands here.
  public func member(_ key: String) throws(PlaceError) -> JSONPlace {
    guard let place = try optional(key) else { throw error("missing key \"\(key)\"") }
    return place
  }

  /// The value of a key of the object that stands here, or nil without such a key.
  public func optional(_ key: String) throws(PlaceError) -> JSONPlace? {
    try members().first { $0.key == key }.map { member(key, $0.value) }
  }

  /// "; allowed: model, weights", in the order in which the format lists them.
  private func allowedText(_ keys: [String]) -> String {
    keys.isEmpty ? "" : "; allowed: \(keys.joined(separator: ", "))"
  }

  private func members() throws(PlaceError) -> [(key: String, value: JSON)] {
    guard case .object(let members) = value else { throw error(expected: "an object") }
    return members
  }
}
