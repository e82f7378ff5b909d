// MARK: Numerators and denominators

extension FormulaParser {
  /// The row with those fractions stacked that are easier to read so.
  ///
  /// A solidus between blanks divides all that is multiplied in front of it by all that is
  /// multiplied behind it. A tight one takes what sticks to it, and is stacked if one side is a
  /// sum in parentheses. A derivative goes back to its ∂ or d.
  func stacked(_ items: [FormulaNode]) -> [FormulaNode] {
    var row = items
    var start = 0
    while let solidus = row[start...].firstIndex(of: .sign("/", .solidus)) {
      start = solidus + 1
      guard let span = FormulaDivision(row, solidus) else { continue }
      var above = Array(row[span.above])
      if span.isDerivative, above.first == .symbol("d") { above[0] = .operation("d") }
      let bar = Array(row[span.above.upperBound..<span.below.lowerBound]).text
      let whole = span.above.lowerBound..<span.below.upperBound
      let fraction = FormulaNode.fraction(above, bar: bar, Array(row[span.below]))
      row.replaceSubrange(whole, with: [fraction])
      start = span.above.lowerBound + 1
    }
    return row
  }
}

/// Which pieces of a row a solidus divides.
private struct FormulaDivision {
  let above: Range<Int>
  let below: Range<Int>
  let isDerivative: Bool

  /// Nothing if the fraction stays in the line.
  init?(_ row: [FormulaNode], _ solidus: Int) {
    var end = solidus
    while end > 0, row[end - 1].isBlank { end -= 1 }
    var first = solidus + 1
    while first < row.count, row[first].isBlank { first += 1 }
    guard end > 0, first < row.count else { return nil }
    let isTight = end == solidus && first == solidus + 1
    isDerivative = row[first].isDerivative

    var last = first
    var start = end
    if isDerivative {
      // ∂, then a blank, then functions, then what sticks together.
      last += 1
      while last < row.count, row[last].isSingleBlank || row[last].isFunction { last += 1 }
      while last < row.count, row[last].isFactor { last += 1 }
      var back = end
      while back > 0, row[back - 1].continuesProduct || isTight && row[back - 1].isSingleBlank {
        back -= 1
        if row[back].isDerivative || row[back] == .symbol("d") { break }
      }
      guard back < end, row[back].isDerivative || row[back] == .symbol("d") else { return nil }
      start = back
    } else if isTight {
      while last < row.count, row[last].isFactor { last += 1 }
      while start > 0, row[start - 1].isFactor, !row[start - 1].isFunction { start -= 1 }
      guard row[start..<end].isSum || row[first..<last].isSum else { return nil }
    } else {
      while last < row.count, row[last].continuesProduct { last += 1 }
      while start > 0, row[start - 1].continuesProduct { start -= 1 }
    }
    while last > first, row[last - 1].isBlank { last -= 1 }
    while start < end, row[start].isBlank { start += 1 }
    guard start < end, first < last else { return nil }
    (above, below) = (start..<end, first..<last)
  }
}

extension FormulaNode {
  fileprivate var isDerivative: Bool {
    if case .operation(let sign) = base { ["∂", "∇", "d"].contains(sign) } else { false }
  }

  fileprivate var isFunction: Bool { if case .function = base { true } else { false } }

  fileprivate var isSingleBlank: Bool { self == .blank(" ") }

  /// Whether it can stick to a solidus.
  fileprivate var isFactor: Bool {
    switch self {
    case .blank, .word, .sign: false
    default: true
    }
  }

  /// Whether a product goes on across it.
  fileprivate var continuesProduct: Bool {
    switch self {
    case .blank: isSingleBlank
    case .sign(let sign, let role): sign == "·" || sign == "#" || role == .postfix
    case .word: false
    default: true
    }
  }
}

extension ArraySlice<FormulaNode> {
  /// A single pair of parentheses with a sum or a product in it.
  fileprivate var isSum: Bool {
    guard count == 1, case .group("(", let content, _) = first else { return false }
    return content.contains(where: \.isBlank)
  }
}
