import GSL
import JSONText
import Probability

/// The rule for each noise of a program, by its place among the choices of a run.
struct NoisePlan {
  private(set) var pairs: [Int: NoiseRulePair] = [:]
  /// The worst agreement of two sizes.
  private(set) var distance = 0.0

  mutating func add(_ pair: NoiseRulePair, at place: Int, distance: Double) {
    pairs[place] = pair
    self.distance = max(self.distance, distance)
  }

  /// The rules, of the smaller or the larger size.
  func rules(large: Bool) -> [Int: NoiseRule] {
    pairs.mapValues { large ? $0.large : $0.small }
  }

  /// How many nodes all noises have together.
  func size(large: Bool) -> Double {
    rules(large: large).values.reduce(1) { $0 * Double($1.count) }
  }

  /// "5 and 7 nodes, Gauss–Hermite".
  var words: String {
    let all = Set(
      pairs.values.map { "\($0.small.count) and \($0.large.count) nodes (\($0.small.name))" })
    return all.sorted().joined(separator: ", ")
  }
}

extension Interview {
  /// Finds a rule for every noise of a run that has none yet: each is varied alone, the others held
  /// at random values, under rules of two sizes until two agree.
  ///
  /// Agreement is evidence and no bound. What jumps or has a kink never agrees.
  mutating func plan(_ run: ProgramRun, path: [Double], into plan: inout NoisePlan) throws(Fault) {
    for (place, question) in run.questions.enumerated()
    where !question.isDiscrete && plan.pairs[place] == nil {
      let held = try [heldValues(run, path, stream: 1), heldValues(run, path, stream: 2)]
      let pairs: [NoiseRulePair]
      do { pairs = try NoiseRulePair.candidates(for: question) } catch {
        throw Fault(.tooMany, "\(error)")
      }
      var best: (pair: NoiseRulePair, distance: Double)?
      for pair in pairs {
        var distance = 0.0
        for values in held where distance <= Self.enough {
          let small = try sums(pair.small, at: place, of: question, among: values)
          let large = try sums(pair.large, at: place, of: question, among: values)
          distance = max(distance, small.distance(to: large))
        }
        if distance < best?.distance ?? Self.enough { best = (pair, distance) }
        if distance <= 1e-12 { break }
      }
      guard let best else { throw Self.noRule(place, path) }
      plan.add(best.pair, at: place, distance: best.distance)
    }
  }

  /// The largest distance that counts as agreement.
  private static var enough: Double { 1e-8 }

  private static func noRule(_ place: Int, _ path: [Double]) -> Fault {
    Fault(
      .tooMany,
      "no quadrature agrees with itself on choice \(place + 1) of the run: the result jumps or has a "
        + "kink there. Write u < p for a coin, so that it is a flip; or judge samples of it "
        + "(--samples)", after: path)
  }

  /// Values for all choices of a run: noises at random, and what is discrete as it was.
  private mutating func heldValues(
    _ run: ProgramRun, _ path: [Double], stream: UInt64
  ) throws(Fault) -> [Double] {
    var values = path
    do {
      var generator = try Generator(seed: 2026, stream: stream)
      for (place, question) in run.questions.enumerated() {
        switch question {
        case .flip, .choose: continue
        case .normal: values[place] = generator.standardNormal()
        case .uniform(let low, let high): values[place] = low + (high - low) * generator.uniform()
        }
      }
    } catch { throw Fault(.tooMany, "\(error)") }
    // Other values may lead to other choices: what is no longer asked for is left out.
    let questions = try runs([values])[0].questions
    let same = zip(questions, run.questions).prefix { $0.isLike($1) }.count
    return Array(values.prefix(same))
  }

  private mutating func sums(
    _ rule: NoiseRule, at place: Int, of question: Question, among values: [Double]
  ) throws(Fault) -> ResultSums {
    var sums = ResultSums()
    guard place < values.count else { return sums }
    let trails = rule.nodes.map { node in
      var trail = values
      trail[place] = question.value(at: node)
      return trail
    }
    for (run, weight) in zip(try runs(trails), rule.weights) {
      sums.add(run.result, weight: weight)
    }
    return sums
  }
}
