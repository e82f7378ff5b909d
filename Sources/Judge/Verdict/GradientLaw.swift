import JSONText
public import Probability

extension ProgramLaw {
  /// The results as vectors of so many numbers; refuses what has another shape or is not finite.
  public func vectors(count: Int) throws(Fault) -> [[Double]] {
    var vectors: [[Double]] = []
    for outcome in outcomes {
      vectors.append(try Self.vector(outcome.result, count: count, after: outcome.trail))
    }
    return vectors
  }

  /// The exact mean and covariance of the results.
  public func moments(count: Int) throws(Fault) -> ExactMoments {
    let vectors = try vectors(count: count)
    do {
      return try exactMoments(values: vectors, probabilities: probabilities, depth: depth)
    } catch { throw Fault(.result, "\(error)") }
  }

  private static func vector(
    _ result: JSON, count: Int, after trail: [Double]
  ) throws(Fault) -> [Double] {
    let wanted = count == 1 ? "a number, or a list of one" : "a list of \(count) numbers"
    let entries: [JSON]
    switch result {
    case .array(let list): entries = list
    case .number, .string: entries = [result]
    default: throw Fault(.result, "expected \(wanted), found \(result.excerpt)", after: trail)
    }
    guard entries.count == count else {
      throw Fault(
        .result, "expected \(wanted), found \(entries.count == 1 ? "one" : "\(entries.count)")",
        after: trail)
    }
    var numbers: [Double] = []
    for (place, entry) in entries.enumerated() {
      guard case .number(let number) = entry else {
        throw Fault(
          .result, "number \(place + 1) of the result is \(Self.word(entry))", after: trail)
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func word(_ entry: JSON) -> String {
    if case .string(let word) = entry, ["nan", "inf", "-inf"].contains(word) { return word }
    return entry.excerpt
  }
}
