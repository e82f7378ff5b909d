import JSONText

/// Doubles at which arithmetic changes its ways.
let extremes: [Double] = [
  0, -0.0, 1, -1, 2, 3, 0.5, 0.1 + 0.2, 1e-9, 1 - 1e-9, 1 + 1e-9, 1e-16, .leastNonzeroMagnitude,
  1e-308,
  .leastNormalMagnitude, 1e-300, 1e-160, 1e-154, 1e-150, 1e-100, 1e-20, 1e-8, 100, 300, -300, 700,
  -700, 709.78, 710, 745, -745, -746, 1e3, 1e4, -1e4, 1e5, 1e8, 1e15, -1e15, 0x1p53, 0x1p53 + 2,
  0x1p62, 0x1p63, 1e100, 1e150, 1e154, 1e160, -1e160, 1e300, -1e300, 1e308, -1e308,
  .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .ulpOfOne, Double(1).nextDown,
  Double(1).nextUp,
]

/// How the numbers of one spec look: of one order of magnitude, with an extreme here and there.
struct Style {
  let scale: Double
  /// Once in so many numbers stands an extreme one.
  let rarity: Int

  init(_ chance: inout Chance) {
    scale = chance.pick([1, 1, 1, 3, 10, 30, 300, 300, 1e4, 1e8, 1e15, 1e150, 1e300, 1e-5, 1e-200])
    rarity = chance.pick([4, 20, 20, 1000, 1000, 1000, 1000, 1000])
  }

  func number(_ chance: inout Chance) -> Double {
    if chance.oneIn(rarity) { return chance.pick(extremes) }
    let number = (2 * chance.unit() - 1) * scale
    return chance.oneIn(3) ? number.rounded() : number
  }

  func positive(_ chance: inout Chance) -> Double {
    let magnitude = number(&chance).magnitude
    return magnitude > 0 ? magnitude : 1
  }

  func numbers(_ count: Int, _ chance: inout Chance) -> JSON {
    .array((0..<count).map { _ in .number(number(&chance)) })
  }

  func matrix(_ rows: Int, _ columns: Int, _ chance: inout Chance) -> JSON {
    .array((0..<rows).map { _ in numbers(columns, &chance) })
  }

  func probability(_ chance: inout Chance) -> Double {
    switch chance.below(12) {
    case 0: 0
    case 1: 1
    case 2:
      chance.pick([1e-300, .leastNonzeroMagnitude, 1e-16, 1e-9, Double(1).nextDown, 1 - 1e-9, 0.5])
    default: chance.unit()
    }
  }

  /// A probability vector: even, uneven, with zeros, or all on one.
  func distribution(_ count: Int, _ chance: inout Chance) -> [Double] {
    let certain = chance.below(max(1, count))
    if chance.oneIn(8) { return (0..<count).map { $0 == certain ? 1 : 0 } }
    let sparsity = chance.pick([2, 4, 1000, 1000])
    let mass = (0..<count).map { index in
      index != certain && chance.oneIn(sparsity) ? 0 : probability(&chance) + 1e-3
    }
    return normalised(mass)
  }

  func conditionals(_ rows: Int, _ columns: Int, _ chance: inout Chance) -> JSON {
    .array((0..<rows).map { _ in .numbers(distribution(columns, &chance)) })
  }

  /// A covariance: of full rank, of rank one, diagonal, or zero where that is allowed.
  func covariance(_ size: Int, canBeSingular: Bool = false, _ chance: inout Chance) -> JSON {
    let kind = chance.below(canBeSingular ? 6 : 4)
    let factor = (0..<size).map { _ in (0..<size).map { _ in 2 * chance.unit() - 1 } }
    let unit = chance.oneIn(3) ? positive(&chance) : 1
    return .array(
      (0..<size).map { row in
        .numbers(
          (0..<size).map { column in
            let product = zip(factor[row], factor[column]).reduce(0) { $0 + $1.0 * $1.1 }
            let own = row == column
            return switch kind {
            case 0: own ? positive(&chance) : 0
            case 4: unit * factor[0][row] * factor[0][column]
            case 5: 0
            default: unit * (product + (own ? 0.1 : 0))
            }
          })
      })
  }
}

/// Scaled to a sum of one; even where there is nothing to scale.
func normalised(_ mass: [Double]) -> [Double] {
  let most = mass.map(\.magnitude).max() ?? 0
  guard most > 0, most.isFinite else { return mass.map { _ in 1 / Double(mass.count) } }
  let scaled = mass.map { $0.magnitude / most }
  let total = scaled.reduce(0, +)
  return scaled.map { $0 / total }
}
