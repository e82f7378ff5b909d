import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Oracle: the golden cases") struct GoldenTests {
  // Catches: a route, a key or a shape that is not what the format says, for any model.
  @Test("Every case is answered by every route", arguments: GoldenCase.all, [nil] + methods)
  func answered(golden: GoldenCase, method: ExactRoute?) throws {
    let file = try golden.read()
    let spec = JSONPlace(try #require(file["spec"]))
    let request = ExactRequest(route: method, maxStates: 0x1p17)
    guard method != .bruteForce || !Self.tooManyStates.contains(golden.name) else {
      let found = #expect(throws: OracleRefusal.self) { try oracle(spec, request) }
      #expect(
        found?.description.hasSuffix("states to visit, the limit is 131072 (--max-states)") == true)
      return
    }
    guard method != .bruteForce || !Self.endless.contains(golden.name) else {
      let found = #expect(throws: OracleRefusal.self) { try oracle(spec, request) }
      #expect(
        found?.description
          == "rules: unary rules lead from \"S\" back to it, so that there are infinitely many "
          + "derivations; --method structured adds them up")
      return
    }
    guard method != .bruteForce || !Self.beyondDenseLaws.contains(golden.name) else {
      let found = #expect(throws: OracleRefusal.self) { try oracle(spec, request) }
      #expect(
        found?.description
          == "observations[0]: 32 digits of its dense laws do not tell the paths apart; --method structured needs fewer"
      )
      return
    }
    let answer = try oracle(spec, request)
    guard case .number(let tolerance) = try #require(file["tolerance"]) else { return }
    #expect(
      differences(try #require(file["expected"]), answer.json, tolerance: tolerance) == [],
      "\(golden.name)")
    #expect(!answer.route.isEmpty && !answer.work.isEmpty && !answer.sections.isEmpty)
    #expect(method.map { answer.method == $0 } ?? true || !Self.hasBoth(golden.name))
    #expect(answer.json["method"] == .string(answer.method.rawValue))
  }

  /// Only a mixture's components are so few that there is one route alone.
  static func hasBoth(_ name: String) -> Bool { !name.hasPrefix("mixture") }

  // Catches: covariances left out, or of another shape than the means have.
  @Test("A linear dynamical system has a covariance for every smoothed mean")
  func covariances() throws {
    for golden in GoldenCase.all where golden.name.hasPrefix("linear-dynamical-system") {
      let answer = try oracle(JSONPlace(try #require(try golden.read()["spec"])))
      guard case .array(let means) = try #require(answer.json["smoothedMeans"]),
        case .array(let covariances) = try #require(answer.json["smoothedCovariances"])
      else {
        Issue.record("\(golden.name): not arrays")
        continue
      }
      func shape(_ json: JSON) -> [Int] {
        guard case .array(let elements) = json else { return [] }
        return [elements.count] + (elements.first.map(shape) ?? [])
      }
      for (one, other) in zip(means, covariances) {
        let expected = shape(one)
        #expect(shape(other) == expected + [expected[1]])
      }
    }
  }

  static let methods: [ExactRoute?] = ExactRoute.allCases

  /// K^T and derivations beyond 2^17: refused before the work.
  static let tooManyStates: Set = ["hmm-left-to-right-long", "pcfg-random-four"]

  /// Unary rules that come back: no list of derivations ends.
  static let endless: Set = ["pcfg-unary-cycle"]

  /// Outputs beside noise of 1e-12: a dense law squares the ratio, and its own bound is above 1e-9.
  static let beyondDenseLaws: Set = ["switching-lds-small-noise"]

  // Catches: a folder that was moved, so that no case is read and all of them pass.
  @Test("There are cases for every model that has an oracle") func complete() throws {
    var seen: Set<String> = []
    for golden in GoldenCase.all {
      guard case .string(let model) = try golden.read()["spec"]?["model"] else { continue }
      seen.insert(model)
    }
    #expect(GoldenCase.all.count >= 30)
    #expect(seen == Set(oracleModels))
  }

  // Catches: numbers printed with too few digits, by any writer.
  @Test("An answer reads back to the same doubles", arguments: GoldenCase.all)
  func readsBack(golden: GoldenCase) throws {
    let answer = try oracle(JSONPlace(try #require(try golden.read()["spec"])))
    for layout in [JSON.Layout.compact, .pretty] {
      let text = answer.json.text(layout)
      #expect(try JSON(parsing: text).text(layout) == text)
    }
    #expect(!answer.json.text().contains("nan"))
  }

  // Catches: a comparison that lets a wrong number, a missing key or a null pass.
  @Test("The comparison refuses what is wrong")
  func comparison() {
    let want: JSON = ["a": [1, "-inf", nil], "b": 2]
    func count(_ got: JSON) -> Int { differences(want, got, tolerance: 1e-9).count }
    #expect(count(["a": [1, .number(-.infinity), nil], "b": 2, "c": 5]) == 0)
    #expect(count(["a": [1.000000002, .number(-.infinity), nil], "b": 2]) == 1)
    #expect(count(["a": [1, -1e300, 0], "b": 2]) == 2)
    #expect(count(["a": [1, .number(-.infinity)]]) == 2)
    #expect(count([]) == 1)
  }
}
