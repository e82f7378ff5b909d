// Hand an estimator written in Swift to `lessons judge`: protocol 1, the standard library only.
//
//     // main.swift
//     runEstimator { task, choices in
//       let q = try task.numbers("q")
//       let z = try q.map { Double(try choices.flip($0)) }
//       return …                                           // one number a component
//     }
//
//     $ swiftc main.swift Tightbound.swift -o estimate
//     $ lessons judge --model case.json -- ./estimate
//
// All that is random comes from `choices`. What is printed is shown by the judge. A program of several functions
// (homework) calls `serve` instead, with each function by its name.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What went wrong, in words for whoever wrote the estimator.
struct EstimatorError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The random choices of one run.
struct Choices {
  fileprivate let trail: [Double]
  fileprivate var asked: [JSONValue] = []

  /// 1 with this probability, else 0.
  mutating func flip(_ probability: Double) throws -> Int {
    guard probability >= 0, probability <= 1 else {
      throw EstimatorError("expected a probability between 0 and 1, found \(probability)")
    }
    return Int(ask(.number(probability), probability < 1 ? 0 : 1))
  }

  /// An index, drawn with these probabilities.
  mutating func choose(_ probabilities: [Double]) throws -> Int {
    guard let first = probabilities.firstIndex(where: { $0 > 0 }) else {
      throw EstimatorError("expected probabilities that sum to 1, found \(probabilities)")
    }
    return Int(ask(.list(probabilities.map { .number($0) }), Double(first)))
  }

  /// A number uniform on [0, 1).
  mutating func uniform() -> Double { ask(.word("uniform"), 0.5) }

  /// A draw from N(0, 1).
  mutating func normal() -> Double { ask(.word("normal"), 0) }

  private mutating func ask(_ question: JSONValue, _ otherwise: Double) -> Double {
    defer { asked.append(question) }
    return asked.count < trail.count ? trail[asked.count] : otherwise
  }
}

/// What is to be estimated.
struct Task {
  fileprivate let members: [String: JSONValue]

  /// A number of the task.
  func number(_ key: String) throws -> Double { try value(key).number() }

  /// A whole number of the task.
  func integer(_ key: String) throws -> Int {
    let number = try number(key)
    guard let integer = Int(exactly: number) else {
      throw EstimatorError("'\(key)' is \(number), no whole number")
    }
    return integer
  }

  /// A list of numbers of the task.
  func numbers(_ key: String) throws -> [Double] { try value(key).list().map { try $0.number() } }

  /// A list of lists of numbers of the task.
  func table(_ key: String) throws -> [[Double]] {
    try value(key).list().map { try $0.list().map { try $0.number() } }
  }

  /// A word of the task, or nil.
  func word(_ key: String) -> String? {
    if case .word(let word)? = members[key] { word } else { nil }
  }

  private func value(_ key: String) throws -> JSONValue {
    var all = members
    if case .members(let given)? = members["given"] { all.merge(given) { $1 } }
    guard let value = all[key] else {
      throw EstimatorError("the task has no '\(key)'; it has \(all.keys.sorted().joined(separator: ", "))")
    }
    return value
  }
}

/// What a function may return: a number, or lists of numbers.
protocol Answer { var json: JSONValue { get } }
extension Double: Answer { var json: JSONValue { .number(self) } }
extension Float: Answer { var json: JSONValue { .number(Double(self)) } }
extension Int: Answer { var json: JSONValue { .number(Double(self)) } }
extension Array: Answer where Element: Answer { var json: JSONValue { .list(map(\.json)) } }

/// Thrown by what is not written yet; a function may return nil as well.
struct Unwritten: Error {}

/// A function under judgement.
typealias Part = (Task, inout Choices) throws -> (any Answer)?

/// Writes a line to standard error, where the judge shows it to you; `print` does the same.
func note(_ text: String) { print(text) }

/// Answers the judge until nothing more is asked.
func runEstimator(_ estimate: Part) { converse { try estimate($0, &$1) } }

/// Answers the judge with the function that it names, until nothing more is asked. What is missing is
/// not written yet, and the others are judged all the same.
///
///     serve(["baselines": { task, _ in try task.numbers("signals").map { _ in 0 } }])
func serve(_ parts: [String: Part]) {
  converse { try parts[$0.word("part") ?? "estimate"]?($0, &$1) }
}

