import Approximate
import Exact
import Interchange
import LessonKit
import Models
import Probability

/// A kind of problem whose estimators have tables and pages.
protocol ZooPaged: ZooShown {
  /// The code of each estimator, by its name.
  static var listings: [String: Listing] { get }
  /// The number of states; nil for what has no states.
  var stateCount: Int? { get }

  /// A problem with what is asked of it.
  static func spec(_ problem: Self, _ requests: [ZooRequest<Self>]) -> ZooSpec
  /// The exact gradient of whatever an estimator aims at; nil where there is none.
  func gradient() throws -> (GradientTarget) throws -> [Double]?
  /// Whether moments are at hand at once: integrals over many noises are left to files.
  func isQuick(_ estimator: ZooEstimator<Self>) -> Bool
}

extension DiscreteProblem: ZooPaged {
  static var listings: [String: Listing] { zooListings }
  var stateCount: Int? { law.count }

  static func spec(
    _ problem: DiscreteProblem, _ requests: [ZooRequest<DiscreteProblem>]
  ) -> ZooSpec { .discrete(problem, requests) }

  func gradient() throws -> (GradientTarget) throws -> [Double]? {
    let truth = ExactDiscreteProblem(self)
    return { truth.gradient(of: $0) }
  }

  func isQuick(_ estimator: DiscreteEstimator) -> Bool {
    estimator.integral == nil || law.parameterCount <= 2
  }
}

extension GaussianProblem: ZooPaged {
  static var listings: [String: Listing] { gaussianListings }
  var stateCount: Int? { nil }

  static func spec(
    _ problem: GaussianProblem, _ requests: [ZooRequest<GaussianProblem>]
  ) -> ZooSpec { .gaussian(problem, requests) }

  func gradient() throws -> (GradientTarget) throws -> [Double]? {
    let truth = try ExactGaussianProblem(self)
    return { try truth.gradient(of: $0) }
  }

  func isQuick(_ estimator: GaussianEstimator) -> Bool { true }
}

extension ZooExample where Problem: ZooPaged {
  /// The answers of estimators that fit this problem, each with settings to show it with.
  func answer(_ estimators: [ZooEstimator<Problem>] = Problem.estimators) throws -> ZooAnswer {
    let fitting = estimators.filter { $0.fits(problem) && problem.isQuick($0) }
    return try Problem.spec(problem, fitting.map { request($0, $0.shownSettings(on: problem)) })
      .answer(.init())
  }

  /// An estimator to be asked of this problem.
  func request(
    _ estimator: ZooEstimator<Problem>, _ settings: ZooSettings
  ) -> ZooRequest<Problem> {
    ZooRequest(estimator: estimator, settings: settings, path: estimator.name)
  }
}
