import GSL
import JSONText

/// E r and E r² of the numbers of a program's results under weights: what two rules must agree on.
struct ResultSums {
  private var means: [CompensatedSum] = []
  private var squares: [CompensatedSum] = []
  private var sizes: [Double] = []
  private(set) var isFinite = true

  mutating func add(_ result: JSON, weight: Double) {
    let numbers = Self.numbers(result)
    if means.isEmpty {
      means = numbers.map { _ in CompensatedSum() }
      squares = means
      sizes = numbers.map { _ in 0 }
    }
    guard numbers.count == means.count, numbers.allSatisfy(\.isFinite) else {
      isFinite = false
      return
    }
    for (index, number) in numbers.enumerated() {
      means[index].add(weight * number)
      squares[index].add(weight * number * number)
      sizes[index] += weight * abs(number)
    }
  }

  /// How far two of them are apart, as a share of the size of the numbers.
  func distance(to other: ResultSums) -> Double {
    guard isFinite, other.isFinite, means.count == other.means.count else { return .infinity }
    var largest = 0.0
    for index in means.indices {
      let size = max(sizes[index], other.sizes[index])
      guard size > 0 else { continue }
      let square = max(squares[index].value, other.squares[index].value)
      largest = max(
        largest, abs(means[index].value - other.means[index].value) / size,
        abs(squares[index].value - other.squares[index].value) / square)
    }
    return largest
  }

  private static func numbers(_ result: JSON) -> [Double] {
    switch result {
    case .number(let number): [number]
    case .array(let list): list.flatMap(numbers)
    default: [.nan]
    }
  }
}
