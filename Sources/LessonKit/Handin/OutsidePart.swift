public import JSONText
public import Probability
import Synchronization

/// A function of a program outside, called where the library's own would be.
///
/// No call fails: what went wrong is remembered for the report, and the caller gets numbers that are
/// none, in the shape that it expects. Each answer is held against the library's on the way.
public final class OutsidePart: Sendable {
  let name: String
  private let program: (any OutsideProgram)?
  private let memory = Mutex(Memory())

  private struct Memory {
    var values: [String: JSON] = [:]
    /// What was asked first, to be asked again.
    var asked: [JSON] = []
    var laws: [String: (probabilities: [Double], values: [[Double]])] = [:]
    var fault: OutsideFault?
    var difference: OutsideDifference?
    /// Whether every number so far is one of single precision, and one of them is not whole.
    var isSingle = true
    var hasFractions = false
    var heard: [HeardTask] = []
  }

  /// A function of a program, or one that is the library's own and remembers what it was asked.
  init(_ name: String, of program: (any OutsideProgram)?) {
    self.name = name
    self.program = program
  }

  /// The first thing that went wrong.
  var fault: OutsideFault? { memory.withLock { $0.fault } }
  /// The first answer that was not the library's.
  var difference: OutsideDifference? { memory.withLock { $0.difference } }
  /// What the library's own function was asked, with what is right, where there is no program.
  var heard: [HeardTask] { memory.withLock { $0.heard } }
  /// Whether the program computes in single precision.
  var isSingle: Bool { memory.withLock { $0.isSingle && $0.hasFractions } }

  // MARK: What is the same each time

  /// A number.
  public func number(_ given: JSON, like right: () -> Double) -> Double {
    numbers(given) { [right()] }[0]
  }

  /// A list of numbers, as long as the library's.
  public func numbers(_ given: JSON, like right: () -> [Double]) -> [Double] {
    rows(given, like: { [right()] }) { result, counts throws(OutsideFault) in
      [try result.outsideNumbers(counts[0])]
    }[0]
  }

  /// Lists of numbers, as long as the library's.
  public func matrix(_ given: JSON, like right: () -> [[Double]]) -> [[Double]] {
    rows(given, like: right) { result, counts throws(OutsideFault) in
      try result.outsideRows(counts)
    }
  }

  private func rows(
    _ given: JSON, like right: () -> [[Double]],
    read: (JSON, [Int]) throws(OutsideFault) -> [[Double]]
  ) -> [[Double]] {
    let right = right()
    guard let program else { return right }
    do {
      let found = try read(try value(given, of: program), right.map(\.count))
      compare(found, right, given)
      return found
    } catch {
      remember(error)
      return right.map { $0.map { _ in .nan } }
    }
  }

  private func value(
    _ given: JSON, of program: any OutsideProgram
  ) throws(OutsideFault) -> JSON {
    if let fault { throw fault }
    let key = given.text()
    if let known = memory.withLock({ $0.values[key] }) { return known }
    let value = try program.value(of: name, given: given)
    memory.withLock { memory in
      memory.values[key] = value
      if memory.asked.count < 16 { memory.asked.append(given) }
    }
    return value
  }

  /// Asks some of it again, in another order.
  ///
  /// Who draws numbers of their own, or remembers from call to call, answers otherwise now. What is
  /// random is asked again by whoever visits its outcomes.
  func askAgain() {
    let (asked, known) = memory.withLock { ($0.asked, $0.values) }
    guard fault == nil, let program else { return }
    do throws(OutsideFault) {
      for given in asked.reversed() {
        let again = try program.value(of: name, given: given)
        guard let before = known[given.text()], again.isClose(to: before) else {
          throw .failed(
            "given the same twice, it answered differently: something outside `choices` is random, or "
              + "is remembered from call to call")
        }
      }
    } catch { remember(error) }
  }

  // MARK: What is random

  /// One draw of what the program returns, a list of numbers as long as the library's; over all draws it
  /// has the program's whole law.
  public func draw(
    _ given: JSON, _ choices: inout Exhaustive, like right: (inout Exhaustive) throws -> [Double]
  ) throws -> [Double] {
    let law = try law(given, like: right) { result, count throws(OutsideFault) in
      try result.outsideNumbers(count)
    }
    return law.values[try choices.choose(law.probabilities)]
  }

