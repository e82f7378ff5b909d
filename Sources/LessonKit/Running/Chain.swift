import Verification

/// Steps that follow one from the other: what one ends with the next begins with.
public struct Chain: Sendable {
  /// A step: "= log E_q[p(x, z)/q(z)]", its number, and why.
  public struct Link: Sendable {
    /// What is supposed for this step alone; mostly empty.
    public let condition: String
    /// The relation to what stands above; nil where the formula is no relation between two sides.
    public let sign: String?
    /// What stands on its right.
    public let text: String
    /// What a symbol in it is; mostly empty.
    public let definition: String
    /// The number of that on the example; empty where there is none.
    public let number: String
    /// The step.
    public let check: CheckRun
  }

  /// What the chain begins with.
  public let start: String
  /// Its number on the example.
  public let startNumber: String
  /// The steps.
  public let links: [Link]

  /// Whether the first line can hold both its sides: they have the same number.
  public var beginsWithEquality: Bool {
    links.first.map { $0.sign == "=" && $0.number == startNumber } ?? false
  }
}

extension InquiryRun {
  /// The steps as chains, in the order in which they are read.
  public var chains: [Chain] {
    var chains: [Chain] = []
    var end: String?
    for check in checks(as: .step) {
      let sides = check.report.example.map { ExampleSides($0, check.report.exampleHolds) }
      let relation = check.report.example?.relation.rawValue
      let statement = relation.flatMap { Statement(check.check.formula, relation: $0) }
      let link = Chain.Link(
        condition: statement?.condition ?? "", sign: statement?.sign,
        text: statement?.right ?? check.check.formula,
        definition: statement?.definition ?? "", number: sides?.right ?? "", check: check)
      if let last = chains.last, let statement, statement.left == end {
        chains[chains.count - 1] = Chain(
          start: last.start, startNumber: last.startNumber, links: last.links + [link])
      } else {
        chains.append(
          Chain(start: statement?.left ?? "", startNumber: sides?.left ?? "", links: [link]))
      }
      end = statement?.right
    }
    return chains
  }
}
