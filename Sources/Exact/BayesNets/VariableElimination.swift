import Models

/// A table over some of the variables, the last one fastest.
///
/// A product of many small probabilities may be no double: its numbers have no end.
struct Factor {
  let scope: [Int]
  let cardinalities: [Int]
  let values: [WideNumber]

  /// The value at a joint assignment of all variables.
  func value(at assignment: [Int]) -> WideNumber {
    values[
      zip(scope, cardinalities).reduce(0) { place, pair in
        place * pair.1 + assignment[pair.0]
      }]
  }
}

extension BayesNet {
  /// One factor for every conditional table; what contradicts the evidence has weight zero.
  func factors(_ evidence: [Int?]) -> [Factor] {
    variables.enumerated().map { number, variable in
      let scope = variable.parents + [number]
      let cardinalities = scope.map { variables[$0].cardinality }
      var values: [WideNumber] = []
      forEachAssignment(cardinalities) { assignment in
        let agrees = zip(scope, assignment).allSatisfy { evidence[$0] == nil || evidence[$0] == $1 }
        var row = 0
        for (parent, value) in zip(variable.parents, assignment) {
          row = row * variables[parent].cardinality + value
        }
        let entry = variable.table[row][assignment[assignment.count - 1]]
        values.append(agrees ? WideNumber(entry) : .zero)
      }
      return Factor(scope: scope, cardinalities: cardinalities, values: values)
    }
  }
}

/// Σ over all variables but one of the product of the factors, one variable after the other.
///
/// ```
/// Σ_x Π_f f = Σ_{other} Π_{f without x} f · (Σ_x Π_{f with x} f)
/// ```
func eliminated(_ factors: [Factor], keeping query: Int?, in order: [Int]) -> Factor {
  var factors = factors
  for next in order where next != query {
    let touched = factors.filter { $0.scope.contains(next) }
    factors.removeAll { $0.scope.contains(next) }
    factors.append(product(touched, summingOut: next))
  }
  return product(factors, summingOut: nil)
}

/// The order in which variables are summed out: next comes the one whose product has the smallest table.
///
/// Reference: Zhang and Poole 1994.
struct SmallestFirst {
  private(set) var order: [Int] = []
  /// The cells of the largest table on the way: a number that may be larger than integers are.
  ///
  /// Where a variable is kept, a table has at most as many times as many as that has values.
  private(set) var largest = 1.0

  init(of net: BayesNet) {
    var scopes = net.variables.enumerated().map { Set($1.parents + [$0]) }
    var open = Array(net.variables.indices)
    func joined(_ variable: Int) -> Set<Int> {
      scopes.reduce(into: []) { if $1.contains(variable) { $0.formUnion($1) } }
    }
    while let next = open.map({ Table(variable: $0, joined($0), net) }).min(by: Table.isSmaller) {
      order.append(next.variable)
      largest = max(largest, next.cells)
      open.removeAll { $0 == next.variable }
      scopes.removeAll { $0.contains(next.variable) }
      scopes.append(next.scope.subtracting([next.variable]))
    }
  }

  /// What has to be multiplied before a variable is summed out.
  private struct Table {
    let variable: Int
    let scope: Set<Int>
    let cells: Double

    init(variable: Int, _ scope: Set<Int>, _ net: BayesNet) {
      (self.variable, self.scope) = (variable, scope)
      cells = scope.reduce(1) { $0 * Double(net.variables[$1].cardinality) }
    }

    static func isSmaller(_ one: Table, _ other: Table) -> Bool { one.cells < other.cells }
  }
}

private func product(scopeOf factors: [Factor]) -> [Int: Int] {
  var cardinalities: [Int: Int] = [:]
  for factor in factors {
    for (variable, cardinality) in zip(factor.scope, factor.cardinalities) {
      cardinalities[variable] = cardinality
    }
  }
  return cardinalities
}

private func product(_ factors: [Factor], summingOut variable: Int?) -> Factor {
  let cardinalities = product(scopeOf: factors)
  let kept = cardinalities.keys.filter { $0 != variable }.sorted()
  let all = kept + (variable.map { [$0] } ?? [])
  var assignment = [Int](repeating: 0, count: (all.max() ?? -1) + 1)
  var values: [WideNumber] = []
  var sum = WideNumber.zero
  let inner = variable.map { cardinalities[$0] ?? 1 } ?? 1
  var seen = 0
  forEachAssignment(all.map { cardinalities[$0] ?? 1 }) { numbers in
    for (number, value) in zip(all, numbers) { assignment[number] = value }
    sum = sum + factors.reduce(.one) { $0 * $1.value(at: assignment) }
    seen += 1
    guard seen == inner else { return }
    values.append(sum)
    (sum, seen) = (.zero, 0)
  }
  return Factor(scope: kept, cardinalities: kept.map { cardinalities[$0] ?? 1 }, values: values)
}

/// Visits all joint assignments, the last variable fastest; one empty assignment for no variables.
func forEachAssignment(_ cardinalities: [Int], _ visit: ([Int]) -> Void) {
  var assignment = [Int](repeating: 0, count: cardinalities.count)
  while true {
    visit(assignment)
    var place = cardinalities.count - 1
    while place >= 0, assignment[place] == cardinalities[place] - 1 {
      assignment[place] = 0
      place -= 1
    }
    guard place >= 0 else { return }
    assignment[place] += 1
  }
}
