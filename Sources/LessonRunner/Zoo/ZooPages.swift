import JSONText
import LessonKit
import Models

/// What `lessons zoo NAME` shows: the form for states, the form for Gaussians, or both.
struct ZooPages {
  let states: ZooPage<DiscreteProblem>?
  let gaussians: ZooPage<GaussianProblem>?

  func lines(_ page: TerminalStyle) -> [String] {
    let both = [states?.lines(page), gaussians?.lines(page)].compactMap(\.self)
    return Array(both.joined(separator: [""]))
  }

  /// The only form; of two, that for states with that for Gaussians in it.
  var json: JSON {
    guard let states else { return gaussians?.json ?? .object([]) }
    guard let gaussians else { return states.json }
    return .object((states.json.members ?? []) + [("gaussian", gaussians.json)])
  }
}
