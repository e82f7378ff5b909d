import JSONText

/// A step into a value of JSON: a key, or a place in a list.
enum JSONStep: Hashable, CustomStringConvertible {
  case key(String)
  case index(Int)

  var description: String {
    switch self {
    case .key(let key): ".\(key)"
    case .index(let index): "[\(index)]"
    }
  }
}

typealias JSONPath = [JSONStep]

extension JSON {
  /// The value at a path, nil where there is none.
  func at(_ path: JSONPath) -> JSON? {
    path.reduce(Optional(self)) { value, step in
      switch step {
      case .key(let key): value?[key]
      case .index(let index): value?[index]
      }
    }
  }

  /// The number at a path.
  func number(at path: JSONPath) -> Double? {
    guard case .number(let number) = at(path) else { return nil }
    return number
  }

  /// The same value with another number at a path.
  func setting(_ path: ArraySlice<JSONStep>, to number: Double) -> JSON {
    guard let step = path.first else { return .number(number) }
    switch (self, step) {
    case (.object(let members), .key(let key)):
      return .object(
        members.map {
          ($0.key, $0.key == key ? $0.value.setting(path.dropFirst(), to: number) : $0.value)
        })
    case (.array(let values), .index(let index)):
      var values = values
      values[index] = values[index].setting(path.dropFirst(), to: number)
      return .array(values)
    default: return self
    }
  }

  /// The paths of all numbers.
  var numberPaths: [JSONPath] {
    switch self {
    case .number: [[]]
    case .array(let values):
      values.enumerated().flatMap { index, value in
        value.numberPaths.map { [.index(index)] + $0 }
      }
    case .object(let members):
      members.flatMap { key, value in value.numberPaths.map { [.key(key)] + $0 } }
    default: []
    }
  }
}

/// A way to change parameters of a model: each of these numbers by the step times its sign.
struct Direction: CustomStringConvertible {
  let parts: [(path: JSONPath, sign: Double)]
  /// How far a step goes: a five hundredth of the size of what is changed, less where this was 0.
  let step: Double
  /// Whether the numbers can be changed both ways.
  let isTwoSided: Bool

  var description: String {
    parts.map { ($0.sign > 0 ? "+" : "−") + $0.path.map(\.description).joined() }.joined()
  }

  /// The model so many steps away.
  func moved(_ spec: JSON, _ count: Double) -> JSON {
    parts.reduce(spec) { spec, part in
      let number = spec.number(at: part.path) ?? .nan
      return spec.setting(part.path[...], to: number + part.sign * count * step)
    }
  }

  /// The points and weights of a derivative to fourth order.
  var stencil: [(count: Double, weight: Double)] {
    let weights =
      isTwoSided
      ? [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] : [(0, -25), (1, 48), (2, -36), (3, 16), (4, -3)]
    return weights.map { ($0.0, $0.1 / (12 * step)) }
  }
}

/// The parameters of a model as its format has them.
struct Parameters {
  let spec: JSON
  let model: String

  /// What is data, or shape, and no parameter.
  static let shapes: Set<String> = ["model", "observations", "inputs", "pair", "ask", "seed"]
  /// Keys of rows that add up to one.
  static let rows: Set<String> = [
    "initial", "transition", "probabilities", "durations", "initialState", "topics",
  ]
  /// Keys of symmetric matrices.
  static let symmetric: Set<String> = [
    "covariance", "covariances", "initialCovariance", "dynamicsNoise", "emissionNoise", "scale",
  ]

  init(_ spec: JSON) {
    self.spec = spec
    guard case .string(let model) = spec["model"] else {
      self.model = ""
      return
    }
    self.model = model
  }

  /// The paths of all parameters.
  var paths: [JSONPath] {
    spec.numberPaths.filter { path in
      guard case .key(let key) = path.first, !Parameters.shapes.contains(key) else { return false }
      // Of a variable, how many states it has.
      if path.last == .key("states") { return false }
      return !path.contains(.key("pair"))
    }
  }

  /// Where the slope of a parameter stands: in its place, or, of rules, which have nothing else, in
  /// that of the rule.
  func slopePath(_ path: JSONPath) -> JSONPath {
    model == "pcfg" ? Array(path.dropLast()) : path
  }

  private func key(_ path: JSONPath) -> String {
    for case .key(let key) in path.reversed() { return key }
    return ""
  }

  /// The others that add up to one with a number; nil where it is free.
  private func row(of path: JSONPath) -> [JSONPath]? {
    if model == "pcfg" {
      let left = spec.at(Array(path.dropLast()) + [.key("left")])
      return paths.filter { other in
        spec.at(Array(other.dropLast()) + [.key("left")])?.text() == left?.text()
      }
    }
    let key = key(path)
    let adds =
      Parameters.rows.contains(key) || model == "mixture" && key == "weights"
      || model == "bayesian-network" && key == "table"
    return adds ? paths.filter { $0.dropLast() == path.dropLast() } : nil
  }

  /// One direction for each parameter that can be changed; along the simplex, against the largest of
  /// the others.
  var directions: [Direction] {
    let paths = paths
    return paths.compactMap { path in
      let value = spec.number(at: path) ?? .nan
      if let row = row(of: path) {
        let others = row.filter { $0 != path }
        guard let other = others.max(by: { size($0) < size($1) }) else { return nil }
        let (one, two) = (value, size(other))
        // What is 0 can grow only, and what it is taken from shrinks.
        let isUp = one == 0 || two > 0
        let least = one > 0 && two > 0 ? min(one, two) : max(one, two)
        return Direction(
          parts: [(path, isUp ? 1 : -1), (other, isUp ? -1 : 1)],
          step: least / (one > 0 && two > 0 ? 500 : 25000),
          isTwoSided: one > 0 && two > 0)
      }
      let step = (model == "factor-graph" ? weight(at: path) : max(abs(value), 0.1)) / 500
      if Parameters.symmetric.contains(key(path)), path.count > 1,
        path[path.count - 1] != path[path.count - 2], case .index = path[path.count - 2]
      {
        let mirrored = Array(path.dropLast(2)) + [path[path.count - 1], path[path.count - 2]]
        return Direction(parts: [(path, 1), (mirrored, 1)], step: step / 10, isTwoSided: true)
      }
      let isBound = (model == "factor-graph" || key(path) == "prior") && (value == 0 || value == 1)
      let grows = value == 0 || model == "factor-graph"
      return Direction(
        parts: [(path, isBound && !grows ? -1 : 1)],
        step: key(path) == "prior" && !isBound
          ? min(value, 1 - value) / 500 : step / (isBound ? 50 : 1),
        isTwoSided: !isBound || model == "factor-graph" && value > 0)
    }
  }

  /// A weight, or the largest beside it where it is 0.
  private func weight(at path: JSONPath) -> Double {
    let beside = paths.filter { $0.dropLast() == path.dropLast() }.map(size).filter { $0 > 0 }
    return size(path) > 0 ? size(path) : beside.max() ?? 1
  }

  private func size(_ path: JSONPath) -> Double { spec.number(at: path) ?? .nan }
}
