import Foundation
import Interchange
import JSONText
import Testing

@testable import LessonRunner

@Suite("lessons oracle: examples and cases")
struct OracleCaseTests {
  private func oracle(_ words: String..., file: String) -> Answer {
    var collected = Collected()
    let status = run(
      arguments: ["oracle"] + words,
      environment: CommandEnvironment(
        columns: nil, variables: [:], course: Fixture.course,
        files: MemoryFiles(["case.json": file])), output: &collected)
    return Answer(
      status: status, output: collected.output, complaints: collected.complaints, pager: nil)
  }

  @Test("There is an example of every kind, and each is answered", arguments: oracleModels)
  func examples(kind: String) throws {
    let example = oracle("--example", kind, file: "")
    #expect(example.status == .held)
    #expect(example.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try JSON(parsing: example.output)["model"] == .string(kind))
    let answer = oracle("case.json", file: example.output)
    #expect(answer.status == .held, "\(answer.complaints)")
    #expect(answer.output.contains("── \(kind) "))
  }

  // Catches: a BIF that is taken for JSON, evidence or --rescale that is forgotten on the way, a slip
  // without its line.
  @Test("A network as BIF, with evidence for two observations")
  func network() throws {
    let file = """
      network weather { }
      variable rain { type discrete [ 2 ] { yes, no }; }
      variable wet { type discrete [ 2 ] { yes, no }; }
      probability ( rain ) { table 0.25, 0.75; }
      probability ( wet | rain ) { (yes) 0.9, 0.1; (no) 0.2, 0.8005; }
      """
    let words = ["--evidence", "wet=yes;rain=no", "--rescale", "--json"]
    let (status, written) = call("oracle", on: file, words)
    try #require(status == .held, "\(written.complaints)")
    let answer = try JSON(parsing: written.output)
    guard case .array(let marginals)? = answer["posteriorMarginals"], marginals.count == 2,
      case .array(let rain)? = marginals[0]["rain"], case .number(let yes) = rain[0]
    else {
      Issue.record("\(written.output)")
      return
    }
    let (wetAndRain, wetAndNone) = (0.25 * 0.9, 0.75 * 0.2 / 1.0005)
    #expect(abs(yes - wetAndRain / (wetAndRain + wetAndNone)) <= 1e-12)
    #expect(marginals[1]["rain"] == [0, 1])
    let slip = call("oracle", on: file, ["--evidence", "wet=yes"])
    #expect(slip.status == .unusable && slip.written.complaints.contains("variables[1].table[1]"))
    let broken = call("oracle", on: file.replacing("( rain )", with: "( sun )"), [])
    #expect(
      broken.written.complaints
        == "lessons: model.json: line 4: no variable before this has the name \"sun\"\n")
  }

  @Test("An example by a part of its name, and one line where there is none")
  func names() {
    #expect(OracleExamples.all.map(\.kind) == oracleModels)
    #expect(oracle("--example", "belief", file: "").output.contains("sigmoid-belief-network"))
    #expect(
      oracle("--example", "mix", file: "").complaints == ""
        || oracle("--example", "mix", file: "").output.contains("\"mixture\""))
    let none = oracle("--example", "vae", file: "")
    #expect(none.status == .unusable)
    #expect(none.complaints.hasPrefix("lessons: --example: unknown kind 'vae'; there are mixture"))
    #expect(oracle("--example", "hmm", "case.json", file: "").status == .unusable)
  }

  private static func golden() throws -> [URL] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try FileManager.default.contentsOfDirectory(
      at: root.appending(path: "Reference/golden"), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
  }

  @Test("Every golden case is accepted and agrees")
  func golden() throws {
    let files = try Self.golden()
    #expect(files.count >= 30)
    for file in files {
      let answer = oracle("case.json", file: try String(contentsOf: file, encoding: .utf8))
      #expect(answer.status == .held, "\(file.lastPathComponent): \(answer.output)")
      #expect(answer.output.contains("\n✓ "), "\(file.lastPathComponent)")
    }
  }

  // Catches: a comparison that compares nothing.
  @Test("A number that differs is shown with its place, and the exit status is 1")
  func differs() throws {
    let file = try #require(
      try Self.golden().first { $0.lastPathComponent == "hmm-two-states.json" })
    let text = try String(contentsOf: file, encoding: .utf8)
    let wrong = text.replacing("-5.748819590330922", with: "-5.748819590")
      .replacing("0.8603491271820448", with: "0.8603491")
    #expect(oracle("case.json", file: wrong).status == .failed)
    let answer = oracle("case.json", file: wrong).output
    #expect(answer.contains("✗ 1 of "), "\(answer)")
    #expect(answer.contains("expected.stateMarginals[0][0][0]: 0.86034912718"))
    let json = try JSON(parsing: oracle("case.json", "--json", file: wrong).output)
    guard case .array(let differences)? = json["differences"] else { throw JSONMissing() }
    #expect(differences.count == 1)
    let shorter = text.replacing("[-3.216378944669614, ", with: "[")
    #expect(oracle("case.json", file: shorter).status == .failed)
    let more = text.replacing("\"expected\": {", with: "\"expected\": {\"entropy\": 1,")
    #expect(oracle("case.json", file: more).output.contains("expected.entropy: missing"))
    let bad = text.replacing("0.7, 0.3", with: "0.7, \"x\"")
    #expect(oracle("case.json", file: bad).complaints.contains("spec.transition[0][1]"))
  }
}
