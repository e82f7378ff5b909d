import Approximate
import Exact
import GSL
import Interchange
import Models
import Probability
import Verification

/// The exact moments of every estimator of a case.
struct MomentsReport {
  /// The estimators that a case asks for, in the order of its answer.
  static let estimators: [EstimatorName] = [
    .scoreFunction, .constantBaseline, .optimalConstantBaseline, .leaveOneOut,
  ]

  /// What was found for one kind of estimator with S samples.
  struct Row {
    let kind: EstimatorName
    let samples: Int
    /// Nil where they are undefined: where q stands on a state that the model excludes.
    let moments: ExactMoments?
    let judgement: EstimatorJudgement?
  }

  let logEvidence: Double
  let elbo: Double
  let gradient: [Double]?
  /// c_d, nil where it is 0/0; nil as a whole where nothing is defined.
  let optimalBaselines: [Double?]?
  private(set) var rows: [Row] = []
  /// The number of words of the document.
  private let words: Int
  /// E[log (1/K) Σ_k p/q] for K = 1, 2, 3.
  let importanceWeighted: [Double]

  /// Whether every estimator has the mean, the covariance and the outcomes that it should.
  var holds: Bool { rows.allSatisfy { $0.judgement?.holds ?? true } }

  func row(_ kind: EstimatorName, _ samples: Int) -> Row? {
    rows.first { $0.kind == kind && $0.samples == samples }
  }

  /// The moments of a law with its name and its number of outcomes; nil where these are not wanted yet.
  typealias Visit = (_ name: String, LawInLeaves, _ outcomes: Double) throws -> ExactMoments?

  /// Runs the library's estimators, or a mistake in the place of some, over every outcome of their
  /// choices.
  init(
    _ given: EstimatorCase, mistake: EstimatorMistake?, cap: Int,
    visit: Visit = { _, law, _ in try law.moments() }
  ) throws {
    try refuseBeyond(cap: cap, given)
    let b = given.q.probabilities
    let table = BinaryTable(of: given.document)
    try Self.refuseOverflow(table, prior: given.document.model.prior)
    words = given.document.words.count
    let evidence = ExactPosterior(of: table).logEvidence.value
    guard !evidence.isNaN, evidence < .infinity else { throw MomentsRefusal.overflow }
    logEvidence = evidence
    elbo = exactELBO(factorised: b, of: table).value
    gradient = exactELBOGradient(factorised: b, of: table)
    try refuseBoundsBeyond(cap: cap, given, table)
    importanceWeighted = (1...3).map {
      exactImportanceWeightedBound(samples: $0, factorised: b, of: table).value
    }
    let model: any BinaryLatentModel = gradient == nil ? given.document : table
    let bound = ExpectedValue.elbo(of: model, under: given.q)
    var limits = ChoiceLimits()
    limits.outcomes = cap
    optimalBaselines =
      gradient == nil
      ? nil : try PerComponent.optimal(for: bound, limits: limits).baselines
    let constant = [Double](repeating: given.constantBaseline, count: b.count)
    let constants: [EstimatorName: [Double]] = [
      .constantBaseline: constant,
      .optimalConstantBaseline: (optimalBaselines ?? []).map { $0 ?? 0 },
      .leaveOneOut: constant,
      .scoreFunction: constant.map { _ in 0 },
    ]
    for kind in Self.estimators {
      let constants = constants[kind] ?? constant
      let right = EstimatorList(constants: constants).program(kind)
      var wrong: EstimatorProgram?
      if let mistake, mistake.replaced.contains(kind) {
        wrong = mistake.program(
          .init(model: model, prior: given.document.model.prior, constants: constants))
      }
      for samples in kind.fewestSamples...2 {
        rows.append(try row(kind, samples, right, wrong, bound, limits: limits, visit))
      }
    }
  }

  private func row(
    _ kind: EstimatorName, _ samples: Int, _ right: EstimatorProgram,
    _ wrong: EstimatorProgram?,
    _ bound: ExpectedValue<BernoulliFactors>, limits: ChoiceLimits, _ visit: Visit
  ) throws -> Row {
    let nothing = Row(kind: kind, samples: samples, moments: nil, judgement: nil)
    guard let gradient else { return nothing }
    func moments(_ program: EstimatorProgram, _ name: String) throws -> ExactMoments? {
      let law = try program.law(of: bound, samples: samples, limits: limits)
      let outcomes = Self.outcomes(of: samples, under: bound.law)
      guard let moments = try visit("\(kind.rawValue) S\(samples)\(name)", law, outcomes) else {
        return nil
      }
      guard moments.covariance.joined().allSatisfy(\.isFinite) else {
        throw MomentsRefusal.overflow
      }
      return moments
    }
    let found = try moments(wrong ?? right, "")
    let reference = wrong == nil ? nil : try moments(right, " replaced")
    guard let found else { return nothing }
    return Row(
      kind: kind, samples: samples, moments: found,
      judgement: judgeEstimator(
        found, target: gradient, like: reference, targetBound: signalRounding(bound)))
  }

  /// How many outcomes all laws have together that are visited for a case.
  static func outcomes(_ given: EstimatorCase, _ mistake: EstimatorMistake?) -> Double {
    estimators.reduce(0) { sum, kind in
      let laws = mistake?.replaced.contains(kind) ?? false ? 2.0 : 1
      return (kind.fewestSamples...2).reduce(sum) {
        $0 + laws * outcomes(of: $1, under: given.q)
      }
    }
  }

  /// 2^(U·S).
  private static func outcomes(of samples: Int, under q: BernoulliFactors) -> Double {
    exp2(Double(q.uncertainCount * samples))
  }

  /// How far rounding in f = log p(x, z) − log q(z) can move a mean of f times a score.
  ///
  /// A baseline may cancel f nearly whole, so its rounding is measured by f itself: one for each
  /// word and each bit of the sums that make it, and a subnormal for probabilities that small.
  private func signalRounding(_ bound: ExpectedValue<BernoulliFactors>) -> Double {
    var largest = 1.0
    for z in bound.law.states {
      let signal = bound.signal(z)
      if signal.isFinite { largest = max(largest, abs(signal)) }
    }
    return 32 * Double(words + bound.law.count + 8) * Double.ulpOfOne * largest
      + Double.leastNormalMagnitude
  }

  /// Whether q gives weight to a state that a prior of exactly 0 or 1 excludes.
  private static func isExcluded(_ state: [Double], _ prior: [Double]) -> Bool {
    zip(state, prior).contains { $0 == 1 ? $1 == 0 : $1 == 1 }
  }

  /// Refuses log joints that left the range of a double; −∞ is for states that a prior excludes.
  private static func refuseOverflow(_ table: BinaryTable, prior: [Double]) throws {
    for z in BitStates(of: prior.count) {
      guard table.logJoint(z).isFinite || isExcluded(z, prior) else {
        throw MomentsRefusal.overflow
      }
    }
  }
}
