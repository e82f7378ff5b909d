import Exact
import GSL
import JSONText
import Probability
import Testing

@testable import Interchange

@Suite("Approximations: importance") struct ImportanceTests {
  // Catches: a law of K draws that is not that of K independent draws, in any of its numbers.
  @Test("Every number agrees with sums over counts of states instead of draws", arguments: 1...30)
  func laws(seed: UInt64) throws {
    var choices = try Sampler(seed: seed)
    let states = try choices.integer(1...5)
    let joint = try choices.reals(states, from: 0.001, to: 0.4)
    let logits = try choices.reals(states, from: -3, to: 3)
    let answer = try answer(joint, logits)
    let q = CountedDraws.softmax(logits)
    for samples in 1...3 {
      let counted = CountedDraws(joint: joint, q: q, samples: samples)
      let got = try #require(answer["samples"]?["K\(samples)"])
      #expect(differences(counted.json, got, tolerance: 1e-11) == [])
    }
  }

  // Catches: sets of draws that are counted more or less often than they have orders.
  @Test("Sets of draws have the probabilities of all their orders", arguments: 1...3)
  func sets(samples: Int) throws {
    let law = [0.5, 0.2, 0, 0.3]
    let sets = UnorderedDraws(probabilities: law, samples: samples)
    #expect(sets.count == [4, 10, 20][samples - 1])
    // E of 1, of the number of times that state 1 is drawn, and of whether the largest is 3.
    let means = try sets.means { draws in
      [1, Double(draws.count { $0 == 1 }), draws.contains(3) ? 1 : 0]
    }
    let never = (0..<samples).reduce(1.0) { product, _ in product * 0.7 }
    for (got, want) in zip(means, [1, 0.2 * Double(samples), 1 - never]) {
      #expect(abs(got - want) < 1e-15)
    }
    let spread = try sets.variances(around: means) { draws in
      [1, Double(draws.count { $0 == 1 }), draws.contains(3) ? 1 : 0]
    }
    for (got, want) in zip(spread, [0, 0.16 * Double(samples), never * (1 - never)]) {
      #expect(abs(got - want) < 1e-15)
    }
  }

  // Catches: a gradient that is not that of the bound.
  @Test("The estimator's mean is the slope of the bound", arguments: 1...10)
  func slopes(seed: UInt64) throws {
    var choices = try Sampler(seed: seed, stream: 1)
    let states = try choices.integer(2...4)
    let joint = try choices.reals(states, from: 0.01, to: 0.4)
    let logits = try choices.reals(states, from: -1, to: 1)
    for samples in 1...3 {
      func bound(_ logits: [Double]) -> Double {
        CountedDraws(joint: joint, q: CountedDraws.softmax(logits), samples: samples).bound
      }
      let slopes = logits.indices.map { d -> Double in
        func at(_ step: Double) -> Double {
          var moved = logits
          moved[d] += step
          return bound(moved)
        }
        let h = 1e-2
        return (at(-2 * h) - 8 * at(-h) + 8 * at(h) - at(2 * h)) / (12 * h)
      }
      let got = try answer(joint, logits)["samples"]?["K\(samples)"]?["gradient"]?["mean"]
      #expect(differences(.numbers(slopes), got, tolerance: 1e-7) == [])
    }
  }

