import Exact
import GSL
import JSONText
import Probability
import Testing

@testable import Interchange

@Suite("Approximations: Markov chains") struct MarkovChainTests {
  // Catches: strides, the order of a sweep, a kernel that moves another variable than it says.
  @Test("Gibbs: products and means of the matrices of single updates", arguments: 1...20)
  func gibbs(seed: UInt64) throws {
    var choices = try Sampler(seed: seed)
    var cardinalities: [Int] = []
    for _ in 0..<(try choices.integer(1...3)) { cardinalities.append(try choices.integer(1...3)) }
    let states = cardinalities.reduce(1, *)
    let table = try choices.reals(states, from: 0.01, to: 2)
    let total = table.reduce(0, +)
    let updates = cardinalities.indices.map { update($0, cardinalities, table) }
    let matrices = [
      "systematic": updates.dropFirst().reduce(updates[0], product),
      "random": (0..<states).map { i in
        (0..<states).map { j in updates.reduce(0) { $0 + $1[i][j] } / Double(updates.count) }
      },
    ]
    for (scan, matrix) in matrices {
      let start = try choices.choose(below: states)
      let answer = try answer([
        ("kernel", "gibbs"), ("cardinalities", .numbers(cardinalities.map(Double.init))),
        ("table", .numbers(table)), ("scan", .string(scan)), ("start", .integer(start)),
        ("steps", 4),
      ])
      check(answer, matrix, table.map { $0 / total }, start: start)
      guard case .number(let violation)? = answer["detailedBalanceViolation"] else { continue }
      #expect(scan == "systematic" || violation < 1e-16)
    }
  }

  // Catches: a ratio upside down, a proposal without a way back that is accepted.
  @Test("Metropolis: the formula of every entry", arguments: 1...20)
  func metropolis(seed: UInt64) throws {
    var choices = try Sampler(seed: seed, stream: 1)
    let states = try choices.integer(1...5)
    let target = try choices.reals(states, from: 0.01, to: 5)
    var proposal: [[Double]] = []
    for _ in 0..<states {
      var row = try choices.simplex(states)
      // Some moves are never proposed.
      for j in row.indices where states > 1 && row[j] < 0.15 { row[j] = 0 }
      let total = row.reduce(0, +)
      proposal.append(total > 0 ? row.map { $0 / total } : row.indices.map { $0 == 0 ? 1 : 0 })
    }
    let total = target.reduce(0, +)
    let pi = target.map { $0 / total }
    var (matrix, accepted) = (proposal, 0.0)
    for i in 0..<states {
      for j in 0..<states where j != i {
        matrix[i][j] = min(pi[i] * proposal[i][j], pi[j] * proposal[j][i]) / pi[i]
        accepted += pi[i] * matrix[i][j]
      }
      matrix[i][i] = 0
      matrix[i][i] = 1 - matrix[i].reduce(0, +)
      accepted += pi[i] * proposal[i][i]
    }
    let start = try choices.choose(below: states)
    let answer = try answer([
      ("kernel", "metropolis"), ("target", .numbers(target)), ("proposal", .matrix(proposal)),
      ("start", .integer(start)), ("steps", 4),
    ])
    check(answer, matrix, pi, start: start)
    #expect(differences(.number(accepted), answer["expectedAcceptance"], tolerance: 1e-13) == [])
  }

