import JSONText

/// Why the ledger cannot be read.
public struct LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where, and what is wrong there.
  public let description: String
}

/// The ledger: what the lectures state, and what of it needs correcting.
public struct Ledger: Sendable {
  /// The lectures.
  public let lectures: [Lecture]
  /// What they state.
  public let claims: [Claim]
  /// What needs correcting.
  public let errata: [Erratum]

  /// Reads the two files of the ledger.
  public init(claims: String, errata: String) throws(LedgerError) {
    do {
      let file = JSONPlace(try JSON(parsing: claims), named: "claims")
      lectures = try file.member("lectures").array().map(Lecture.init)
      self.claims = try file.member("claims").array().map(Claim.init)
      self.errata = try JSONPlace(try JSON(parsing: errata), named: "errata")
        .member("errata").array().map(Erratum.init)
    } catch {
      throw LedgerError(description: "\(error)")
    }
  }

  /// The lectures with these short names, cited.
  func citations(_ ids: [String]) -> [String] {
    lectures.filter { ids.contains($0.id) }.map(\.citation)
  }
}

extension JSONPlace {
  fileprivate func text(_ key: String) throws -> String { try member(key).string() }

  fileprivate func texts(_ key: String) throws -> [String] {
    try member(key).array().map { try $0.string() }
  }

  /// Text that may be missing or null.
  fileprivate func textIfAny(_ key: String) throws -> String? {
    guard let place = try optional(key), !place.isNull else { return nil }
    return try place.string()
  }
}

extension Lecture {
  fileprivate init(_ place: JSONPlace) throws {
    id = try place.text("id")
    title = try place.text("title")
    author = try place.textIfAny("author")
  }
}

extension Claim {
  fileprivate init(_ place: JSONPlace) throws {
    id = try place.text("id")
    lectures = try place.texts("lectures")
    kind = try place.text("kind")
    statement = try place.text("statement")
    lesson = try place.textIfAny("lesson")
    isCheckable = try place.member("checkable").bool()
    verdict = try place.text("verdict")
    condition = try place.textIfAny("condition")
    why = try place.textIfAny("why")
    errata = try place.texts("errata")
  }
}

extension Erratum {
  fileprivate init(_ place: JSONPlace) throws {
    id = try place.text("id")
    lecture = try place.text("lecture")
    title = try place.text("title")
    verdict = try place.text("verdict")
    lesson = try place.text("lesson")
    isWordingOnly = try place.member("wordingOnly").bool()
    printed = try place.text("printed")
    problem = try place.text("problem")
    corrected = try place.text("corrected")
    numbers = try place.text("numbers")
  }
}
