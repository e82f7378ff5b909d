public import JSONText

/// What an approximation makes of a model, beside what is exactly true of it.
public struct ApproximationAnswer: Sendable {
  /// The answer: the keys of the format, then others.
  public var members: [(key: String, value: JSON)]
  /// The answer for a person.
  public var sections: [OracleSection]
  /// How much there was to do, by name: outcomes, states, sweeps.
  public var work: [(name: String, count: Double)]

  /// An answer made of its parts.
  public init(
    members: [(key: String, value: JSON)], sections: [OracleSection],
    work: [(name: String, count: Double)] = []
  ) {
    self.members = members
    self.sections = sections
    self.work = work
  }

  /// The answer as one object: its members, then how much work it was.
  public var json: JSON {
    let work = work.map { (key: $0.name, value: JSON.number($0.count)) }
    return .object(members + [("work", .object(work))])
  }
}