private func converse(_ answer: Part) {
  // What the program prints must not get between the lines: standard output becomes standard error.
  let answers = fdopen(dup(1), "w")
  dup2(2, 1)
  func say(_ line: String) { if let answers { fputs(line + "\n", answers) } }
  var task = Task(members: [:])
  var last: [JSONValue]?
  while let line = readLine() {
    do {
      var reader = JSONReader(line)
      guard case .members(let message) = try reader.value() else {
        throw EstimatorError("the judge's line is no object")
      }
      if case .members(let members)? = message["task"] {
        guard case .number(1)? = message["tightbound"] else {
          throw EstimatorError("this client speaks protocol 1")
        }
        (task, last) = (Task(members: members), nil)
        say("{\"ready\":1}")
      }
      for run in try message["runs"]?.list() ?? [] {
        var choices = Choices(trail: try run.list().map { try $0.number() })
        var result: (any Answer)?
        do { result = try answer(task, &choices) } catch is Unwritten {}
        guard let result else {
          say("{\"unwritten\":1}")
          continue
        }
        let asked = choices.asked == last ? "" : "\"asked\":\(JSONValue.list(choices.asked).text),"
        say("{\(asked)\"result\":\(result.json.text)}")
        last = choices.asked
      }
      fflush(nil)
      if message["end"] != nil { return }
    } catch {
      say("{\"error\":\(JSONValue.word("\(error)").text)}")
      fflush(nil)
      exit(1)
    }
  }
}

// MARK: JSON, as much of it as the protocol has

/// A value of JSON.
enum JSONValue: Equatable {
  case number(Double)
  case word(String)
  case list([JSONValue])
  case members([String: JSONValue])
  case nothing

  func number() throws -> Double {
    switch self {
    case .number(let number): return number
    case .word("inf"): return .infinity
    case .word("-inf"): return -.infinity
    case .word("nan"): return .nan
    default: throw EstimatorError("expected a number, found \(text)")
    }
  }

  func list() throws -> [JSONValue] {
    guard case .list(let list) = self else { throw EstimatorError("expected a list, found \(text)") }
    return list
  }

  var text: String {
    switch self {
    case .number(let number):
      if number.isNaN { return "\"nan\"" }
      if number.isInfinite { return number > 0 ? "\"inf\"" : "\"-inf\"" }
      return "\(number)"
    case .word(let word):
      return "\""
        + word.unicodeScalars.map { scalar in
          switch scalar {
          case "\"": "\\\""
          case "\\": "\\\\"
          case _ where scalar.value < 32: " "
          default: String(Character(scalar))
          }
        }.joined() + "\""
    case .list(let list): return "[" + list.map(\.text).joined(separator: ",") + "]"
    case .members(let members):
      let all = members.sorted { $0.key < $1.key }
      return "{" + all.map { "\(JSONValue.word($0.key).text):\($0.value.text)" }
        .joined(separator: ",") + "}"
    case .nothing: return "null"
    }
  }
}

/// Reads one line of JSON.
private struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func value() throws -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      place += 1
      while try !closes("}") {
        let key = try word()
        guard try closes(":") else { throw error }
        members[key] = try value()
        _ = try closes(",")
      }
      return .members(members)
    case UInt8(ascii: "["):
      var list: [JSONValue] = []
      place += 1
      while try !closes("]") {
        list.append(try value())
        _ = try closes(",")
      }
      return .list(list)
    case UInt8(ascii: "\""): return .word(try word())
    default: return try plain()
    }
  }

  private var error: EstimatorError { EstimatorError("the judge's line is no JSON") }

  private mutating func peek() throws -> UInt8 {
    while place < bytes.count, bytes[place] <= 32 { place += 1 }
    guard place < bytes.count else { throw error }
    return bytes[place]
  }

  private mutating func closes(_ character: Unicode.Scalar) throws -> Bool {
    guard try peek() == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func word() throws -> String {
    guard try closes("\"") else { throw error }
    var word: [UInt8] = []
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\\") { place += 1 }
      guard place < bytes.count else { throw error }
      word.append(bytes[place])
      place += 1
    }
    place += 1
    return String(decoding: word, as: UTF8.self)
  }

  /// A number, or true, false, null.
  private mutating func plain() throws -> JSONValue {
    let start = place
    let ends = Array(",]}:".utf8)
    while place < bytes.count, bytes[place] > 32, !ends.contains(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard place > start else { throw error }
    return Double(text).map { .number($0) } ?? .nothing
  }
}
