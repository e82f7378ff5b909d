import GSL
public import JSONText
public import Probability

/// A table of p(x, z) at one x and a softmax proposal, as `"approximation": "importance"` describes
/// them.
public struct ImportanceSpec: Sendable, Equatable {
  /// p(x, z), state by state; all above zero.
  public let joint: [Double]
  /// q = softmax(logits).
  public let proposal: SoftmaxLaw

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["approximation", "joint", "logits"])
    joint = try place.member("joint").each { place throws(PlaceError) in
      try place.positiveNumber()
    }
    guard !joint.isEmpty else {
      throw try place.member("joint").error(expected: "at least one number")
    }
    let logits = try place.member("logits").numbers(count: joint.count)
    // A common shift changes nothing, and near zero logits have all of their digits.
    let largest = logits.max() ?? 0
    proposal = SoftmaxLaw(logits: logits.map { max($0 - largest, -1e300) })
  }
}
