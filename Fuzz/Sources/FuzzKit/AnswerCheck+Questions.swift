import Interchange
import JSONText

/// What must hold of the answers to questions, without knowing the right ones.
extension AnswerCheck {
  /// The models whose hidden states can be counted: probabilities, not densities, and entropies from zero on.
  private static let countable: Set = [
    "hmm", "pcfg", "spanning-tree", "mixture", "latent-factor", "sigmoid-belief-network",
  ]

  private var asked: [OracleQuestion] {
    (spec["ask"]?.elements ?? []).compactMap { $0.word.flatMap(OracleQuestion.init) }
  }

  private var isCountable: Bool {
    spec["model"]?.word.map(AnswerCheck.countable.contains) ?? false
  }

  mutating func questions() {
    for question in asked {
      guard let found = answer[question.rawValue] else {
        require(false, "no answer to \(question.rawValue)")
        continue
      }
      switch question {
      case .explanation: each(found, "explanation") { $0.explanation($1, at: $2) }
      case .entropy:
        each(found, "entropy") { check, entropy, _ in
          check.require(
            !check.isCountable || entropy.double.map { $0 >= 0 } ?? false,
            "entropy \(entropy.text())")
        }
      case .samples:
        each(found, "samples") { check, draws, _ in
          check.require(
            draws.elements.count == Int(check.spec["samples"]?.double ?? 1),
            "\(draws.elements.count) samples")
        }
      case .filtered: each(found, "filtered") { $0.beliefs($1, at: $2) }
      case .counts, .marginals, .gradient: break
      }
    }
    if spec["model"] == "pcfg" { derivations() }
    if spec["model"] == "spanning-tree", let gradient = answer["gradient"] {
      require(gradient["scores"] == answer["edgeMarginals"], "a gradient that is not the marginals")
    }
  }

  /// One entry an observation, null where the evidence is zero and nowhere else; of a field, one alone.
  private mutating func each(
    _ found: JSON, _ key: String, _ law: (inout AnswerCheck, JSON, Int) -> Void
  ) {
    guard spec["observations"] != nil, let evidence = answer["logEvidence"]?.elements else {
      if found != .null { law(&self, found, 0) }
      return
    }
    require(found.elements.count == evidence.count, "\(key) has \(found.elements.count) entries")
    for (index, (part, logEvidence)) in zip(found.elements, evidence).enumerated() {
      require(
        (part == .null) == (logEvidence.double == -.infinity),
        "\(key)[\(index)] is \(part.text().prefix(40)) at a log evidence of \(logEvidence.text())")
      if part != .null { law(&self, part, index) }
    }
  }

  private mutating func explanation(_ part: JSON, at index: Int) {
    let logProbability = part["logProbability"]?.double ?? .nan
    let most = answer["logEvidence"]?.elements[index].double ?? 0
    require(
      !isCountable || logProbability <= most + 1e-9 * max(1, abs(most)),
      "explanation[\(index)]: log probability \(logProbability) of \(most)")
  }

  /// Beliefs about states that can be counted are distributions; the last one is what all steps say of its state.
  private mutating func beliefs(_ part: JSON, at index: Int) {
    guard spec["model"] != "linear-dynamical-system" else { return }
    let (filtered, predicted) = (
      part["filtered"]?["stateMarginals"] ?? part["filtered"],
      part["predicted"]?["stateMarginals"] ?? part["predicted"]
    )
    for (key, beliefs) in [("filtered", filtered), ("predicted", predicted)] {
      for row in beliefs?.rows ?? [] {
        distribution(row, count: row.elements.count, "\(key)[\(index)]")
      }
    }
    let isCut = spec["model"] == "hidden-semi-markov" && spec["censored"] != .bool(true)
    let smoothed = answer["stateMarginals"]?.elements.dropFirst(index).first
    guard !isCut, let smoothed, spec["model"] != "factorial-hmm" else { return }
    for (one, other) in zip(
      filtered?.rows.last?.allNumbers ?? [], smoothed.rows.last?.allNumbers ?? [])
    {
      close(one, other, "the last belief of \(index)")
    }
  }

  /// Every derivation spells its sentence; constituents are probable as far as they can be; slopes times
  /// probabilities are counts.
  private mutating func derivations() {
    let rules = spec["rules"]?.elements ?? []
    for (index, sentence) in observations.enumerated() {
      let own =
        (answer["explanation"]?.elements.dropFirst(index).prefix(1) ?? [])
        + (answer["samples"]?.elements.dropFirst(index).first?.elements ?? [])
      for derivation in own where derivation != .null {
        let words = (derivation["rules"]?.allNumbers ?? []).compactMap { number -> JSON? in
          let rule = rules[Int(number)]
          let isWord = rule["right"]?.elements.count == 1 && rule["unary"] != .bool(true)
          return isWord ? rule["right"]?.elements.first : nil
        }
        require(words == sentence.elements, "a derivation of \(JSON.array(words).text())")
      }
      for span in answer["marginals"]?.elements.dropFirst(index).first?.elements ?? [] {
        let (probability, count) = (
          span["probability"]?.double ?? .nan, span["expectedCount"]?.double ?? .nan
        )
        require(0...1 ~= probability, "a constituent with probability \(probability)")
        require(count >= probability * (1 - 1e-9), "\(count) constituents of \(probability)")
      }
    }
    guard let slopes = answer["gradient"]?["rules"]?.allNumbers else { return }
    for (rule, (slope, count)) in zip(
      rules, zip(slopes, answer["expectedCounts"]?.allNumbers ?? []))
    { close(slope * (rule["probability"]?.double ?? .nan), count, "slope times probability") }
  }
}

extension JSON {
  /// The innermost lists, those of numbers.
  fileprivate var rows: [JSON] {
    elements.contains { $0.double != nil } ? [self] : elements.flatMap(\.rows)
  }
}
