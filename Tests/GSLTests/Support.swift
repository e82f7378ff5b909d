import GSL
import Testing

/// An error of a closure, to be found again on the other side of C.
struct Interrupted: Error, Equatable {
  let place: Int
}

extension Estimated {
  /// Whether the estimate of the error covers the distance to a number printed to `digits`
  /// significant digits, one unit in the last place of both added.
  func covers(_ expected: Double, digits: Int = 17) -> Bool {
    let printed = digits >= 17 ? 0 : 0.5 * expected.magnitude * pow(10, Double(1 - digits))
    return (value - expected).magnitude <= error + expected.ulp + printed
  }
}

/// The description of the error of the room that `body` throws.
func refusal(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no refusal"
  } catch let error as GSLError {
    return error.description
  } catch {
    return "another error: \(error)"
  }
}

/// Random entries, standard normal.
func randomEntries(_ count: Int, _ generator: inout Generator) -> [Double] {
  (0..<count).map { _ in generator.standardNormal() }
}

/// The largest sum of magnitudes in a row.
func rowNorm(_ entries: [Double], columns: Int) -> Double {
  stride(from: 0, to: entries.count, by: columns).reduce(0) { largest, start in
    max(largest, entries[start..<(start + columns)].reduce(0) { $0 + $1.magnitude })
  }
}

func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } : .infinity
}

func identity(_ n: Int) -> [Double] {
  (0..<(n * n)).map { $0 % (n + 1) == 0 ? 1 : 0 }
}
