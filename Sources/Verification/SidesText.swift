import Probability

/// The two sides of a statement in numbers, and the sign that stands between them.
package struct SidesText {
  package let left: String
  package let sign: String
  package let right: String
  /// What an inequality or a difference says beside its sides.
  package let note: String

  /// The numbers of a finding, to as many digits as fit and tell the sides apart.
  package init(_ finding: Finding, holds: Bool, digits: Int = 6) {
    // What rounding cannot tell from zero is shown as zero, unless that is all there is to see.
    let allowed = finding.rounding * finding.scale
    let isAllNoise = (finding.left + finding.right).allSatisfy { abs($0) <= allowed }
    let noise = holds || !isAllNoise ? allowed : 0
    let values = (finding.left + finding.right).map { abs($0) <= noise ? 0 : $0 }
    let texts = SidesText.texts(values, finding, holds: holds, digits: digits)
    let count = finding.left.count
    left = SidesText.list(Array(texts.prefix(count)))
    var rightTexts = Array(texts.dropFirst(count))
    // Numbers a thousandth of the last digit apart are shown by the same digits: at 2.708475 rounding
    // error alone would decide between 2.70847 and 2.70848.
    for place in rightTexts.indices where holds && count == rightTexts.count {
      let (one, other) = (values[place], values[count + place])
      if abs(one - other) <= 1e-9 * abs(one) { rightTexts[place] = texts[place] }
    }
    right = SidesText.list(rightTexts)
    sign = finding.sign(holds: holds)
    note = SidesText.note(finding, holds: holds)
  }

  /// Refused sides that look the same get more digits.
  private static func texts(
    _ values: [Double], _ finding: Finding, holds: Bool, digits: Int
  ) -> [String] {
    let texts = Format.together(values, digits: digits)
    let count = finding.left.count
    guard finding.relation == .equal, !holds, count == finding.right.count, digits < 17,
      Array(texts.prefix(count)) == Array(texts.dropFirst(count))
    else { return texts }
    return self.texts(values, finding, holds: holds, digits: digits == 6 ? 12 : 17)
  }

  /// One number as it is; several in brackets, the middle ones left out where there are many.
  private static func list(_ texts: [String]) -> String {
    guard texts.count != 1 else { return texts[0] }
    guard texts.count > 8 else { return "(" + texts.joined(separator: ", ") + ")" }
    let shown = texts.prefix(4).joined(separator: ", ") + ", …, " + (texts.last ?? "")
    return "(\(shown); \(texts.count) numbers)"
  }

  private static func note(_ finding: Finding, holds: Bool) -> String {
    switch finding.relation {
    case .equal: return ""
    case .within: return "within " + Format.brief(finding.limit)
    case .tends:
      return "at steps " + Format.together(finding.steps, digits: 3).joined(separator: ", ")
        + ", order " + Format.short(finding.order, digits: 3)
    case .atLeast, .atMost, .different:
      guard let gap = finding.gap, gap.count == 1, let wanted = gap.first else { return "" }
      let allowed = finding.rounding * finding.scale
      let found = finding.difference.first ?? .nan
      let texts = Format.together([found, wanted].map { abs($0) <= allowed ? 0 : $0 }, digits: 6)
      let word = finding.relation == .different ? "difference" : "gap"
      return holds || texts[0] == texts[1]
        ? "\(word) \(texts[0])" : "\(word) \(texts[0]), should be \(texts[1])"
    }
  }
}

extension Finding {
  /// What the stated gap is compared with.
  package var difference: [Double] {
    zip(left, right).map { relation == .atMost ? $1 - $0 : $0 - $1 }
  }

  /// The sign between the sides; struck through where it is this that fails, and not the gap.
  fileprivate func sign(holds: Bool) -> String {
    let violation = violation()
    guard !holds, violation.worst > violation.allowed else { return relation.rawValue }
    switch relation {
    case .equal: return "≠"
    case .atLeast: return "≱"
    case .atMost: return "≰"
    case .within: return "≉"
    case .different: return "="
    case .tends: return "↛"
    }
  }
}
