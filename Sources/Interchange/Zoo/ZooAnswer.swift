import Approximate
public import Exact
public import JSONText
import Models
import Probability

/// What every estimator of a spec is on average and how far it scatters, beside the truth.
public struct ZooAnswer: Sendable {
  /// E_q[f].
  public let value: Double
  /// ∇E_q[f]; nil where there is none.
  public let gradient: [Double]?
  /// log p(x) of a log joint.
  public let logEvidence: Double?
  /// One row a request.
  public let rows: [ZooRow]
}

/// An estimator's moments beside the exact gradient of what it aims at.
public struct ZooRow: Sendable {
  /// The name.
  public let name: String
  /// What it aims at.
  public let target: String
  /// Whether its noise was integrated by a rule.
  public let isQuadrature: Bool
  /// The exact gradient of the target.
  public let exact: [Double]?
  /// E[g] and Cov[g]; nil where f is −∞ in some state.
  public let mean: [Double]?
  /// Cov[g].
  public let covariance: [[Double]]?
  /// E[L_K], for an estimator that aims at its gradient.
  public let bound: Double?
  /// Constants of its own, one a parameter; nil alone where one is 0/0.
  public let baselines: [Double?]?
  /// N^n of a run that draws n whole states.
  public let outcomes: Double?
  /// How far the mean may be off.
  public let errorBound: Double?

  /// E[g] − exact.
  public var bias: [Double]? {
    guard let mean, let exact else { return nil }
    return zip(mean, exact).map { $0 - $1 }
  }
  /// The diagonal of the covariance.
  public var variances: [Double]? { covariance.map { c in c.indices.map { c[$0][$0] } } }
}

extension ZooSpec {
  /// The answer, or why there is none.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ZooAnswer {
    switch self {
    case .discrete(let problem, let requests):
      let truth = ExactDiscreteProblem(problem)
      var rows: [ZooRow] = []
      for asked in requests { rows.append(try asked.row(problem, truth, request)) }
      return ZooAnswer(
        value: truth.value, gradient: truth.gradient, logEvidence: truth.logEvidence, rows: rows)
    case .gaussian(let problem, let requests):
      let (truth, logEvidence) = try computing {
        let truth = try ExactGaussianProblem(problem)
        return (truth, try truth.logEvidence())
      }
      var rows: [ZooRow] = []
      for asked in requests { rows.append(try asked.row(truth, request)) }
      return ZooAnswer(
        value: truth.value, gradient: truth.gradient, logEvidence: logEvidence, rows: rows)
    }
  }
}

extension ZooRequest where Problem == DiscreteProblem {
  fileprivate func row(
    _ problem: DiscreteProblem, _ truth: ExactDiscreteProblem, _ request: ExactRequest
  ) throws(OracleRefusal) -> ZooRow {
    let path = path
    return try computing {
      do { return try self.found(problem, truth, request) } catch let error as ZooError {
        throw PlaceError(path: path, complaint: error.description)
      } catch let error as ChoiceError where self.estimator.integral != nil {
        throw OracleRefusal.uncomputed("\(path): \(error)")
      }
    }
  }

  private func found(
    _ problem: DiscreteProblem, _ truth: ExactDiscreteProblem, _ request: ExactRequest
  ) throws -> ZooRow {
    let target = try estimator.target(settings)
    let states = problem.law.count
    let draws = try estimator.draws?(settings)
    let outcomes = draws.map { n in (0..<n).reduce(1.0) { total, _ in total * Double(states) } }
    let isDefined = truth.isFinite || estimator.drawsFromModel
    if let outcomes, let draws, isDefined {
      try request.requireOutcomes(outcomes, "\(path): \(draws) draws of \(states) states")
    } else if let visited = estimator.outcomes?(problem, settings), isDefined {
      try request.requireOutcomes(visited, "\(path): \(settings.samples) samples")
    }
    let moments =
      isDefined
      ? try estimator.moments(problem, settings, limits: request.choiceLimits) : nil
    return ZooRow(
      name: estimator.name, target: target.word, isQuadrature: estimator.integral != nil,
      exact: truth.gradient(of: target), mean: moments?.mean, covariance: moments?.covariance,
      bound: target.boundSamples.map { truth.bound(samples: $0) },
      baselines: isDefined ? try estimator.constants?(problem) : nil, outcomes: outcomes,
      errorBound: moments?.errorBound)
  }
}

extension ZooRequest where Problem == GaussianProblem {
  fileprivate func row(
    _ truth: ExactGaussianProblem, _ request: ExactRequest
  ) throws(OracleRefusal) -> ZooRow {
    try computing {
      do { return try found(truth, request) } catch let error as ZooError {
        throw PlaceError(path: path, complaint: error.description)
      } catch let error as ChoiceError {
        throw OracleRefusal.uncomputed("\(path): \(error)")
      }
    }
  }

  private func found(_ truth: ExactGaussianProblem, _ request: ExactRequest) throws -> ZooRow {
    let target = try estimator.target(settings)
    let moments = try estimator.moments(truth.problem, settings, limits: request.choiceLimits)
    return ZooRow(
      name: estimator.name, target: target.word, isQuadrature: true,
      exact: try truth.gradient(of: target), mean: moments.mean, covariance: moments.covariance,
      bound: try target.boundSamples.map { try truth.bound(samples: $0) },
      baselines: try estimator.constants?(truth.problem), outcomes: nil,
      errorBound: moments.errorBound)
  }
}

extension GradientTarget {
  /// K of a bound.
  fileprivate var boundSamples: Int? {
    if case .bound(let samples) = self { samples } else { nil }
  }
}

// MARK: As JSON

extension ZooAnswer {
  /// The answer as one object.
  public var json: JSON {
    var members: [(key: String, value: JSON)] = [
      ("value", .number(value)), ("gradient", gradient.map { .numbers($0) } ?? .null),
    ]
    if let logEvidence { members.append(("logEvidence", .number(logEvidence))) }
    members.append(("estimators", .array(rows.map(\.json))))
    return .object(members)
  }
}

extension ZooRow {
  /// The row as one object.
  public var json: JSON {
    func vector(_ numbers: [Double]?) -> JSON { numbers.map { .numbers($0) } ?? .null }
    var members: [(key: String, value: JSON)] = [
      ("name", .string(name)), ("target", .string(target)),
      ("kind", .string(isQuadrature ? "quadrature" : "exact")),
      ("exact", vector(exact)), ("mean", vector(mean)),
      ("covariance", covariance.map { .matrix($0) } ?? .null), ("variances", vector(variances)),
      ("bias", vector(bias)),
    ]
    if let bound { members.append(("bound", .number(bound))) }
    if let baselines {
      members.append(("baselines", .array(baselines.map { $0.map(JSON.number) ?? .null })))
    } else if name == "optimal-baseline" {
      members.append(("baselines", .null))
    }
    if let outcomes { members.append(("outcomes", .number(outcomes))) }
    if let errorBound { members.append(("errorBound", .number(errorBound))) }
    return .object(members)
  }
}
