#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A way to write one function of an exercise, right or wrong, under a name.
struct Variant {
  let kind: String
  let part: String
  let name: String
  let function: Part

  /// A right way.
  static func right(_ part: String, _ name: String, _ function: @escaping Part) -> Variant {
    Variant(kind: "right", part: part, name: name, function: function)
  }

  /// A wrong way, with the name that the catalogue has for it.
  static func mistake(_ part: String, _ name: String, _ function: @escaping Part) -> Variant {
    Variant(kind: "mistake", part: part, name: name, function: function)
  }
}

/// Σ_i values_i.
func total(_ values: some Sequence<Double>) -> Double { values.reduce(0, +) }

/// Σ_i a_i b_i.
func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

/// log Σ_i exp a_i, without leaving the doubles.
func logSum(_ logs: [Double]) -> Double {
  let top = logs.max() ?? -.infinity
  return top == -.infinity ? top : top + log(total(logs.map { exp($0 - top) }))
}

/// What is proportional to exp a_i.
func softmax(_ logs: [Double]) -> [Double] {
  let whole = logSum(logs)
  return logs.map { whole == -.infinity ? 0 : exp($0 - whole) }
}

/// log of the probability of bits.
func logBits(_ z: [Int], _ probabilities: [Double]) -> Double {
  zip(z, probabilities).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
}

/// The place of bits in a table of all states.
func place(_ z: [Int]) -> Int { z.indices.reduce(0) { $0 + z[$1] << $1 } }

/// Bits, one flip for each.
func draw(_ probabilities: [Double], _ choices: inout Choices) throws -> [Int] {
  var z: [Int] = []
  for p in probabilities { z.append(try choices.flip(p)) }
  return z
}
