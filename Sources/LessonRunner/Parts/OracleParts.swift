import Exact
import Interchange
import JSONText
import Probability

/// Brute force of `lessons oracle` in parts.
struct OracleParts {
  private let request: ExactRequest
  private static let command = "oracle"

  /// What is asked beside the model; refused where it is not brute force.
  init(_ request: ExactRequest) throws(CommandError) {
    guard request.route == .bruteForce else {
      throw CommandError(
        Option.part.name, "only brute force can be shared out; say --method brute-force too")
    }
    self.request = request
  }

  /// One part.
  func part(_ share: LeafShare, of input: JSON, _ work: LongWork?) throws -> PartFile {
    defer { work?.end() }
    let sums = try oracleSums(CaseFile(JSONPlace(input), of: "model").spec, request)
    let own = sums.states / Double(share.count)
    let nodes = try sums.nodes(of: share) { done in work?.tell(done * own, of: own) }
    return PartFile(
      command: Self.command, version: version, share: share, settings: settings, input: input,
      sums: nodes.enumerated().map { (name: "\($0)", nodes: $1) })
  }

  private var settings: JSON {
    ["method": .string(ExactRoute.bruteForce.rawValue), "maxStates": .number(request.maxStates)]
  }

  /// What was asked of parts, with their sums; nil for parts of another command.
  static func request(_ parts: JoinedParts) throws(PlaceError) -> ExactRequest? {
    guard parts.asked.command == command else { return nil }
    let settings = JSONPlace(parts.asked.settings, named: "settings")
    var request = ExactRequest(
      route: .bruteForce, maxStates: try settings.member("maxStates").number())
    request.found = (0..<parts.sums.count).map { parts.nodes(of: "\($0)") }
    return request
  }
}
