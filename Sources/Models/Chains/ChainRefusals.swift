public import Probability

extension ChainPotentials {
  /// A chain of at least one place with at least one state.
  public init(nodes: [[Double]], edges: [[[Double]]]) throws(ModelError) {
    try Validate.notEmpty("nodes", nodes.count)
    try Validate.notEmpty("nodes[0]", nodes[0].count)
    try Validate.count("edges", edges.count, expected: nodes.count - 1)
    for (place, row) in nodes.enumerated() {
      try Validate.logPotentials("nodes[\(place)]", row, expected: nodes[0].count)
    }
    for (place, table) in edges.enumerated() {
      try Validate.count("edges[\(place)]", table.count, expected: nodes[0].count)
      for (state, row) in table.enumerated() {
        try Validate.logPotentials("edges[\(place)][\(state)]", row, expected: nodes[0].count)
      }
    }
    self.init(checkedNodes: nodes, edges: edges)
  }
}

extension Validate {
  /// Log potentials may be −∞, which forbids; they may be neither +∞ nor NaN.
  static func logPotentials(_ place: String, _ numbers: [Double], expected: Int) throws(ModelError)
  {
    try count(place, numbers.count, expected: expected)
    for (index, number) in numbers.enumerated() where number.isNaN || number == .infinity {
      throw ModelError("\(place)[\(index)]", "expected a number or −∞, found \(number)")
    }
  }
}
