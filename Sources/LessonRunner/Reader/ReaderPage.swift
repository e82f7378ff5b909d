/// A section as the reader shows it: lines, in pieces that may appear one after the other.
struct ReaderPage: Equatable, Sendable {
  let pieces: [[String]]

  init(_ pieces: [[String]]) { self.pieces = pieces.filter { !$0.isEmpty } }

  /// The lines of the first pieces.
  func lines(_ shown: Int) -> [String] { Array(pieces.prefix(shown).joined()) }
}

/// Something that was asked for while reading, in front of the page.
struct ReaderNote: Equatable, Sendable {
  let title: String
  let lines: [String]
}