  /// One draw of what the program picks among so many things: their numbers, each as often as it was
  /// picked, and ascending.
  ///
  /// In which order they were picked makes no difference; how many there are does.
  public func pick(
    _ given: JSON, among count: Int, _ choices: inout Exhaustive,
    like right: (inout Exhaustive) throws -> [Int]
  ) throws -> [Int] {
    func counts(_ picked: [Int]) -> [Double] {
      (0..<count).map { thing in Double(picked.count { $0 == thing }) }
    }
    let law = try law(given, among: count, like: { counts(try right(&$0)) }) {
      result, _ throws(OutsideFault) in counts(try result.outsidePicks(among: count))
    }
    if let fault { throw fault }
    let picked = law.values[try choices.choose(law.probabilities)]
    return picked.indices.flatMap { [Int](repeating: $0, count: Int(picked[$0])) }
  }

  private func law(
    _ given: JSON, among things: Int? = nil, like right: (inout Exhaustive) throws -> [Double],
    read: (JSON, Int) throws(OutsideFault) -> [Double]
  ) throws -> (probabilities: [Double], values: [[Double]]) {
    let key = given.text()
    if let known = memory.withLock({ $0.laws[key] }) { return known }
    var wanted = WholeLaw()
    try forEachOutcome(of: right) { wanted.add($0, $1) }
    guard let program else {
      let (law, mean) = ((wanted.probabilities, wanted.values), wanted.mean)
      memory.withLock { memory in
        memory.laws[key] = law
        memory.heard.append(HeardTask(given: given, mean: mean, things: things))
      }
      return law
    }
    let count = wanted.values.first?.count ?? 0
    var found = WholeLaw()
    do {
      if let fault { throw fault }
      for outcome in try program.law(of: name, given: given) {
        found.add(try read(outcome.result, count), outcome.probability)
      }
      note(found.values.joined())
      let isSingle = isSingle
      if let (words, isBesidesTheMean) = found.difference(from: wanted, isSingle: isSingle) {
        remember(
          OutsideDifference(
            given: given, found: found.mean, wanted: wanted.mean, words: words,
            isBesidesTheMean: isBesidesTheMean))
      }
    } catch let error as OutsideFault {
      remember(error)
      found = WholeLaw()
      found.add([Double](repeating: .nan, count: count), 1)
    }
    let law = (found.probabilities, found.values)
    memory.withLock { $0.laws[key] = law }
    return law
  }

  // MARK: What is remembered

  private func remember(_ fault: OutsideFault) {
    memory.withLock { if $0.fault == nil { $0.fault = fault } }
  }

  /// The first difference, and rather one of the mean than one of the distribution alone.
  private func remember(_ difference: OutsideDifference) {
    memory.withLock { memory in
      let isWorse = memory.difference.map { $0.isBesidesTheMean && !difference.isBesidesTheMean }
      if isWorse ?? true { memory.difference = difference }
    }
  }

  private func note(_ values: some Sequence<Double>) {
    memory.withLock { memory in
      for value in values where value.isFinite {
        memory.isSingle = memory.isSingle && Double(Float(value)) == value
        memory.hasFractions = memory.hasFractions || value != value.rounded()
      }
    }
  }

  private func compare(_ found: [[Double]], _ right: [[Double]], _ given: JSON) {
    let (found, right) = (Array(found.joined()), Array(right.joined()))
    note(found)
    guard !agrees(found, right, isSingle: isSingle) else { return }
    remember(
      OutsideDifference(
        given: given, found: found, wanted: right, words: differenceInWords(found, right)))
  }
}

/// Where a program's answer was not the library's.
public struct OutsideDifference: Sendable, Equatable {
  /// What it was given.
  public let given: JSON
  /// What it answered; the mean, where it is random.
  public let found: [Double]
  /// What belongs there.
  public let wanted: [Double]
  /// How they differ.
  public let words: String
  /// Whether it is the distribution that differs, and not its mean.
  public var isBesidesTheMean = false
}
