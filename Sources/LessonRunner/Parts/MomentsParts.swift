import Approximate
import Interchange
import JSONText
import LessonKit
import Probability

/// The estimators of a case in parts.
struct MomentsParts {
  let given: EstimatorCase
  let mistake: String?
  let cap: Int
  private let course: Course
  private static let command = "moments"

  init(_ input: JSON, mistake: String?, cap: Int, _ course: Course) throws(PlaceError) {
    given = try EstimatorCase(JSONPlace(input))
    (self.mistake, self.cap, self.course) = (mistake, cap, course)
  }

  /// What is found of all outcomes.
  func report(_ work: LongWork?) throws -> MomentsReport {
    defer { work?.end() }
    return try report(share: nil, work) { _, law, report in try law.moments(report: report) }
  }

  /// One part.
  func part(_ share: LeafShare, of input: JSON, _ work: LongWork?) throws -> PartFile {
    defer { work?.end() }
    var sums: [(name: String, nodes: [LeafNode])] = []
    _ = try report(share: share, work) { name, law, report in
      sums.append((name, try law.nodes(of: share, report: report)))
      return nil
    }
    return PartFile(
      command: Self.command, version: version, share: share,
      settings: ["mistake": mistake.map(JSON.string) ?? .null, "maxOutcomes": .integer(cap)],
      input: input, sums: sums)
  }

  /// What was asked of parts; nil for parts of another command.
  init?(_ parts: JoinedParts, _ course: Course) throws(PlaceError) {
    guard parts.asked.command == Self.command else { return nil }
    let settings = JSONPlace(parts.asked.settings, named: "settings")
    let mistake = try settings.member("mistake")
    try self.init(
      parts.asked.input, mistake: mistake.value == .null ? nil : try mistake.string(),
      cap: try settings.member("maxOutcomes").integer(in: 1...Int.max), course)
  }

  /// What is found of the sums of all parts.
  func report(_ parts: JoinedParts) throws -> MomentsReport {
    try report(share: nil, nil) { name, law, _ in try law.moments(of: parts.nodes(of: name)) }
  }

  private func report(
    share: LeafShare?, _ work: LongWork?,
    _ visit: (String, LawInLeaves, LeafReport?) throws -> ExactMoments?
  ) throws -> MomentsReport {
    let wrong = try mistake.map { try course.estimatorMistake(named: $0) }
    let all = MomentsReport.outcomes(given, wrong) / Double(share?.count ?? 1)
    var before = 0.0
    return try MomentsReport(given, mistake: wrong, cap: cap) { name, law, outcomes in
      let (start, own) = (before, outcomes / Double(share?.count ?? 1))
      before += own
      return try visit(name, law) { done, leaves in
        work?.tell(start + own * Double(done) / Double(leaves), of: all)
      }
    }
  }
}
