import Approximate
import LessonKit
import Models
import Probability

/// An estimator of ∇ELBO that is known to be wrong, with what is wrong in words.
struct KnownMistake: Sendable {
  let mistake: EstimatorMistake
  let summary: String

  var name: String { mistake.name }

  /// The mistakes of a course that can be made on any model, and two that no exercise of it has.
  static func all(of course: Course) -> [KnownMistake] {
    let summaries = course.lessonOfEstimators?.inquiries.flatMap(\.mistakes) ?? []
    let taught = course.estimatorMistakes.map { mistake in
      KnownMistake(
        mistake: mistake,
        summary: summaries.first { $0.name == mistake.name }?.summary ?? "is wrong")
    }
    return taught + [countsTheDivergenceTwice, leavesTheScoreOut]
  }

  private static let constants: Set<EstimatorName> = [
    .scoreFunction, .constantBaseline, .optimalConstantBaseline,
  ]

  /// log p(x, z) − log q(z) − (log q(z) − log p(z)) is the signal.
  private static let countsTheDivergenceTwice = KnownMistake(
    mistake: EstimatorMistake("counts-the-divergence-twice", inPlaceOf: constants) { setting in
      let prior = BernoulliFactors(setting.prior)
      return EstimatorProgram { mean, samples, choices in
        let twice = ExpectedValue(
          under: mean.law,
          of: { mean.signal($0) + prior.logProbability($0) - mean.law.logProbability($0) })
        return try twice.gradient(
          by: ScoreFunction(PerComponent(setting.constants)), samples: samples, &choices)
      }
    },
    summary: "takes KL(q‖p(z)) from the signal twice: once inside log p(x, z) − log q(z), once more"
  )

  /// f alone, the same in each component.
  private static let leavesTheScoreOut = KnownMistake(
    mistake: EstimatorMistake("leaves-the-score-out", inPlaceOf: constants) { setting in
      EstimatorProgram { mean, samples, choices in
        let average = try mean.average(of: samples, &choices)
        return setting.constants.map { average - $0 }
      }
    },
    summary: "averages the signal itself, without the score z_d − b_d that makes it a gradient")
}

/// Which of the estimators that are known a program behaves like.
struct Likeness: Sendable {
  /// Those of the library that have exactly its law.
  var estimators: [String] = []
  /// Mistakes with its law, or with its mean.
  var mistakes: [KnownMistake] = []
  /// Whether the mistakes have all of its law.
  var isOfWholeLaw = true

  /// What is said of it.
  var sentences: [String] {
    if !estimators.isEmpty {
      return ["It has exactly the law of the library's \(Self.list(estimators))."]
    }
    guard let first = mistakes.first else { return [] }
    let name = Self.list(mistakes.map(\.name))
    return [
      isOfWholeLaw
        ? "It has exactly the law of the mistake \(name): \(first.summary)."
        : "Its mean is exactly that of the mistake \(name): \(first.summary)."
    ]
  }

  private static func list(_ names: [String]) -> String {
    let others = names.dropFirst().joined(separator: ", ")
    return names[0] + (others.isEmpty ? "" : " (here the same as \(others))")
  }
}

extension GradientTask {
  /// The largest number of outcomes of S draws at which laws are compared.
  private static let largest = 4096

  /// Which estimator has a law: of the library, else of the mistakes, else one that has its mean.
  func likeness(_ law: WholeLaw, isSingle: Bool, among mistakes: [KnownMistake]) -> Likeness? {
    guard q.count * samples < Int.bitWidth, 1 << (q.count * samples) <= Self.largest else {
      return nil
    }
    let bound = ExpectedValue.elbo(of: table, under: q)
    let constant = q.probabilities.map { _ in constantBaseline }
    let best = try? PerComponent.optimal(for: bound).baselines.map { $0 ?? 0 }
    func constants(_ name: EstimatorName) -> [Double] {
      switch name {
      case .optimalConstantBaseline: best ?? constant
      case .scoreFunction: constant.map { _ in 0 }
      default: constant
      }
    }
    func wholeLaw(_ program: EstimatorProgram) -> WholeLaw? {
      var known = WholeLaw()
      do {
        try forEachOutcome(of: { try program(bound, samples, &$0) }) { known.add($0, $1) }
      } catch { return nil }
      return known.mean.allSatisfy(\.isFinite) ? known : nil
    }
    var found = Likeness()
    for name in EstimatorName.allCases where name.fewestSamples <= samples {
      let program = EstimatorList(constants: constants(name)).program(name)
      if let known = wholeLaw(program), law.difference(from: known, isSingle: isSingle) == nil {
        found.estimators.append(name.words)
      }
    }
    guard found.estimators.isEmpty else { return found }
    var withItsMean: [KnownMistake] = []
    for known in mistakes {
      let places = EstimatorName.allCases.filter {
        known.mistake.replaced.contains($0) && $0.fewestSamples <= samples
      }
      let laws = places.compactMap { name in
        wholeLaw(
          known.mistake.program(.init(model: table, prior: prior, constants: constants(name))))
      }
      if laws.contains(where: { law.difference(from: $0, isSingle: isSingle) == nil }) {
        found.mistakes.append(known)
      } else if laws.contains(where: { law.hasMean(of: $0, isSingle: isSingle) }) {
        withItsMean.append(known)
      }
    }
    guard found.mistakes.isEmpty else { return found }
    // Every right estimator has the mean of every other one: only what is wrong is looked for.
    guard let target, !isTarget(law.mean, target) else { return found }
    return Likeness(mistakes: withItsMean, isOfWholeLaw: false)
  }

  private func isTarget(_ mean: [Double], _ target: [Double]) -> Bool {
    zip(mean, target).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) }
  }
}
