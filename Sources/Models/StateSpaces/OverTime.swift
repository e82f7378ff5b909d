/// A parameter of a system in time: the same at every step, or a value a step.
public enum OverTime<Value: Sendable & Equatable>: Sendable, Equatable {
  /// One value for all steps.
  case constant(Value)
  /// A value a step, the first one first.
  case steps([Value])

  /// The value at a step that there is a value for.
  public subscript(step: Int) -> Value {
    switch self {
    case .constant(let value): value
    case .steps(let values): values[step]
    }
  }

  /// How many steps there are values for; nil where one does for all.
  public var stepCount: Int? {
    if case .steps(let values) = self { values.count } else { nil }
  }

  /// One value of them, nil where there is none.
  var any: Value? {
    switch self {
    case .constant(let value): value
    case .steps(let values): values.first
    }
  }
}

extension OverTime {
  /// What a check makes of each value, told where it stands.
  func checked(
    _ place: String, _ check: (String, Value) throws(ModelError) -> Value
  ) throws(ModelError) -> OverTime {
    switch self {
    case .constant(let value): return .constant(try check(place, value))
    case .steps(let values):
      var found: [Value] = []
      for (step, value) in values.enumerated() {
        found.append(try check("\(place).steps[\(step)]", value))
      }
      return .steps(found)
    }
  }
}
