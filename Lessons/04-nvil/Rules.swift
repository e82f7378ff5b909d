/// A subject made of several functions, of which a mistake spoils one.
protocol Rules: Sendable {}

extension Rules {
  /// A copy with one rule replaced.
  func with<Rule>(_ rule: WritableKeyPath<Self, Rule>, _ wrong: Rule) -> Self {
    var copy = self
    copy[keyPath: rule] = wrong
    return copy
  }
}
