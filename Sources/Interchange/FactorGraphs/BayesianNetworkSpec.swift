public import JSONText
public import Models

/// A Bayesian network of discrete variables and its evidence, as `"model": "bayesian-network"`
/// describes them.
public struct BayesianNetworkSpec: Sendable, Equatable {
  /// The network as a product of its conditional tables, one a variable, in the order of the file.
  public let graph: FactorGraph
  /// A value or nil for each variable, in each observation.
  public let evidence: [[Int?]]
  let variables: NamedVariables

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "variables"], allowing: ["observations"])
    let places = try place.member("variables").array()
    for place in places {
      try place.object(requiring: ["name", "states", "table"], allowing: ["parents"])
    }
    let variables = try NamedVariables(places)
    var parents: [[Int]] = []
    for place in places {
      let list = try place.optional("parents")?.each { name throws(PlaceError) in
        try variables.variable(name)
      }
      parents.append(list ?? [])
    }
    try requireNoCircle(parents, places)
    var factors: [FactorGraph.Factor] = []
    for (number, place) in places.enumerated() {
      let table = try place.member("table")
      let sizes = parents[number].map { variables.cardinalities[$0] }
      let given = try table.array()
      guard cellCount(sizes) == given.count else {
        let wanted = cellCount(sizes).map { "\($0)" } ?? "more than 2^63"
        throw table.error(
          "expected \(wanted) rows, one for each setting of the parents, found \(given.count)")
      }
      let rows = try table.conditionals(
        rows: given.count, columns: variables.cardinalities[number])
      factors.append(.init(parents[number] + [number], weights: Array(rows.joined())))
    }
    graph = try place.making { () throws(ModelError) in
      try FactorGraph(cardinalities: variables.cardinalities, factors: factors)
    }
    evidence = try variables.observations(place)
    self.variables = variables
  }
}

extension NamedVariables {
  /// The evidence that stands under `observations`; without the key, one observation of nothing.
  func observations(_ place: JSONPlace) throws(PlaceError) -> [[Int?]] {
    let given = try place.optional("observations")?.each { place throws(PlaceError) in
      try evidence(place)
    }
    return given ?? [[Int?](repeating: nil, count: names.count)]
  }
}

/// Refuses a variable that is its own ancestor, or twice or itself among its parents.
private func requireNoCircle(
  _ parents: [[Int]], _ places: [JSONPlace]
) throws(PlaceError) {
  var children = parents.map { _ in [Int]() }
  for (number, list) in parents.enumerated() {
    guard Set(list).count == list.count else {
      throw try places[number].member("parents").error(expected: "distinct parents")
    }
    for parent in list { children[parent].append(number) }
  }
  // Variables whose parents have all been seen are seen next.
  var open = parents.map(\.count)
  var ready = open.indices.filter { open[$0] == 0 }
  while let next = ready.popLast() {
    for child in children[next] {
      open[child] -= 1
      if open[child] == 0 { ready.append(child) }
    }
  }
  guard let number = open.firstIndex(where: { $0 > 0 }) else { return }
  throw try places[number].member("parents").error(
    "the arrows run in a circle that leads to this variable")
}
