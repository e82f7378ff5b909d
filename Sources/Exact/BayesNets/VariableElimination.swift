import Models

/// A table over some of the variables, the last one fastest.
struct Factor {
  let scope: [Int]
  let cardinalities: [Int]
  let values: [Double]

  /// The value at a joint assignment of all variables.
  func value(at assignment: [Int]) -> Double {
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
      var values: [Double] = []
      forEachAssignment(cardinalities) { assignment in
        let agrees = zip(scope, assignment).allSatisfy { evidence[$0] == nil || evidence[$0] == $1 }
        var row = 0
        for (parent, value) in zip(variable.parents, assignment) {
          row = row * variables[parent].cardinality + value
        }
        values.append(agrees ? variable.table[row][assignment[assignment.count - 1]] : 0)
      }
      return Factor(scope: scope, cardinalities: cardinalities, values: values)
    }
  }
}

/// Σ over all variables but one of the product of the factors, one variable at a time.
///
/// ```
/// Σ_x Π_f f = Σ_{other} Π_{f without x} f · (Σ_x Π_{f with x} f)
/// ```
/// Next comes the variable whose product has the smallest table. Reference: Zhang and Poole 1994.
func eliminated(_ factors: [Factor], keeping query: Int?) -> Factor {
  var factors = factors
  var open = Set(factors.flatMap(\.scope))
  if let query { open.remove(query) }
  while let next = open.sorted().min(by: { tableSize($0, factors) < tableSize($1, factors) }) {
    open.remove(next)
    let touched = factors.filter { $0.scope.contains(next) }
    factors.removeAll { $0.scope.contains(next) }
    factors.append(product(touched, summingOut: next))
  }
  return product(factors, summingOut: nil)
}

private func tableSize(_ variable: Int, _ factors: [Factor]) -> Int {
  product(scopeOf: factors.filter { $0.scope.contains(variable) }).reduce(1) { $0 * $1.value }
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
  var values: [Double] = []
  var sum = 0.0
  let inner = variable.map { cardinalities[$0] ?? 1 } ?? 1
  var seen = 0
  forEachAssignment(all.map { cardinalities[$0] ?? 1 }) { numbers in
    for (number, value) in zip(all, numbers) { assignment[number] = value }
    sum += factors.reduce(1) { $0 * $1.value(at: assignment) }
    seen += 1
    guard seen == inner else { return }
    values.append(sum)
    (sum, seen) = (0, 0)
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
