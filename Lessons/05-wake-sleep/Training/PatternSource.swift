import GSL
import Models
import Probability

/// Patterns that a machine is to learn, and the machine that learns them.
struct PatternSource: Sendable {
  /// The name of the course.
  let id: String
  /// What is learned.
  let title: String
  /// All patterns with their probabilities.
  let data: BitPatterns
  /// The rows and columns in which a pattern is drawn.
  let (rows, columns): (Int, Int)
  /// Hidden units, the top first.
  let hidden: [Int]

  /// Four by four pixels, horizontal bars or vertical ones, each bar on with probability ½.
  ///
  /// After Hinton, Dayan, Frey and Neal 1995, whose picture is larger.
  static func bars() throws -> PatternSource {
    var weights: [[Bool]: Double] = [:]
    var order: [[Bool]] = []
    for upright in [false, true] {
      for setting in 0..<16 {
        let pattern = (0..<16).map { pixel in
          setting >> (upright ? pixel % 4 : pixel / 4) & 1 == 1
        }
        if weights[pattern] == nil { order.append(pattern) }
        weights[pattern, default: 0] += 1.0 / 32
      }
    }
    return PatternSource(
      id: "bars", title: "Bars",
      data: try BitPatterns(order, probabilities: order.map { weights[$0] ?? 0 }), rows: 4,
      columns: 4, hidden: [1, 8])
  }

  /// A row of four random bits above itself, moved by one place to the left or to the right.
  ///
  /// After Dayan, Hinton, Neal and Zemel 1995, whose rows have eight bits.
  static func shifter() throws -> PatternSource {
    var weights: [[Bool]: Double] = [:]
    var order: [[Bool]] = []
    for setting in 0..<16 {
      let row = (0..<4).map { setting >> $0 & 1 == 1 }
      for shift in [1, 3] {
        let pattern = row + (0..<4).map { row[($0 + shift) % 4] }
        if weights[pattern] == nil { order.append(pattern) }
        weights[pattern, default: 0] += 1.0 / 32
      }
    }
    return PatternSource(
      id: "shifter", title: "Shifted rows",
      data: try BitPatterns(order, probabilities: order.map { weights[$0] ?? 0 }), rows: 2,
      columns: 4, hidden: [2, 10])
  }

  /// The most that an untrained machine can be told: independent pixels, each as often on as in D.
  var independentDivergence: Double {
    let marginals = data.patterns[0].indices.map { i in
      zip(data.patterns, data.probabilities).reduce(0) { $0 + ($1.0[i] ? $1.1 : 0) }
    }
    let pixels = BernoulliFactors(marginals)
    return zip(data.patterns, data.probabilities).reduce(0) {
      $0 + $1.1 * (log($1.1) - pixels.logProbability($1.0.map { $0 ? 1 : 0 }))
    }
  }
}
