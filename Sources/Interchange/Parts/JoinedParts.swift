public import JSONText
public import Probability

/// All parts of one answer.
public struct JoinedParts: Sendable {
  /// The first of them: what all were asked.
  public let asked: PartFile
  private let nodes: [String: [LeafNode]]

  /// The names of the sums.
  public var sums: Set<String> { Set(nodes.keys) }

  /// Puts parts together, or refuses them by the name of the one that does not belong to the others.
  ///
  /// - Parameters:
  ///   - parts: the parts with the names of their files, in any order.
  ///   - version: the version of the program that goes on with them.
  /// - Throws: what is missing, doubled or foreign.
  public init(_ parts: [(file: String, part: PartFile)], version: String) throws(PlaceError) {
    guard let (file, asked) = parts.first else {
      throw PlaceError(path: "parts", complaint: "there are none")
    }
    self.asked = asked
    var files: [Int: String] = [:]
    var nodes: [String: [LeafNode]] = [:]
    for (name, part) in parts {
      if part.version != version {
        throw PlaceError(path: name, complaint: "of version \(part.version), this is \(version)")
      }
      if let difference = part.difference(from: asked, in: file) {
        throw PlaceError(path: name, complaint: difference)
      }
      let number = "part \(part.share.part)/\(part.share.count)"
      if let other = files[part.share.part] {
        throw PlaceError(path: name, complaint: "\(number) is there already, in \(other)")
      }
      files[part.share.part] = name
      for sum in part.sums { nodes[sum.name, default: []] += sum.nodes }
    }
    let all = 1...asked.share.count
    let missing = all.filter { files[$0] == nil }.map { "\($0)/\(asked.share.count)" }
    guard missing.isEmpty else {
      let shown = missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? ", …" : "")
      throw PlaceError(
        path: missing.count == 1 ? "part \(shown)" : "parts \(shown)",
        complaint: missing.count == 1 ? "is missing" : "\(missing.count) are missing")
    }
    self.nodes = nodes
  }

  /// The nodes of a sum.
  public func nodes(of sum: String) -> [LeafNode] { nodes[sum] ?? [] }
}

extension PartFile {
  /// In what it answers another question than the first part: "of another model than a.json".
  fileprivate func difference(from first: PartFile, in file: String) -> String? {
    if command != first.command { return "of another command than \(file): \(command)" }
    if input != first.input { return "of another model than \(file)" }
    if settings.canonical != first.settings.canonical {
      return "of other settings than \(file): \(settings.text())"
    }
    if share.count != first.share.count {
      return "one of \(share.count) parts, \(file) is one of \(first.share.count)"
    }
    return nil
  }
}