  @Test("Chains that never move, that swap, and that forget at once")
  func edges() throws {
    let still = try answer([
      ("kernel", "metropolis"), ("target", [1, 3]), ("proposal", [[1, 0], [0, 1]]), ("start", 1),
      ("steps", 2),
    ])
    #expect(still["secondEigenvalueModulus"] == 1)
    #expect(still["acceptance"] == [[1, 0], [0, 1]])
    #expect(still["totalVariation"] == [0.25, 0.25])
    let swap = try answer([
      ("kernel", "metropolis"), ("target", [1, 1]), ("proposal", [[0, 1], [1, 0]]), ("start", 0),
      ("steps", 3),
    ])
    #expect(differences(1, swap["secondEigenvalueModulus"], tolerance: 1e-14) == [])
    #expect(swap["totalVariation"] == [0.5, 0.5, 0.5])
    #expect(swap["acceptance"] == [[0, 1], [1, 0]])
    // The way there exists, the way back does not.
    let oneWay = try answer([
      ("kernel", "metropolis"), ("target", [1, 1]), ("proposal", [[0, 1], [0, 1]]), ("start", 0),
      ("steps", 0),
    ])
    #expect(oneWay["transition"] == [[1, 0], [0, 1]])
    #expect(oneWay["totalVariation"] == [])
    #expect(oneWay["acceptance"] == [[0, 0], [0, 1]])
    let one = try answer([
      ("kernel", "gibbs"), ("cardinalities", [1, 1]), ("table", [7]), ("scan", "random"),
      ("start", 0), ("steps", 2),
    ])
    #expect(one["secondEigenvalueModulus"] == nil as JSON)
    #expect(one["totalVariation"] == [0, 0])
    // Independent variables: a sweep forgets everything.
    let independent = try answer([
      ("kernel", "gibbs"), ("cardinalities", [2, 2]), ("table", [0.06, 0.14, 0.24, 0.56]),
      ("scan", "systematic"), ("start", 0), ("steps", 1),
    ])
    for key in ["secondEigenvalueModulus", "detailedBalanceViolation"] {
      #expect(differences(0, independent[key], tolerance: 1e-12) == [])
    }
    #expect(differences([0], independent["totalVariation"], tolerance: 1e-12) == [])
    // Targets at both ends of the doubles.
    let wide = try answer([
      ("kernel", "metropolis"), ("target", [1e-300, 1e300, 1e-20]),
      ("proposal", [[0.5, 0.5, 0], [1e-12, 0.5, 0.499999999999], [0, 1, 0]]), ("start", 0),
      ("steps", 3),
    ])
    #expect(differences([0, 1, 0], wide["stationary"], tolerance: 1e-12) == [])
    #expect(!wide.text().contains("null"))
    let tall = try answer([
      ("kernel", "gibbs"), ("cardinalities", [3]), ("table", [1e308, 1.5e308, 1.7e308]),
      ("scan", "systematic"), ("start", 2), ("steps", 1),
    ])
    #expect(
      differences(
        [.number(1 / 4.2), .number(1.5 / 4.2), .number(1.7 / 4.2)], tall["stationary"],
        tolerance: 1e-12)
        == [])
  }

  @Test(
    "What is no spec is refused with its place",
    arguments: [
      (#""kernel": "hmc""#, #"kernel: expected one of "gibbs", "metropolis", found "hmc""#),
      (gibbsText(table: "[1, 2, 3]"), "table: expected 4 values, found 3"),
      (gibbsText(table: "[1, 2, 3, 0]"), "table[3]: expected a number above 0, found 0"),
      (
        gibbsText(cardinalities: "[]"),
        "cardinalities: expected at least one variable, found an empty array"
      ),
      (
        gibbsText(cardinalities: "[2, 0]"),
        "cardinalities[1]: expected a whole number of at least 1, found 0"
      ),
      (
        gibbsText(cardinalities: "[2, 1.5]"),
        "cardinalities[1]: expected a whole number of at least 1, found 1.5"
      ),
      (
        gibbsText(cardinalities: "[1e9, 1e9, 1e9]"),
        "cardinalities: 1e+27 settings, too many for a table"
      ),
      (gibbsText(scan: "\"both\""), #"scan: expected one of "systematic", "random", found "both""#),
      (gibbsText(start: "4"), "start: expected a whole number between 0 and 3, found 4"),
      (gibbsText(start: "-1"), "start: expected a whole number between 0 and 3, found -1"),
      (gibbsText(steps: "-1"), "steps: expected a whole number that is not negative, found -1"),
      (gibbsText(steps: "2.5"), "steps: expected a whole number that is not negative, found 2.5"),
      (
        gibbsText() + #", "target": [1]"#,
        #"top level: unknown key "target"; allowed: approximation, kernel, start, steps, "#
          + "cardinalities, table, scan"
      ),
      (
        metropolisText(target: "[]", proposal: "[]"),
        "target: expected at least one number, found an empty array"
      ),
      (metropolisText(target: "[1, 0]"), "target[1]: expected a number above 0, found 0"),
      (metropolisText(proposal: "[[1, 0]]"), "proposal: expected 2 values, found 1"),
      (metropolisText(proposal: "[[1, 0], [1]]"), "proposal[1]: expected 2 numbers, found 1"),
      (
        metropolisText(proposal: "[[1, 0], [0.5, 0.4]]"),
        "proposal[1]: expected probabilities that sum to 1, found a sum of 0.9"
      ),
      (
        metropolisText(proposal: "[[1, 0], [2, -1]]"),
        "proposal[1][0]: expected a probability between 0 and 1, found 2"
      ),
      (
        #""kernel": "metropolis", "target": [1], "start": 0, "steps": 1"#,
        #"top level: missing key "proposal""#
      ),
    ])
  func refused(keys: String, words: String) throws {
    #expect(try approximationRefusal(#"{"approximation": "markov-chain", \#(keys)}"#) == words)
  }

  @Test("Too much work is counted before it begins")
  func tooMuch() throws {
    func refusal(_ keys: String, _ most: Double = 1e8) throws -> String {
      try approximationRefusal(
        #"{"approximation": "markov-chain", \#(keys)}"#, ExactRequest(maxOutcomes: most))
    }
    #expect(
      try refusal(gibbsText(steps: "1e9"))
        == "steps: 1000000000 steps of 4 by 4 moves: 16000000000 outcomes to visit, the limit is "
        + "100000000 (--max-outcomes)")
    #expect(
      try refusal(gibbsText(), 15)
        == "table: a step from each of 4 states: 16 outcomes to visit, the limit is 15 "
        + "(--max-outcomes)")
    // One of two and three settings, from each of six states.
    let six = gibbsText(cardinalities: "[2, 3]", table: "[1, 2, 3, 4, 5, 6]", steps: "0")
    #expect(
      try refusal(six, 29)
        == "table: a step from each of 6 states: 30 outcomes to visit, the limit is 29 "
        + "(--max-outcomes)")
    #expect(try refusal(six, 30) == "")
    let ones = "[" + [String](repeating: "1", count: 2000).joined(separator: ", ") + "]"
    #expect(
      try refusal(gibbsText(cardinalities: "[2000]", table: ones), 1).hasPrefix(
        "table: 2000 states: tables of 4000000 cells"))
  }

  private func answer(_ keys: [(String, JSON)]) throws -> JSON {
    let members = [(key: "approximation", value: JSON.string("markov-chain"))]
    return try approximation(
      JSONPlace(.object(members + keys.map { (key: $0.0, value: $0.1) }))
    ).json
  }

  // MARK: Dense arithmetic

  private func update(
    _ variable: Int, _ cardinalities: [Int], _ table: [Double]
  ) -> [[Double]] {
    let settings = table.indices.map { state in
      cardinalities.indices.map { v in
        state / cardinalities[(v + 1)...].reduce(1, *) % cardinalities[v]
      }
    }
    func others(_ state: Int) -> [Int] {
      settings[state].enumerated().filter { $0.offset != variable }.map(\.element)
    }
    return table.indices.map { i in
      let fitting = table.indices.filter { others($0) == others(i) }
      let mass = fitting.reduce(0) { $0 + table[$1] }
      return table.indices.map { fitting.contains($0) ? table[$0] / mass : 0 }
    }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } }
    }
  }

  private func check(_ answer: JSON, _ matrix: [[Double]], _ pi: [Double], start: Int) {
    #expect(differences(.matrix(matrix), answer["transition"], tolerance: 1e-13) == [])
    #expect(differences(.numbers(pi), answer["stationary"], tolerance: 1e-13) == [])
    let powers = (1..<4).reduce(into: [matrix]) { powers, _ in
      powers.append(product(powers[powers.count - 1], matrix))
    }
    let distances = powers.map { power in
      pi.indices.reduce(0) { $0 + max(0, power[start][$1] - pi[$1]) }
    }
    #expect(differences(.numbers(distances), answer["totalVariation"], tolerance: 1e-12) == [])
    let flows = pi.indices.flatMap { i in
      pi.indices.map { pi[i] * matrix[i][$0] - pi[$0] * matrix[$0][i] }
    }
    #expect(
      differences(
        .number(flows.max() ?? 0), answer["detailedBalanceViolation"], tolerance: 1e-13) == [])
    guard pi.count > 1 else { return }
    #expect(
      differences(
        .number(radius(matrix, pi)), answer["secondEigenvalueModulus"], tolerance: 1e-8) == [])
  }

  /// The largest modulus of T − 1πᵀ, from the growth of its powers: |A^n|^(1/n), n = 2^36.
  private func radius(_ matrix: [[Double]], _ pi: [Double]) -> Double {
    var power = matrix.map { row in zip(row, pi).map { $0 - $1 } }
    var logarithm = 0.0
    for square in 0...36 {
      let largest = power.reduce(0) { $1.reduce($0) { max($0, abs($1)) } }
      guard largest > 1e-14 || square > 0 else { return 0 }
      guard largest > 0 else { return 0 }
      power = power.map { $0.map { $0 / largest } }
      logarithm += log(largest) / exp2(Double(square))
      power = product(power, power)
    }
    return exp(logarithm)
  }
}

private func gibbsText(
  cardinalities: String = "[2, 2]", table: String = "[1, 2, 3, 4]",
  scan: String = "\"random\"", start: String = "0", steps: String = "1"
) -> String {
  """
  "kernel": "gibbs", "cardinalities": \(cardinalities), "table": \(table), "scan": \(scan),
  "start": \(start), "steps": \(steps)
  """
}

private func metropolisText(
  target: String = "[1, 2]", proposal: String = "[[0.5, 0.5], [0.5, 0.5]]"
) -> String {
  """
  "kernel": "metropolis", "target": \(target), "proposal": \(proposal), "start": 0, "steps": 1
  """
}
