import JSONText

extension JSON {
  /// How many values there are in it, itself included.
  var nodeCount: Int {
    switch self {
    case .array(let elements): elements.reduce(1) { $0 + $1.nodeCount }
    case .object(let members): members.reduce(1) { $0 + $1.value.nodeCount }
    default: 1
    }
  }

  /// How many levels of arrays and objects there are.
  var depth: Int {
    switch self {
    case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
    case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
    default: 0
    }
  }

  /// The tree with every value changed, from the leaves up; the key is that of the innermost object.
  func mapped(key: String = "", _ change: (_ key: String, JSON) -> JSON) -> JSON {
    switch self {
    case .array(let elements):
      change(key, .array(elements.map { $0.mapped(key: key, change) }))
    case .object(let members):
      change(
        key,
        .object(members.map { ($0.key, $0.value.mapped(key: $0.key, change)) }))
    default: change(key, self)
    }
  }

  /// The tree with the value of one place changed; places are numbered depth first.
  func changing(_ place: Int, _ change: (JSON) -> JSON) -> JSON {
    var left = place
    return changing(countdown: &left, change)
  }

  private func changing(countdown: inout Int, _ change: (JSON) -> JSON) -> JSON {
    if countdown == 0 {
      countdown = -1
      return change(self)
    }
    if countdown < 0 { return self }
    countdown -= 1
    switch self {
    case .array(let elements):
      var copies: [JSON] = []
      for element in elements { copies.append(element.changing(countdown: &countdown, change)) }
      return .array(copies)
    case .object(let members):
      var copies: [(key: String, value: JSON)] = []
      for member in members {
        copies.append((member.key, member.value.changing(countdown: &countdown, change)))
      }
      return .object(copies)
    default: return self
    }
  }

  /// The value of a place.
  func value(at place: Int) -> JSON {
    var found = JSON.null
    _ = changing(place) {
      found = $0
      return $0
    }
    return found
  }

  /// Every number in it, in order.
  var allNumbers: [Double] {
    switch self {
    case .number(let number): [number]
    case .array(let elements): elements.flatMap(\.allNumbers)
    case .object(let members): members.flatMap(\.value.allNumbers)
    default: []
    }
  }

  /// The elements of an array, nothing elsewhere.
  var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }

  /// The number that it is, if it is one.
  var double: Double? { if case .number(let number) = self { number } else { nil } }

  /// The string that it is, if it is one.
  var word: String? { if case .string(let word) = self { word } else { nil } }
}
