public import Approximate
public import JSONText
public import Models
import Probability

/// A small mean and the estimators of its gradient that are asked for: what `lessons zoo` reads.
public enum ZooSpec: Sendable {
  /// A law of states.
  case discrete(DiscreteProblem, [ZooRequest<DiscreteProblem>])
  /// Gaussians.
  case gaussian(GaussianProblem, [ZooRequest<GaussianProblem>])

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["variable", "objective", "estimators"])
    let (variable, objective) = (try place.member("variable"), try place.member("objective"))
    let requests = try place.member("estimators").array()
    if let law = try variable.stateLaw() {
      let problem = DiscreteProblem(law, try objective.objective(of: law))
      self = .discrete(
        problem, try ZooSpec.requests(requests, .of(problem), among: DiscreteZoo.all))
    } else {
      let problem = try variable.gaussian(objective)
      self = .gaussian(
        problem, try ZooSpec.requests(requests, .of(problem), among: GaussianZoo.all))
    }
  }

  private static func requests<Problem>(
    _ places: [JSONPlace], _ frame: ZooFrame, among all: [ZooEstimator<Problem>]
  ) throws(PlaceError) -> [ZooRequest<Problem>] {
    var requests: [ZooRequest<Problem>] = []
    for place in places {
      let name = try place.member("name").string(among: zooNames)
      guard let estimator = all.first(where: { $0.name == name }) else {
        throw try place.member("name").error(
          "\(name) is not for \(frame.lawInWords)")
      }
      requests.append(
        ZooRequest(
          estimator: estimator, settings: try place.settings(of: estimator, frame),
          path: place.path))
    }
    return requests
  }
}

/// The names of all estimators, in the order of their lists.
public let zooNames: [String] = {
  let names = DiscreteZoo.all.map(\.name)
  return names + GaussianZoo.all.map(\.name).filter { !names.contains($0) }
}()

/// An estimator with its settings, and where it was asked for.
public struct ZooRequest<Problem: Sendable>: Sendable {
  /// The estimator.
  public let estimator: ZooEstimator<Problem>
  /// All of its settings.
  public let settings: ZooSettings
  /// The place in the file.
  public let path: String

  /// A request.
  public init(estimator: ZooEstimator<Problem>, settings: ZooSettings, path: String) {
    self.estimator = estimator
    self.settings = settings
    self.path = path
  }
}

/// What of a problem decides whether settings fit.
struct ZooFrame {
  let scope: ZooScope
  let isLogJoint: Bool
  /// How many numbers x has.
  let dimension: Int
  /// N; nil for Gaussians.
  let states: Int?
  let domain: FunctionDomain

  static func of(_ problem: DiscreteProblem) -> ZooFrame {
    let scope: ZooScope =
      switch problem.law.kind {
      case .bits(_, let couplings): couplings.isEmpty ? .independentBits : .chains
      case .classes: .classes
      }
    return ZooFrame(
      scope: scope, isLogJoint: problem.logJoint != nil, dimension: problem.law.parameterCount,
      states: problem.law.count, domain: .states(problem.law))
  }

  static func of(_ problem: GaussianProblem) -> ZooFrame {
    ZooFrame(
      scope: problem.dimension == 1 ? .line : .plane, isLogJoint: problem.isLogJoint,
      dimension: problem.dimension, states: nil, domain: .reals(problem.dimension))
  }

  var lawInWords: String { scope.words }
}