  // Catches: a logarithm of zero, a weight that leaves the doubles, a state that is never drawn.
  @Test("One state, tiny joints and logits far apart")
  func edges() throws {
    let one = try answer([0.3], [7])
    #expect(one["posterior"] == [1])
    for samples in ["K1", "K2", "K3"] {
      let law = try #require(one["samples"]?[samples])
      #expect(differences(.number(log(0.3)), law["bound"], tolerance: 1e-15) == [])
      #expect(law["selfNormalised"] == [1])
      #expect(differences(0, law["varianceOfEvidence"], tolerance: 1e-30) == [])
      #expect(differences(["mean": [0], "variances": [0]], law["gradient"], tolerance: 0) == [])
    }
    let tiny = try answer([1e-300, 2e-300], [0, 0])
    #expect(
      differences(.number(log(3e-300)), tiny["logEvidence"], tolerance: 1e-13) == [])
    #expect(tiny["samples"]?["K2"]?["varianceOfEvidence"] == 0)
    // q(1) is e^−800: never drawn, and all of the variance.
    let far = try answer([0.5, 0.25], [0, -800])
    #expect(differences(.number(log(0.5)), far["elbo"], tolerance: 1e-13) == [])
    #expect(far["samples"]?["K1"]?["varianceOfEvidence"] == "inf")
    let near = try answer([0.5, 1e-150], [0, -800])
    let variance = exp(800 - 300 * log(10.0))
    guard case .number(let got)? = near["samples"]?["K1"]?["varianceOfEvidence"] else {
      Issue.record("no variance")
      return
    }
    #expect(abs(got / variance - 1) < 1e-10)
    let steep = try answer([0.5, 0.25], [0, -700])
    #expect(steep["samples"]?["K3"]?["varianceOfEvidence"] != "inf")
    #expect(!steep.text().contains("null"))
  }

  @Test(
    "What is no spec is refused with its place",
    arguments: [
      (
        #""joint": [], "logits": []"#,
        "joint: expected at least one number, found an empty array"
      ),
      (#""joint": [0.1, 0], "logits": [0, 0]"#, "joint[1]: expected a number above 0, found 0"),
      (#""joint": [0.1, -1], "logits": [0, 0]"#, "joint[1]: expected a number above 0, found -1"),
      (#""joint": 1, "logits": [0]"#, "joint: expected an array of values, found 1"),
      (#""joint": [0.1], "logits": [0, 1]"#, "logits: expected 1 number, found 2"),
      (#""joint": [0.1], "logits": ["0"]"#, #"logits[0]: expected a finite number, found "0""#),
      (#""joint": [0.1], "logits": null"#, "logits: expected an array of 1 numbers, found null"),
      (#""joint": [0.1]"#, #"top level: missing key "logits""#),
      (#""logits": [0.1]"#, #"top level: missing key "joint""#),
      (
        #""joint": [0.1], "logits": [0], "logit": 1"#,
        #"top level: unknown key "logit" (did you mean "logits"?); allowed: approximation, joint, "#
          + "logits"
      ),
    ])
  func refused(keys: String, words: String) throws {
    #expect(
      try approximationRefusal(#"{"approximation": "importance", \#(keys)}"#) == words)
  }

  @Test("Too many outcomes are counted before the work")
  func tooMany() throws {
    let list = "[" + [String](repeating: "0.001", count: 1000).joined(separator: ", ") + "]"
    #expect(
      try approximationRefusal(
        #"{"approximation": "importance", "joint": \#(list), "logits": \#(list)}"#)
        == "joint: 3 draws of 1000 states, 1000 numbers each: 167167000000 outcomes to visit, the "
        + "limit is 100000000 (--max-outcomes)")
  }

  private func answer(_ joint: [Double], _ logits: [Double]) throws -> JSON {
    let spec: JSON = .object([
      ("approximation", "importance"), ("joint", .numbers(joint)), ("logits", .numbers(logits)),
    ])
    return try approximation(JSONPlace(spec)).json
  }
}

/// The law of K draws by how often each state is among them: plain arithmetic, no logarithms of
/// sums, no order of draws.
struct CountedDraws {
  var bound = 0.0
  var size = 0.0
  var variance = 0.0
  var shares: [Double]
  var means: [Double]
  var variances: [Double]

  static func softmax(_ logits: [Double]) -> [Double] {
    let weights = logits.map { exp($0) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  init(joint: [Double], q: [Double], samples: Int) {
    let states = joint.indices
    shares = joint.map { _ in 0 }
    (means, variances) = (shares, shares)
    let evidence = joint.reduce(0, +)
    let w = zip(joint, q).map { $0 / $1 }
    var gradients: [(mass: Double, values: [Double])] = []
    for counts in CountedDraws.counts(samples, states.count) {
      var mass = (1...samples).reduce(1.0) { $0 * Double($1) }
      for s in states where counts[s] > 0 {
        mass *= pow(q[s], Double(counts[s])) / (1...counts[s]).reduce(1.0) { $0 * Double($1) }
      }
      let sum = states.reduce(0.0) { $0 + Double(counts[$1]) * w[$1] }
      let squares = states.reduce(0.0) { $0 + Double(counts[$1]) * w[$1] * w[$1] }
      let value = log(sum / Double(samples))
      bound += mass * value
      size += mass * sum * sum / squares
      variance += mass * pow(sum / Double(samples) - evidence, 2)
      for s in states { shares[s] += mass * Double(counts[s]) * w[s] / sum }
      gradients.append(
        (
          mass,
          states.map { d in
            value * (Double(counts[d]) - Double(samples) * q[d])
              - (Double(counts[d]) * w[d] / sum - q[d])
          }
        ))
    }
    for (mass, values) in gradients { for d in states { means[d] += mass * values[d] } }
    for (mass, values) in gradients {
      for d in states { variances[d] += mass * pow(values[d] - means[d], 2) }
    }
  }

  /// All ways to put K draws into so many states.
  static func counts(_ samples: Int, _ states: Int) -> [[Int]] {
    guard states > 1 else { return [[samples]] }
    return (0...samples).flatMap { first in
      counts(samples - first, states - 1).map { [first] + $0 }
    }
  }

  var json: JSON {
    [
      "bound": .number(bound), "effectiveSampleSize": .number(size),
      "varianceOfEvidence": .number(variance), "selfNormalised": .numbers(shares),
      "gradient": ["mean": .numbers(means), "variances": .numbers(variances)],
    ]
  }
}
