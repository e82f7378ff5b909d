import Kernels
import Synchronization

/// The outcomes of a program in parts, each of which can be visited without the others.
///
/// A part is what the first choices came out as, and a range of what the next one may. The parts are
/// found by running the program along a few trails, and depend on nothing but the program: so do sums
/// that are taken part by part, on however many processors or machines.
struct OutcomeParts: Sendable {
  /// The steps that stay as they are, and the one that the part ranges over.
  typealias Part = (given: [Exhaustive.Step], range: Exhaustive.Step?)

  let parts: [Part]
  private let limits: ChoiceLimits

  /// About as many parts as a sum of so many outcomes has leaves, if all trails are like the first.
  init(limits: ChoiceLimits, of program: (inout Exhaustive) throws -> Void) throws {
    self.limits = limits
    var first = Exhaustive(limits: limits)
    try program(&first)
    let wanted = leafCount(of: first.outcomesOfTrail)
    var nodes: [Part] = [([], nil)]
    repeat {
      var next: [Part] = []
      for node in nodes {
        for outcome in node.range.map({ $0.outcome...$0.last }) ?? 0...0 {
          var choices = Exhaustive(limits: limits)
          choices.begin((node.given, node.range.map { $0.only(outcome) }))
          // Behind an outcome of probability zero a program may do what it likes.
          do { try program(&choices) } catch  where choices.isImpossible {}
          if choices.isImpossible { continue }
          let depth = node.given.count + (node.range == nil ? 0 : 1)
          next.append(choices.branch(at: depth))
        }
      }
      nodes = next
    } while nodes.allSatisfy { $0.range != nil } && Self.size(nodes) < wanted
    let share = max(1, Self.size(nodes) / wanted)
    parts = nodes.flatMap { node -> [Part] in
      guard let range = node.range else { return [node] }
      return stride(from: Int(range.outcome), through: Int(range.last), by: share).map { low in
        var part = range
        (part.outcome, part.last) = (Int32(low), min(range.last, Int32(low + share - 1)))
        return (node.given, part)
      }
    }
  }

  private static func size(_ nodes: [Part]) -> Int {
    nodes.reduce(0) { $0 + ($1.range.map { Int($0.last - $0.outcome) + 1 } ?? 1) }
  }

  /// What is found in one part.
  func visit<Found>(
    _ number: Int, _ visit: (inout Exhaustive) throws -> Found
  ) throws -> Found {
    var choices = Exhaustive(limits: limits)
    choices.begin(parts[number])
    return try visit(&choices)
  }
}

/// What is found in each of so many parts, in order; of several errors, the first in that order.
func inParts<Found: Sendable>(
  _ count: Int, threads: Int, _ visit: @Sendable (Int) throws -> Found
) throws -> [Found] {
  let found = Mutex([Int: Result<Found, any Error>]())
  let wrong = Mutex(count)
  forEachTask(count, threads: threads) { number in
    // What comes behind an error is not looked at.
    guard wrong.withLock({ number < $0 }) else { return }
    let result = Result { try visit(number) }
    if case .failure = result { wrong.withLock { $0 = min($0, number) } }
    found.withLock { $0[number] = result }
  }
  let results = found.withLock { $0 }
  return try (0..<count).compactMap { try results[$0]?.get() }
}
