public import JSONText
public import Probability

/// What one of several machines found: sums over its share of the leaves, and of what they are sums.
public struct PartFile: Sendable {
  /// The version of the form in which parts are written.
  public static let format = 1

  /// The command that was asked: "moments", "oracle".
  public let command: String
  /// The version of the program that answered.
  public let version: String
  /// Which part it is.
  public let share: LeafShare
  /// What else was asked.
  public let settings: JSON
  /// The model, or the case.
  public let input: JSON
  /// The sums by their names.
  public let sums: [(name: String, nodes: [LeafNode])]

  /// A part made of its parts.
  public init(
    command: String, version: String, share: LeafShare, settings: JSON, input: JSON,
    sums: [(name: String, nodes: [LeafNode])]
  ) {
    (self.command, self.version, self.share) = (command, version, share)
    (self.settings, self.input, self.sums) = (settings, input.canonical, sums)
  }

  /// The file: at its end a number for all that stands before.
  public var json: JSON {
    let sums = sums.map { sum in
      let nodes = sum.nodes.map { node -> JSON in
        [
          "first": .integer(node.leaves.lowerBound), "leaves": .integer(node.leaves.count),
          "numbers": .array(node.numbers.map(exact)),
        ]
      }
      return JSON.object([("sum", .string(sum.name)), ("nodes", .array(nodes))])
    }
    let members: [(key: String, value: JSON)] = [
      ("part", .string("\(share.part)/\(share.count)")), ("command", .string(command)),
      ("version", .string(version)), ("format", .integer(Self.format)), ("settings", settings),
      ("model", .string(input.fingerprint)), ("input", input), ("sums", .array(sums)),
    ]
    return .object(members + [("digest", .string(JSON.object(members).fingerprint))])
  }
}

// MARK: Read

extension PartFile {
  /// Reads a file, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    guard case .object(let members) = place.value, members.contains(where: { $0.key == "digest" })
    else { throw place.error("this is no part of an answer, or not all of one") }
    // What another version writes may look otherwise.
    let format = try place.member("format").integer(in: 0...1 << 20)
    guard format == Self.format else {
      throw try place.member("format").error(
        "written in form \(format), this program reads \(Self.format)")
    }
    try place.object(
      requiring: [
        "part", "command", "version", "format", "settings", "model", "input", "sums", "digest",
      ])
    let rest = JSON.object(members.filter { $0.key != "digest" })
    guard try place.member("digest").string() == rest.fingerprint else {
      throw try place.member("digest").error("damaged: this is not what was written")
    }
    guard let share = LeafShare(try place.member("part").string()) else {
      throw try place.member("part").error(expected: "I/N")
    }
    self.share = share
    command = try place.member("command").string()
    version = try place.member("version").string()
    settings = try place.member("settings").value
    input = try place.member("input").value
    guard try place.member("model").string() == input.fingerprint else {
      throw try place.member("model").error("not the model that stands in \"input\"")
    }
    sums = try place.member("sums").each { sum throws(PlaceError) in
      let nodes = try sum.member("nodes").each { node throws(PlaceError) in
        let first = try node.member("first").integer(in: 0...1 << 30)
        let leaves = try node.member("leaves").integer(in: 1...1 << 30)
        return LeafNode(
          leaves: first..<first + leaves,
          numbers: try node.member("numbers").each { number throws(PlaceError) in
            try number.exact()
          })
      }
      return (try sum.member("sum").string(), nodes)
    }
  }
}

extension LeafShare {
  /// "2/4"; nil for what is none.
  public init?(_ text: String) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    guard words.count == 2, let part = Int(words[0]), let count = Int(words[1]) else { return nil }
    self.init(part: part, of: count)
  }
}

/// A number that reads back to the same double, whichever it is.
private func exact(_ number: Double) -> JSON {
  number.isFinite ? .number(number) : .string(number.isNaN ? "nan" : number > 0 ? "inf" : "-inf")
}

extension JSONPlace {
  fileprivate func exact() throws(PlaceError) -> Double {
    switch value {
    case .number(let number): return number
    case .string("inf"): return .infinity
    case .string("-inf"): return -.infinity
    case .string("nan"): return .nan
    default: throw error(expected: "a number")
    }
  }
}
