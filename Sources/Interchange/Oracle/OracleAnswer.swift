public import Exact
public import JSONText

/// What an oracle says of a model and its observations.
public struct OracleAnswer: Sendable {
  /// The route that was taken.
  public var method: ExactRoute
  /// The route in half a sentence: "sum over all 65536 states, one by one".
  public var route: String
  /// How much there was to do, by name: states, steps, cells, terms.
  public var work: [(name: String, count: Double)]
  /// The answer: the keys of the format, then others.
  public var members: [(key: String, value: JSON)]
  /// The answer for a person.
  public var sections: [OracleSection]

  /// An answer made of its parts.
  public init(
    method: ExactRoute, route: String, work: [(name: String, count: Double)],
    members: [(key: String, value: JSON)], sections: [OracleSection]
  ) {
    self.method = method
    self.route = route
    self.work = work
    self.members = members
    self.sections = sections
  }

  /// An answer with how it was found.
  init<Answer>(
    _ found: ExactAnswers<Answer>, members: [(key: String, value: JSON)], sections: [OracleSection]
  ) {
    self.init(
      method: found.route, route: found.way, work: found.work, members: members,
      sections: sections)
  }

  /// The answer as one object: its members, then how it was found.
  public var json: JSON {
    let work = work.map { (key: $0.name, value: JSON.number($0.count)) }
    return .object(
      members + [
        ("method", .string(method.rawValue)), ("route", .string(route)), ("work", .object(work)),
      ])
  }
}

extension JSON {
  /// One entry an observation, null where it is undefined.
  static func each<Value>(_ values: [Value?], _ json: (Value) -> JSON) -> JSON {
    .array(values.map { $0.map(json) ?? .null })
  }
}
